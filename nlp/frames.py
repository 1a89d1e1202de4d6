"""Frames: a trigger with its roles. Who acts, on which platform, in what mood, told where in the document.

A frame speaks no language. `doc._.frames` holds one for every reading of every (trigger, platform) pair of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.actors import Actor, actor_of
from nlp.coreference import Antecedents, Reference
from nlp.lexicon import Entry, word_lists
from nlp.roles import HEADS, OBJECTS, ROLES, Role, headline_passive, noun_class, role_of
from nlp.sentences import Sentence, Unit
from nlp.status import mood_of

KINDS = ("platform", *HEADS, "pronoun", "money", "else", "none")
"""What a trigger can act on, the most telling first."""

if not Doc.has_extension("frames"):
    Doc.set_extension("frames", default=())


@dataclass(frozen=True, slots=True)
class Frame:
    """One reading of one trigger about one platform."""

    action: str
    pos: str
    trigger: Unit
    platform: Unit
    platform_id: str
    role: Role
    actor: Actor
    mood: frozenset[str]
    sentence: Sentence
    specific: bool = False
    coreferent: bool = False
    distance: int = 0
    support: str = ""
    acts_on: str = "none"


class Frames:
    """Builds `doc._.frames` from `doc._.sentences`."""

    def __init__(self, nlp: Language) -> None:
        self.lang = str(nlp.lang)

    def __call__(self, doc: Doc) -> Doc:
        antecedents = Antecedents(doc)
        doc._.frames = tuple(
            frame for sentence in doc._.sentences for frame in self._of_sentence(sentence, antecedents)
        )
        return doc

    def _of_sentence(self, sentence: Sentence, antecedents: Antecedents) -> Iterator[Frame]:
        named, meant = sentence.of_kind("platform"), antecedents.of(sentence)
        if not named and not meant:
            return
        said = _said(sentence)
        for place, entries in _by_place(sentence).items():
            trigger = sentence.doc[place]
            readings = _readings(trigger, entries, sentence, said)
            if readings:
                targets = self._targets(sentence, trigger, named, meant)
                yield from (replace(frame, **_reading(entry)) for frame in targets for entry in readings)

    def _targets(self, sentence: Sentence, trigger: Token, named: list[int], meant: list[Reference]) -> list[Frame]:
        """A frame without a reading for each platform that a trigger may be aimed at."""
        base = self._base(sentence, trigger)
        targets = [replace(base, **self._target(sentence, trigger, i)) for i in named if not _is_owner(sentence, i)]
        targets += [self._stood_for(base, sentence, trigger, each) for each in meant]
        # "Apple's FaceTime": the act is aimed at the product, not at its owner.
        return _surest([frame for frame in targets if "owner" not in frame.role.flags])

    def _stood_for(self, base: Frame, sentence: Sentence, trigger: Token, reference: Reference) -> Frame:
        """A frame about a platform that the sentence only means."""
        if reference.place is None:
            return replace(base, platform_id=reference.platform, role=Role("implicit"), coreferent=True)
        target = self._target(sentence, trigger, reference.place, reference.platform)
        return replace(base, **target, coreferent=True)

    def _target(self, sentence: Sentence, trigger: Token, place: int, meant: str = "") -> dict[str, Any]:
        unit, role = sentence.units[place], role_of(trigger, sentence.doc[place], self.lang)
        return {"platform": unit, "platform_id": meant or unit.id, "role": role, "distance": abs(trigger.i - place)}

    def _base(self, sentence: Sentence, trigger: Token) -> Frame:
        unit = sentence.units[trigger.i]
        actor, mood = actor_of(trigger, sentence, self.lang), mood_of(trigger, self.lang)
        support, acts_on = _support(trigger, self.lang), _acts_on(trigger, sentence, self.lang)
        return Frame("", "", unit, unit, "", Role("near"), actor, mood, sentence, support=support, acts_on=acts_on)


def _is_owner(sentence: Sentence, place: int) -> bool:
    """ "ByteDance-owned", "Facebook-parent": a name before a hyphen tells whose the platform is."""
    after = sentence.units[place + 1 : place + 2]
    return bool(after) and after[0].text == "-"


def _surest(frames: list[Frame]) -> list[Frame]:
    """Of the words that stand for one platform the nearest to the trigger, where no name is as near."""
    kept = [frame for frame in frames if not frame.coreferent]
    for frame in sorted((frame for frame in frames if frame.coreferent), key=_distance):
        if all(_distance(frame) < _distance(other) for other in kept if other.platform_id == frame.platform_id):
            kept.append(frame)
    return kept


def _distance(frame: Frame) -> int:
    return ROLES.index(frame.role.name)


def _reading(entry: Entry) -> dict[str, Any]:
    return {"action": entry.action, "pos": entry.pos, "specific": bool(entry.object or entry.needs)}


def _by_place(sentence: Sentence) -> dict[int, list[Entry]]:
    places: dict[int, list[Entry]] = {}
    for place, entry in sentence.triggers:
        token = sentence.doc[place]
        places.setdefault(token.head.i if entry.pos == "modal" and token.dep_ == "aux" else place, []).append(entry)
    return places


def _said(sentence: Sentence) -> tuple[set[str], str]:
    """The words, lemmas and kinds of units that a sentence holds, and its text, all in lower case."""
    words = {unit.text.lower() for unit in sentence.units} | {token.lemma_.lower() for token in sentence.doc}
    return words | {f"<{unit.kind}>" for unit in sentence.units}, " ".join(unit.text.lower() for unit in sentence.units)


def _readings(trigger: Token, entries: list[Entry], sentence: Sentence, said: tuple[set[str], str]) -> list[Entry]:
    """The entries whose conditions hold; one that names what it acts on beats those that do not."""
    held = [entry for entry in entries if not entry.needs or _holds(entry.needs, *said)]
    objects = _objects(trigger, sentence)
    acting = [entry for entry in held if entry.object & objects]
    pos = "verb" if trigger.pos_ in ("VERB", "AUX") else "noun"
    chosen = sorted(acting or [entry for entry in held if not entry.object], key=lambda entry: entry.pos != pos)
    return list({entry.action: entry for entry in reversed(chosen)}.values())


def _holds(needs: frozenset[str], words: set[str], text: str) -> bool:
    return bool(needs & words) or any(" " in need and need in text for need in needs)


def _objects(trigger: Token, sentence: Sentence) -> set[str]:
    found = [child for child in trigger.children if child.dep_ in OBJECTS | {"nsubj", "nmod", "xcomp"}]
    found += [
        child for prep in trigger.children if prep.dep_ == "prep" and prep.lower_ == "of" for child in prep.children
    ]
    if trigger.dep_ in ("acl", "relcl", "amod"):
        found.append(trigger.head)
    lemmas = {token.lemma_.lower() for token in found} | {token.lower_ for token in found}
    return lemmas | {f"<{sentence.units[token.i].kind}>" for token in found}


def _support(trigger: Token, lang: str) -> str:
    """The class of the verb that carries a noun trigger: give ("impose"), receive ("face"), resist, or ""."""
    words = word_lists(lang, "moods")
    token = trigger
    for _ in range(3):
        if token.head == token:
            return ""
        token = token.head
        if token.pos_ == "VERB":
            lemma = token.lemma_.lower()
            return next((kind for kind in ("resist", "receive", "give") if lemma in words[kind]), "other")
    return ""


def _acts_on(trigger: Token, sentence: Sentence, lang: str) -> str:
    """What kind of thing is acted on: a platform, money, a class of nouns, something else, or none that is told."""
    words = word_lists(lang, "actors")
    found = [child for child in trigger.children if child.dep_ in OBJECTS and child.i != trigger.i]
    found += [child for child in trigger.children if child.dep_ == "nsubj" and headline_passive(trigger)]
    kinds = (_kind_of(token, sentence.units[token.i].kind, words) for token in found)
    return min(kinds, key=KINDS.index, default="none")


def _kind_of(token: Token, unit: str, words: dict[str, frozenset[str]]) -> str:
    if unit in ("platform", "money"):
        return unit
    return noun_class(token, words) or ("pronoun" if token.pos_ == "PRON" else "else")


@Language.factory("frames", requires=["doc._.sentences"], assigns=["doc._.frames"])
def make_frames(nlp: Language, name: str) -> Frames:
    """spaCy factory: `doc._.frames`."""
    return Frames(nlp)
