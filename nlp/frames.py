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
from nlp.bearing import acts_on
from nlp.coreference import Antecedents, Reference
from nlp.lexicon import word_lists
from nlp.readings import Reading, readings_of
from nlp.roles import ROLES, Role, role_of
from nlp.sentences import Sentence, Unit
from nlp.speakers import speaker_of
from nlp.status import mood_of

DASHES = ("-", "–", "—", "|")
DIRECT = ("object", "of", "upon")

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
    in_context: bool = False
    coreferent: bool = False
    distance: int = 0
    support: str = ""
    acts_on: str = "none"
    speaker: str = "none"


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
        for place, readings in readings_of(sentence, self.lang).items():
            targets = self._targets(sentence, sentence.doc[place], named, meant)
            moods = [mood_of(each.mood_of, self.lang, each.entry.words) for each in readings]
            read = list(zip(readings, moods, strict=True))
            yield from (replace(frame, **self._reading(frame, each, mood)) for frame in targets for each, mood in read)

    def _targets(self, sentence: Sentence, trigger: Token, named: list[int], meant: list[Reference]) -> list[Frame]:
        """A frame without a reading for each platform that a trigger may be aimed at."""
        base = self._base(sentence, trigger)
        targets = [replace(base, **self._target(sentence, trigger, i)) for i in named if not _is_aside(sentence, i)]
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

    def _reading(self, frame: Frame, reading: Reading, mood: frozenset[str]) -> dict[str, Any]:
        """What a reading adds to a frame."""
        entry, borne = reading.entry, reading.bound or reading.entry.pos == "middle"
        name = frame.sentence.token(frame.platform)
        return {
            "action": entry.action,
            "pos": entry.pos,
            "specific": bool(entry.object),
            "in_context": bool(entry.needs),
            "actor": self._who_binds(frame) if borne and frame.actor.kind == "platform" else frame.actor,
            "mood": mood,
            "role": self._through(frame.role, name, reading) or _borne(frame.role, reading),
        }

    def _who_binds(self, frame: Frame) -> Actor:
        """ "X must remove, a court says": who bears a duty does not act, but who says so may."""
        verb = frame.sentence.token(frame.trigger)
        return actor_of(verb.head, frame.sentence, self.lang) if verb.dep_ == "ccomp" else Actor("none")

    def _through(self, role: Role, name: Token, reading: Reading) -> Role | None:
        """The role of a name that stands to what is acted on: "lifts the ban on X", "removed posts on X"."""
        held = next((token for token in reading.through if token.is_ancestor(name) or _after(token, name, role)), None)
        if held is None or role.name == "implicit":
            return None
        flags = role_of(held, name, self.lang).flags - {"other"} | {"through"}
        return Role(role.name if role.name in DIRECT else "nested", flags)

    def _base(self, sentence: Sentence, trigger: Token) -> Frame:
        unit = sentence.units[trigger.i]
        actor = actor_of(trigger, sentence, self.lang)
        support, target = _support(trigger, self.lang), acts_on(trigger, sentence, self.lang)
        speaker = speaker_of(trigger, sentence, self.lang)
        base = Frame("", "", unit, unit, "", Role("near"), actor, frozenset(), sentence)
        return replace(base, support=support, acts_on=target, speaker=speaker)


def _is_aside(sentence: Sentence, place: int) -> bool:
    return _is_owner(sentence, place) or _is_byline(sentence, place)


def _is_byline(sentence: Sentence, place: int) -> bool:
    """Who publishes, not what is told of: a title's last word after a dash or bar, a name in a dateline's brackets."""
    before, after = sentence.units[max(place - 1, 0)], [unit.text for unit in sentence.units[place + 1 : place + 3]]
    return (sentence.title and not after and before.text in DASHES) or (
        before.text == "(" and after[:1] == [")"] and after[-1] in DASHES
    )


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


def _after(held: Token, name: Token, role: Role) -> bool:
    """ "lifts the ban on X": a parser may hang the phrase on the verb instead."""
    return name.i > held.i and role.name in ("upon", "cause", "place")


def _borne(role: Role, reading: Reading) -> Role:
    """The subject of a verb of duty or of suffering is whom the act befalls, that of a state whose state it is."""
    if role.name in ("subject", "shared-subject") and reading.entry.pos == "state":
        return replace(role, name="object")
    if role.name != "subject" or not (reading.bound or reading.entry.pos == "middle"):
        return role
    return replace(role, name="controlled" if reading.bound else "object")


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
