"""Vague mentions (a month, a year, no date) beside groups that are told more exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import combinations

from nlp.resolving.evidence import CONFLICT, Bond, Evidence, points, rules
from nlp.resolving.groups import Group, GroupIndex, bond_with, may_be_one
from nlp.resolving.signatures import Kind, Signature
from nlp.resolving.spans import reach
from nlp.resolving.times import surely_apart, vague_timing

Fit = tuple[float, int]
"""The points with which a signature fits a group, and the group's number."""


def attach(vague: Sequence[Signature], groups: Sequence[Group], evidence: Evidence) -> list[Signature]:
    """Let each join the one group that it clearly fits; returns those that fit none, or several alike.

    All choose before any joins; where two that chose one group conflict, the surer one joins, or none.
    """
    reach = _Reach(groups, evidence)
    chosen: dict[Fit, list[Signature]] = defaultdict(list)
    left = []
    for each in vague:
        fit = _clear(reach.fits(each))
        if fit:
            chosen[fit].append(each)
        else:
            left.append(each)
    for fit in sorted(chosen, reverse=True):
        left += _joined(chosen[fit], groups[fit[1]], evidence)
    return left


class _Reach:
    """Finds the groups that signatures fit. Time is looked at first: it tells most of them apart, and costs least."""

    def __init__(self, groups: Sequence[Group], evidence: Evidence) -> None:
        self.groups, self.evidence, self.index = groups, evidence, GroupIndex(groups, evidence)
        self.reaches = [reach(group.spans) for group in groups]
        self.numbers: dict[Kind, list[int]] = {}
        self.bonds: dict[tuple[Kind, int], Bond] = {}

    def fits(self, each: Signature) -> Iterator[Fit]:
        """The groups with which it has the points to join; those that conflict are left out."""
        if each.kind not in self.numbers:
            self.numbers[each.kind] = self.index.numbers(each.kind)
        for number in self.numbers[each.kind]:
            spans, action, named = self.groups[number].spans, each.kind.action, each.kind.amount is not None
            if surely_apart(each.time, self.reaches[number], named):
                continue
            timing = vague_timing(each.time, spans, named, action)
            if timing > points("date", "apart") and (bond := self._bond(each.kind, number)).points > CONFLICT:
                own = timing if named == bond.one_sum else vague_timing(each.time, spans, False, action)
                if bond.points + own >= rules()["join"]:
                    yield bond.points + own, number

    def _bond(self, kind: Kind, number: int) -> Bond:
        """What speaks for a group, time apart."""
        if (kind, number) not in self.bonds:
            self.bonds[kind, number] = bond_with(kind, self.groups[number], self.evidence)
        return self.bonds[kind, number]


def _joined(alike: Sequence[Signature], group: Group, evidence: Evidence) -> list[Signature]:
    """Let those join that conflict with none there, nor with one another; returns the others."""
    kinds = dict.fromkeys(each.kind for each in alike)
    torn = {kind for two in combinations(kinds, 2) if evidence.bond(*two).points == CONFLICT for kind in two}
    left = []
    for each in alike:
        own = Group(each)
        if each.kind not in torn and may_be_one(group, own, evidence):
            group.add(own)
        else:
            left.append(each)
    return left


def _clear(fits: Iterable[Fit]) -> Fit | None:
    best = nlargest(2, fits)
    several = len(best) == 2 and best[0][0] - best[1][0] < rules()["clear"]
    return None if several or not best else best[0]
