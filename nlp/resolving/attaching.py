"""Vague mentions (a month, a year, no date) beside groups that are told more exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import combinations

from nlp.resolving.evidence import CONFLICT, Bond, Evidence, rules
from nlp.resolving.groups import Group, GroupIndex, bond_with, may_be_one
from nlp.resolving.signatures import Kind, Signature
from nlp.resolving.times import vague_timing

Fit = tuple[float, int]
"""The points with which a signature fits a group, and the group's number."""


def attach(vague: Sequence[Signature], groups: Sequence[Group], evidence: Evidence) -> list[Signature]:
    """Let each join the one group that it clearly fits; returns those that fit none, or several alike.

    All choose before any joins; where two that chose one group conflict, the surer one joins, or none.
    """
    index, bonds = GroupIndex(groups, evidence), dict[Kind, list[tuple[int, Bond]]]()
    chosen: dict[Fit, list[Signature]] = defaultdict(list)
    left = []
    for each in vague:
        if each.kind not in bonds:
            bonds[each.kind] = list(_bonds(each.kind, groups, index, evidence))
        fit = _clear(_fits(each, bonds[each.kind], groups))
        if fit:
            chosen[fit].append(each)
        else:
            left.append(each)
    for points, number in sorted(chosen, reverse=True):
        left += _joined(chosen[points, number], groups[number], evidence)
    return left


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


def _bonds(kind: Kind, groups: Sequence[Group], index: GroupIndex, evidence: Evidence) -> Iterable[tuple[int, Bond]]:
    """What speaks for each group, time apart; those that conflict are left out."""
    for number in index.numbers(kind):
        bond = bond_with(kind, groups[number], evidence)
        if bond.points > CONFLICT:
            yield number, bond


def _fits(each: Signature, bonds: Iterable[tuple[int, Bond]], groups: Sequence[Group]) -> Iterable[Fit]:
    for number, bond in bonds:
        points = bond.points + vague_timing(each.time, groups[number].spans, bond.one_sum, each.kind.action)
        if points >= rules()["join"]:
            yield points, number


def _clear(fits: Iterable[Fit]) -> Fit | None:
    best = nlargest(2, fits)
    several = len(best) == 2 and best[0][0] - best[1][0] < rules()["clear"]
    return None if several or not best else best[0]
