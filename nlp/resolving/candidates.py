"""Which signatures are worth weighing against one another: those that share a mark of time or sum.

So the pairs grow with what is told of one time, not with the square of all that is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from nlp.resolving.amounts import places
from nlp.resolving.evidence import rules
from nlp.resolving.signatures import Kind, Signature

Pair = tuple[Signature, Signature]


def pairs(signatures: Sequence[Signature]) -> Iterator[Pair]:
    """All pairs that may join, each once, in an order given by that of the signatures."""
    number = {each: n for n, each in enumerate(signatures)}
    groups: dict[Hashable, list[Signature]] = defaultdict(list)
    for each in signatures:
        for mark in _marks(each):
            groups[mark].append(each)
    found = {(number[one], number[other]) for group in groups.values() for one, other in _within(group)}
    return ((signatures[one], signatures[other]) for one, other in sorted(found))


def _within(group: Sequence[Signature]) -> Iterator[Pair]:
    """Pairs of a group; of what has no date one of each kind with the others, and neighbours of one kind."""
    if group[0].time.days:
        yield from combinations(group, 2)
        return
    kinds: dict[Kind, list[Signature]] = defaultdict(list)
    for each in group:
        kinds[each.kind].append(each)
    yield from combinations((alike[0] for alike in kinds.values()), 2)
    for alike in kinds.values():
        yield from pairwise(alike)


def _marks(each: Signature) -> Iterable[Hashable]:
    day = each.time.day
    if day is None:
        yield each.time.days
    else:
        yield from places(day, max(rules()["window"].values()))
    yield from each.kind.sizes
