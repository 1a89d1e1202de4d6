"""Kinship: which platforms have one owner, which actions may tell one event."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import permutations
from pathlib import Path

import yaml

from data.models import Action
from data.reference import Authority, Platform


def lineage(one: str, known: Mapping[str, Platform] | Mapping[str, Authority]) -> tuple[str, ...]:
    """A platform and those that run it, up to the company at the root, each once; so, too, of an authority."""
    found: list[str] = []
    at: str | None = one
    while at and at not in found:
        found.append(at)
        at = known[at].parent if at in known else None
    return tuple(found)


@cache
def akin(action: Action) -> frozenset[Action]:
    """The actions that an event told as `action` may be told as elsewhere, itself among them."""
    return twins(action) | _others("kin", action)


@cache
def clan(action: Action) -> Action:
    """Stands for all actions that a chain of kin leads to: what is of two clans is never one event."""
    found, new = set[Action](), {action}
    while new:
        found |= new
        new = {other for each in new for other in akin(each)} - found
    return min(found)


@cache
def twins(action: Action) -> frozenset[Action]:
    """Those of them that one document may tell it as, itself among them."""
    return _others("twins", action) | {action}


def _others(kind: str, action: Action) -> frozenset[Action]:
    pairs = [pair for each in _kinships()[kind] for pair in permutations(each)]
    return frozenset(other for one, other in pairs if one == action)


@cache
def _kinships() -> dict[str, list[list[Action]]]:
    content: dict[str, list[list[Action]]] = yaml.safe_load(Path(__file__).with_name("kinship.yaml").read_text("utf-8"))
    return content
