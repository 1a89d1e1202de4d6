"""Groups of signatures that tell one event, and whether two may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from data.models import Action
from nlp.resolving.evidence import CONFLICT, Bond, Evidence
from nlp.resolving.kin import akin, twins
from nlp.resolving.signatures import Kind, Signature
from nlp.resolving.times import one_time

Deed = tuple[str, Action, bool]
"""A platform, an action, and whether its sum is told."""


class Group:
    """Signatures of one event; of `kinds`, `spans` and, by what is done to whom, `documents` each once."""

    def __init__(self, founder: Signature) -> None:
        self.members = [founder]
        self.kinds = {founder.kind}
        self.spans = {founder.time.days} if founder.time.days else set()
        self.documents: dict[Deed, set[str]] = defaultdict(set)
        self.documents[_deed(founder.kind)] = {each.document_id for each in founder.mentions}

    def add(self, other: Group) -> None:
        """Take in another group."""
        self.members += other.members
        self.kinds |= other.kinds
        self.spans |= other.spans
        for deed, documents in other.documents.items():
            self.documents[deed] |= documents

    def in_line(self, other: Group, evidence: Evidence) -> bool:
        """Whether the platforms of both are one, or the one runs the other."""
        return all(evidence.in_line(one.platform, two.platform) for one in self.kinds for two in other.kinds)

    def told_apart(self, other: Group) -> bool:
        """Whether one document tells two actions, of which each has one; repeats were one by its reading."""
        return any(
            _two(one, two) and not mine.isdisjoint(theirs)
            for one, mine in self.documents.items()
            for two, theirs in other.documents.items()
        )


class GroupIndex:
    """Finds groups that a kind may belong to, by platform, action and sum, without looking at the others."""

    def __init__(self, groups: Sequence[Group], evidence: Evidence) -> None:
        self._evidence = evidence
        self._numbers: dict[tuple[str, Action], dict[Hashable, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, group in enumerate(groups):
            marks = {"any", *(mark for kind in group.kinds for mark in kind.sizes)}
            marks |= set() if any(kind.priced for kind in group.kinds) else {"unpriced"}
            for platform, action in {(kind.platform, kind.action) for kind in group.kinds}:
                for mark in marks:
                    self._numbers[platform, action][mark].append(number)

    def numbers(self, kind: Kind) -> list[int]:
        """The groups' numbers, each once, in their order."""
        near = (found for (platform, action), found in self._numbers.items()
                if action in akin(kind.action) and self._evidence.in_line(platform, kind.platform))  # fmt: skip
        wanted: set[Hashable] = {*kind.sizes, "unpriced"} if kind.priced else {"any"}
        return sorted({number for found in near for mark in wanted for number in found.get(mark, ())})


def agree(one: Group, other: Group, evidence: Evidence) -> bool:
    """Whether no kind of the one conflicts with a kind of the other."""
    return all(evidence.bond(mine, theirs).points > CONFLICT for mine in one.kinds for theirs in other.kinds)


def may_be_one(one: Group, other: Group, evidence: Evidence) -> bool:
    """Whether they agree, tell one time, and no document tells them apart."""
    return agree(one, other, evidence) and not one.told_apart(other) and one_time([*one.members, *other.members])


def bond_with(kind: Kind, group: Group, evidence: Evidence) -> Bond:
    """The best bond of a kind with one of a group's of its mood; a conflict where it has one, or none has its mood."""
    bonds = {each: evidence.bond(kind, each) for each in group.kinds}
    conflicts = any(bond.points == CONFLICT for bond in bonds.values())
    alike = [bond for each, bond in bonds.items() if each.threat == kind.threat]
    return Bond(CONFLICT, False) if conflicts else max(alike, default=Bond(CONFLICT, False))


def _deed(kind: Kind) -> Deed:
    return kind.platform, kind.action, kind.amount is not None


def _two(one: Deed, other: Deed) -> bool:
    """Whether a text that tells both tells two: two actions, or one twice, unless it only tells its sum in two ways."""
    if one[1] != other[1]:
        return other[1] not in twins(one[1])
    return one[0] == other[0] and not (one[2] and other[2])
