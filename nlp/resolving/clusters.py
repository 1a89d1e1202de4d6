"""Mentions of one cell that tell one event, brought together.

Those that tell a day found the groups: what agrees most joins first, and nothing joins where it conflicts with any that
is there. Then vaguer ones (a month, a year, no date) join the group that they clearly fit, or found their own. Every
choice follows from what the mentions say, never from the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, groupby

from data.models import StoredMention
from data.reference import Reference
from nlp.resolving.attaching import attach
from nlp.resolving.candidates import Pair, pairs
from nlp.resolving.evidence import CONFLICT, Evidence, rules
from nlp.resolving.groups import Group, agree, may_be_one
from nlp.resolving.signatures import Places, Signature, signatures
from nlp.resolving.times import timing

FOREVER = 1_000_000
"""Days that something without a date could be of."""


def cluster(
    mentions: Iterable[StoredMention], published: Mapping[str, str | None], places: Places, reference: Reference
) -> list[list[StoredMention]]:
    """The mentions of a cell by the event that they tell. `published`: ISO dates by document id. Pure."""
    evidence, groups = Evidence(reference), list[Group]()
    for level in _by_vagueness(signatures(mentions, published, places)):
        groups += _founded(attach(level, groups, evidence), evidence)
    found = ([mention for each in group.members for mention in each.mentions] for group in groups)
    return [sorted(each, key=lambda mention: mention.address) for each in found]


def _by_vagueness(found: Iterable[Signature]) -> list[list[Signature]]:
    """Those that tell a day first, then a month, a year, no date; of each a fine without its sum after the others."""
    levels: dict[tuple[int, bool], list[Signature]] = defaultdict(list)
    for each in found:
        days = each.time.days
        levels[days.last - days.first if days else FOREVER, each.kind.sum_untold].append(each)
    return [levels[each] for each in sorted(levels)]


def _founded(founders: Sequence[Signature], evidence: Evidence) -> list[Group]:
    """New groups: pairs join, the surest first, where no two of all that would be together conflict."""
    own = {each: Group(each) for each in founders}
    weighed = ((_weight(one, other, evidence), one, other) for one, other in pairs(founders))
    joining = sorted((each for each in weighed if each[0] >= rules()["join"]), key=lambda pair: -pair[0])
    for _, alike in groupby(joining, key=lambda pair: pair[0]):
        for one, other in _decided([(one, other) for _, one, other in alike], own, evidence):
            large, small = sorted((own[one], own[other]), key=lambda group: -len(group.members))
            if large is not small and may_be_one(large, small, evidence):
                large.add(small)
                own.update(dict.fromkeys(small.members, large))
    return list(dict.fromkeys(own.values()))


def _decided(alike: Sequence[Pair], own: Mapping[Signature, Group], evidence: Evidence) -> list[Pair]:
    """The pairs but those of a group that could as well join another, which conflicts with the first.

    An owner that could be either of two siblings is no such case: each is told by its name.
    """
    partners: dict[Group, dict[Group, None]] = defaultdict(dict)
    for one, other in alike:
        if own[one] is not own[other]:
            partners[own[one]][own[other]] = partners[own[other]][own[one]] = None
    torn = {
        group
        for group, others in partners.items()
        if any(
            one.in_line(other, evidence) and not agree(one, other, evidence) for one, other in combinations(others, 2)
        )
    }
    return [(one, other) for one, other in alike if not {own[one], own[other]} & torn]


def _weight(one: Signature, other: Signature, evidence: Evidence) -> float:
    bond = evidence.bond(one.kind, other.kind)
    return CONFLICT if bond.points == CONFLICT else bond.points + timing(one, other, bond.one_sum)
