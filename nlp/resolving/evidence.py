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
            total += _country(one, other, one_sum) + self._authority(one, other) + _scope(one, other)
        return Bond(total, bool(one_sum))

    def _platform(self, one: Kind, other: Kind) -> float:
        if one.platform == other.platform:
            return points("platform", "same")
        platforms = self._reference.platforms
        line = one.platform in lineage(other.platform, platforms) or other.platform in lineage(one.platform, platforms)
        return points("platform", "line") if line else CONFLICT

    def _authority(self, one: Kind, other: Kind) -> float:
        """Two regions' are two; so are two institutions that act on their own officials."""
        if one.authority is None or other.authority is None:
            return 0
        if one.authority == other.authority:
            return points("authority", "same")
        mine, theirs = map(self._reference.authorities.get, (one.authority, other.authority))
        if mine and theirs and (mine.region or theirs.region):
            return points("authority", "region") if mine.region == theirs.region else CONFLICT
        if mine and theirs and "officials" in (one.scope, other.scope) and mine.type != theirs.type:
            return CONFLICT
        return points("authority", "other")


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
    if one.currency == other.currency:
        return same_amount(one.amount, other.amount)
    return None if one.euros is None or other.euros is None else same_value(one.euros, other.euros)


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
