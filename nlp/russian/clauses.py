"""Clauses: where they begin and end, the verb of each, and how they hang together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

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
    """The clauses of a sentence in order; stretches without a verb are merged into those that they belong to."""
    covered = {i for phrase in phrases for i in range(phrase.first, phrase.last + 1)}
    stretches = [_described(stretch, phrases) for stretch in _stretches(words, covered)]
    _join_lists(stretches)
    return _merged(stretches)


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


def _join_lists(clauses: Sequence[Clause]) -> None:
    """ "Facebook, Instagram и X": nouns of one case behind commas and conjunctions hang on the first."""
    for before, clause in pairwise(clauses):
        if clause.opened in (",", "и", "или") and clause.phrases and before.phrases and not clause.marker:
            at_start = clause.phrases[0].first <= clause.words[0].index + 1
            at_end = before.phrases[-1].last >= before.words[-1].index
            subject = before.verb and clause.verb and "nomn" in clause.phrases[0].head.cases
            if at_start and at_end and not subject:
                _coordinate(before.phrases[-1], clause.phrases[0])
            _gapped(before, clause)
    for clause in clauses:
        for left, right in pairwise(clause.phrases):
            between = [w for w in clause.words if left.last < w.index < right.first]
            if between and all(w.lower in ("и", "или", "также", "либо", "да") for w in between):
                _coordinate(left, right)


def _gapped(before: Clause, clause: Clause) -> None:
    """ "X заблокировали в марте, Y — в мае": a name at the beginning continues the name in the clause before."""
    first = clause.phrases[0]
    kin = [p for p in before.phrases if p.head.unit.kind == first.head.unit.kind and p.head.is_name]
    if kin and clause.verb is None and first.head.unit.kind == "platform" and first.preposition is None:
        _coordinate(kin[0], first)


def _coordinate(left: Phrase, right: Phrase) -> None:
    """Hangs the right phrase on the first of the list that it continues: the likest in case and kind."""
    if right.top.head is not None or (right.preposition and not left.preposition):
        return
    chain, word = [left.head], left.head
    while (
        word.head is not None and word.label in ("conj", "nmod", "compound", "appos", "pobj", "prep") and len(chain) < 8
    ):
        word = word.head
        chain.append(word)
    same_kind = [w for w in chain if w.unit.kind == right.head.unit.kind and w.cases & right.head.cases]
    if right.head.is_name and not any(w.is_name for w in chain):
        same_kind = [w for w in chain if w.label == "compound"]
        if left.head.best.lemma in government().titles:
            right.top.attach(left.head, "appos")
            return
    if same_kind and not (right.head.unit.kind == "" and right.head.kind == "pronoun"):
        first = same_kind[0]
        while first.label == "conj" and first.head is not None:
            first = first.head
        right.top.attach(first, "conj")
        _share_case(first, right.head)


def _share_case(first: Word, other: Word) -> None:
    """ "Facebook и «Википедию»": one that can stand in few cases tells the case of all."""
    common = first.cases & other.cases
    for word in (first, other):
        word.readings = [r for r in word.readings if r.case in common] or word.readings


def _merged(stretches: list[Clause]) -> list[Clause]:
    """Gives a stretch without a verb to the clause that it belongs to: the one that it interrupts, or the next."""
    done: list[Clause] = []
    pending: Clause | None = None
    for clause in stretches:
        last = next((c for c in reversed(done) if not is_dependent(c)), None)
        listed = bool(clause.phrases) and clause.phrases[0].top.label == "conj"
        if clause.verb is None and pending is not None:
            clause.takes(pending)
            pending = clause
        elif (
            clause.verb is None
            and (listed or clause.opened in ("(", "—", "–", ":", ","))
            and last
            and not clause.marker
        ):
            last.words, last.phrases = last.words + clause.words, last.phrases + clause.phrases
        elif clause.verb is None:
            pending = clause
        elif is_dependent(clause):
            before = pending or (done[-1] if done else None)
            clause.modifies = _modified(clause, before)
            done.append(clause)
        else:
            if pending is not None:
                clause.takes(pending)
                pending = None
            done.append(clause)
    return [*done, pending] if pending else done


def _modified(clause: Clause, before: Clause | None) -> Word | None:
    """The noun that a relative or participial clause modifies: the nearest before it that agrees."""
    if before is None or clause.verb is None or clause.verb.kind == "gerund":
        return None
    nouns = [p.head for p in before.phrases]
    key = next((w for w in clause.words if w.kind == "relative"), clause.verb)
    fitting = [n for n in nouns if _fits(key, n)]
    return next(reversed(fitting or nouns), None)


def _fits(key: Word, noun: Word) -> bool:
    relative = key.kind == "relative"
    for r in key.readings:
        for n in noun.readings:
            number = not (r.number and n.number) or r.number == n.number
            gender = r.number == "plur" or not (r.gender and n.gender) or r.gender == n.gender
            if number and gender and (relative or not (r.case and n.case) or r.case == n.case):
                return True
    return False
