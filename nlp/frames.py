"""Frames: a trigger with its roles. Who acts, on which platform, in what mood, told where in the document.

A frame speaks no language. `doc._.frames` holds one for every reading of every (trigger, platform) pair of a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.actors import Actor, actor_of
from nlp.coreference import Antecedents
from nlp.lexicon import Entry, word_lists
from nlp.roles import OBJECTS, Role, role_of
from nlp.sentences import Sentence, Unit
from nlp.status import mood_of

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

    def _of_sentence(self, sentence: Sentence, antecedents: Antecedents) -> list[Frame]:
        targets = [(i, sentence.units[i].id, False) for i in sentence.of_kind("platform")]
        targets += [(i, id, True) for i, id in antecedents.of(sentence)]
        frames = []
        for place, entries in _by_place(sentence).items():
            trigger = sentence.doc[place]
            entries = _readings(trigger, entries, sentence)
            if not entries or not targets:
                continue
            base = self._base(sentence, trigger)
            for i, id, coreferent in targets:
                role = role_of(trigger, sentence.doc[i], self.lang)
                if "owner" in role.flags:
                    continue  # "Apple's FaceTime": the act is aimed at the product
                frames += [
                    replace(
                        base,
                        action=e.action,
                        pos=e.pos,
                        platform=sentence.units[i],
                        platform_id=id,
                        role=role,
                        coreferent=coreferent,
                        specific=bool(e.object or e.needs),
                        distance=abs(place - i),
                    )
                    for e in entries
                ]
        return frames

    def _base(self, sentence: Sentence, trigger: Token) -> Frame:
        unit = sentence.units[trigger.i]
        actor, mood = actor_of(trigger, sentence, self.lang), mood_of(trigger, self.lang)
        return Frame("", "", unit, unit, "", Role("near"), actor, mood, sentence, support=_support(trigger, self.lang))


def _by_place(sentence: Sentence) -> dict[int, list[Entry]]:
    places: dict[int, list[Entry]] = {}
    for place, entry in sentence.triggers:
        places.setdefault(place, []).append(entry)
    return places


def _readings(trigger: Token, entries: list[Entry], sentence: Sentence) -> list[Entry]:
    """The entries whose conditions hold; one that names what it acts on beats those that do not."""
    words = {unit.text.lower() for unit in sentence.units} | {token.lemma_.lower() for token in sentence.doc}
    held = [entry for entry in entries if not entry.needs or _holds(entry.needs, words, sentence)]
    objects = _objects(trigger, sentence)
    acting = [entry for entry in held if entry.object & objects]
    pos = "verb" if trigger.pos_ in ("VERB", "AUX") else "noun"
    chosen = sorted(acting or [entry for entry in held if not entry.object], key=lambda entry: entry.pos != pos)
    return list({entry.action: entry for entry in reversed(chosen)}.values())


def _holds(needs: frozenset[str], words: set[str], sentence: Sentence) -> bool:
    if needs & words:
        return True
    text = " ".join(unit.text.lower() for unit in sentence.units)
    return any(" " in need and need in text for need in needs)


def _objects(trigger: Token, sentence: Sentence) -> set[str]:
    found = [child for child in trigger.children if child.dep_ in OBJECTS | {"nsubj"}]
    found += [
        child for prep in trigger.children if prep.dep_ == "prep" and prep.lower_ == "of" for child in prep.children
    ]
    if trigger.dep_ in ("acl", "relcl", "amod"):
        found.append(trigger.head)
    lemmas = {token.lemma_.lower() for token in found} | {token.lower_ for token in found}
    return lemmas | ({"<money>"} if any(sentence.units[token.i].kind == "money" for token in found) else set())


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


@Language.factory("frames", requires=["doc._.sentences"], assigns=["doc._.frames"])
def make_frames(nlp: Language, name: str) -> Frames:
    """spaCy factory: `doc._.frames`."""
    return Frames(nlp)
