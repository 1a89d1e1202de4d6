"""Lists: "Facebook, Instagram и X", over commas, conjunctions and gaps, hang on the first of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.russian.clauses import Clause
from nlp.russian.government import government
from nlp.russian.phrases import Phrase
from nlp.russian.words import Word


def join_lists(clauses: Sequence[Clause]) -> None:
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
