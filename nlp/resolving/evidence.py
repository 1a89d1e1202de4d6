"""Evidence that two mentions tell one event: points for what agrees, against what differs, and conflicts.

A conflict cannot be outweighed: two platforms of one owner, two countries, two sums, two regions. Time alone is none,
since a fine is told again a year later.
"""

from __future__ import annotations

from functools import cache
from math import inf
from pathlib import Path
from typing import Any, NamedTuple, cast

import yaml

from data.reference import Reference
from nlp.resolving.amounts import same_amount, same_value
from nlp.resolving.cells import UNION
from nlp.resolving.kin import akin, lineage
from nlp.resolving.signatures import Kind

CONFLICT = -inf


class Bond(NamedTuple):
    """What two kinds say of one another: `points` but for time, and whether both name one sum."""

    points: float
    one_sum: bool


@cache
def rules() -> dict[str, Any]:
    """The points and windows of evidence.yaml."""
    return cast(dict[str, Any], yaml.safe_load(Path(__file__).with_name("evidence.yaml").read_text("utf-8")))


def points(field: str, case: str) -> float:
    """What a case of a field counts."""
    return float(rules()[field][case])


class Evidence:
    """Weighs pairs of kinds, each pair once."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._known: dict[tuple[Kind, Kind], Bond] = {}

    def bond(self, one: Kind, other: Kind) -> Bond:
        """What two kinds of one cell say of one another; CONFLICT points where they cannot be one event."""
        found = self._known.get((one, other))
        if found is None:
            found = self._known[one, other] = self._known[other, one] = self._weighed(one, other)
        return found

    def _weighed(self, one: Kind, other: Kind) -> Bond:
        one_sum = same_sum(one, other)
        total = _action(one, other) + self._platform(one, other) + _amount(one, other, one_sum)
        if total > CONFLICT:
            total += (
                _country(one, other, one_sum) + self._authority(one, other) + _region(one, other) + _scope(one, other)
            )
        return Bond(total, bool(one_sum))

    def in_line(self, one: str, other: str) -> bool:
        """Whether two platforms are one, or the one runs the other."""
        platforms = self._reference.platforms
        return one == other or one in lineage(other, platforms) or other in lineage(one, platforms)

    def _platform(self, one: Kind, other: Kind) -> float:
        if one.platform == other.platform:
            return points("platform", "same")
        return points("platform", "line") if self.in_line(one.platform, other.platform) else CONFLICT

    def _authority(self, one: Kind, other: Kind) -> float:
        """A region's and the country's are two; so are two institutions that act on their own officials."""
        if one.authority is None or other.authority is None:
            return 0
        if one.authority == other.authority:
            return points("authority", "same")
        mine, theirs = (self._reference.authorities.get(each) for each in (one.authority, other.authority))
        if mine is None or theirs is None or (mine.region and theirs.region):
            return points("authority", "other")
        if mine.region or theirs.region:
            return CONFLICT
        if mine.type != theirs.type and "officials" in (one.scope, other.scope):
            return CONFLICT
        lawmakers = [each for each in (mine, theirs) if each.type == "legislature"]
        return points("authority", "lawmaker" if len(lawmakers) == 1 else "other")


def _region(one: Kind, other: Kind) -> float:
    """Two regions' acts are two; a region's and one of which no region is told rarely are one."""
    if one.region and other.region:
        return points("region", "same") if one.region == other.region else CONFLICT
    if one.region == other.region or "region" in (one.scope, other.scope):
        return 0
    return points("region", "untold")


def _action(one: Kind, other: Kind) -> float:
    if one.action == other.action:
        return points("action", "same")
    return points("action", "akin") if other.action in akin(one.action) else CONFLICT


def _country(one: Kind, other: Kind, one_sum: bool | None) -> float:
    """Under the law of the Union its members act for all of it: on personal data first of all."""
    if one.country is None or other.country is None:
        return 0
    if one.country == other.country:
        return points("country", "same")
    one_act = (one.privacy and other.privacy) or one_sum or (one.authority and one.authority == other.authority)
    return points("country", "union") if one_act and UNION in (one.country, other.country) else CONFLICT


def same_sum(one: Kind, other: Kind) -> bool | None:
    """Whether both name one sum, as it is or in another currency; None where that cannot be said."""
    if one.amount is None or other.amount is None:
        return None
    meant = [(mine, theirs) for mine in one.worths for theirs in other.worths]
    if any(mine.currency == theirs.currency for mine, theirs in meant) and same_amount(one.amount, other.amount):
        return True
    rated = [(mine.euros, theirs.euros) for mine, theirs in meant if mine.currency != theirs.currency]
    known = [same_value(mine, theirs) for mine, theirs in rated if mine is not None and theirs is not None]
    return any(known) if known or one.currency == other.currency else None


def _amount(one: Kind, other: Kind, one_sum: bool | None) -> float:
    if one_sum is None:
        return 0
    return points("amount", "same" if one.currency == other.currency else "converted") if one_sum else CONFLICT


def _scope(one: Kind, other: Kind) -> float:
    if one.scope is None or other.scope is None:
        return 0
    if one.scope == other.scope:
        return points("scope", "whole" if one.scope == "whole-service" else "same")
    return points("scope", "other")
