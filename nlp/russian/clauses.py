"""Clauses: where they begin and end, and the verb of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.russian.government import government
from nlp.russian.phrases import CLOSING, OPENING, Phrase
from nlp.russian.words import Word

BREAKS = (",", ";", ":", "—", "–", "(", ")", "…", "/", "|")
PREDICATES = ("finite", "short", "infinitive")


@dataclass(slots=True, eq=False)
class Clause:
    """A stretch of words with at most one main verb. `opened` is what stands before: a comma, a dash, "(" or ""."""

    words: list[Word]
    phrases: list[Phrase]
    opened: str = ""
    marker: Word | None = None
    verbs: list[Word] = field(default_factory=list)
    modifies: Word | None = None

    @property
    def verb(self) -> Word | None:
        """The main verb: a finite or short form before an infinitive or participle; an auxiliary where no other is."""
        being = any(verb.is_auxiliary for verb in self.verbs)
        kinds = [("short",), ("finite",), PREDICATES] if being else [("finite", "short"), PREDICATES]
        full = [verb for verb in self.verbs if not verb.is_auxiliary]
        chosen = (verb for some in kinds for verb in full if verb.kind in some)
        return next(chosen, next(iter(full or self.verbs), None))

    def takes(self, other: Clause) -> None:
        """Puts the words of another clause in front of its own."""
        self.words, self.phrases = other.words + self.words, other.phrases + self.phrases
        self.marker, self.opened = self.marker or other.marker, other.opened


def find_clauses(words: Sequence[Word], phrases: Sequence[Phrase]) -> list[Clause]:
    """The stretches between points and conjunctions, in order; what has no verb is no clause yet (see linking)."""
    covered = {i for phrase in phrases for i in range(phrase.first, phrase.last + 1)}
    return [_described(stretch, phrases) for stretch in _stretches(words, covered)]


def _stretches(words: Sequence[Word], covered: set[int]) -> list[tuple[str, list[Word]]]:
    found: list[tuple[str, list[Word]]] = [("", [])]
    for i, word in enumerate(words):
        point = word.kind == "point"
        if point and i not in covered and word.lower[0] in BREAKS:
            found.append((word.lower, []))
        elif _opens(words, i) and found[-1][1]:
            found.append((word.lower, [word]))
        elif not (point and word.lower in (*OPENING, *CLOSING)):
            found[-1][1].append(word)
    return [(opened, stretch) for opened, stretch in found if stretch]


def _opens(words: Sequence[Word], i: int) -> bool:
    """Whether a conjunction begins a clause."""
    word = words[i]
    if word.lower in ("и", "а", "но", "или", "да", "либо"):
        return _joins_verbs(words, i)
    return word.lower in government().subordinators and word.kind != "noun" and word.lower != "ли"


def _joins_verbs(words: Sequence[Word], i: int) -> bool:
    """Whether a verb stands on either side of a conjunction before the next break."""
    return _verb_from(words, range(i - 1, -1, -1)) and _verb_from(words, range(i + 1, len(words)))


def _verb_from(words: Sequence[Word], places: range) -> bool:
    for i in places:
        if words[i].kind == "point" and words[i].lower[0] in BREAKS:
            return False
        if words[i].kind in ("finite", "short"):
            return True
    return False


def _described(stretch: tuple[str, list[Word]], phrases: Sequence[Phrase]) -> Clause:
    opened, words = stretch
    inside = {word.index for word in words}
    clause = Clause(words, [p for p in phrases if p.head.index in inside], opened)
    clause.verbs = [w for w in words if w.kind in (*PREDICATES, "gerund") and w.head is None]
    loose = [w for w in words if w.kind == "participle" and w.head is None]
    clause.verbs += loose if not clause.verbs else []
    clause.marker = next((w for w in words[:3] if w.lower in government().subordinators and w.kind != "noun"), None)
    return clause


def is_dependent(clause: Clause) -> bool:
    """A relative clause, a participle's or a gerund's: it modifies what stands before it."""
    if any(word.kind == "relative" for word in clause.words[:6]):
        return True
    return clause.verb is not None and clause.verb.kind in ("participle", "gerund")
