"""How one value of a field is chosen among those that documents tell, and what is to be said of the others.

Values that agree (a month and a day in it, a rounded sum and the exact one) support one another; the value with the
best support wins, and is made as exact as what agrees with it allows. Support is compared criterion by criterion, see
Standing. All of it depends on what is told, never on the order in which it came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from operator import eq
from typing import Any, Generic, NamedTuple, TypeVar

from data.models import ConflictReason, Mention
from nlp.resolving.facts import Told

V = TypeVar("V", bound=Hashable)


class Standing(NamedTuple):
    """How well a value is supported, the best first: each part counts where those before it are equal."""

    published: tuple[bool, str] = (False, "")
    """Whether it is no more than the day of publication, and of such days the earliest."""
    foreign: bool = False
    """Whether it does not fit the event's other fields."""
    unofficial: bool = True
    """An official source beats a report."""
    relative: bool = True
    """What is stated beats what is reckoned from the day of publication."""
    weight: float = 0.0
    """See `weight`; below zero, the more the better."""


Place = tuple[Standing, Standing, Any]
_REASONS: Mapping[str, ConflictReason] = {
    "foreign": "foreign",
    "unofficial": "unofficial",
    "relative": "relative",
    "weight": "outweighed",
}


@dataclass(frozen=True, slots=True)
class Field(Generic[V]):
    """A field of an event: what a mention tells of it, whether two values `agree` (either way round), how `exact` one
    is (of two that agree the more exact is taken), which values `fit` the event's other fields, and in what `order`
    those stand between which nothing else decides."""

    name: str
    told: Callable[[Mention], V | None]
    agree: Callable[[V, V], bool] = eq
    exact: Callable[[V], Any] = lambda value: 0
    fit: Callable[[V], bool] = lambda value: True
    order: Callable[[V], Any] = str
    basis: Callable[[Mention], str | None] = lambda mention: "stated"


class Answers(Generic[V]):
    """The values that mentions tell of one field, and by whom each is told."""

    def __init__(self, field: Field[V], told: Iterable[Told]) -> None:
        self.field = field
        self.tellers: dict[V, list[Told]] = defaultdict(list)
        for each in told:
            value = field.told(each.stored.mention)
            if value is not None:
                self.tellers[value].append(each)
        self._places: dict[V, Place] = {}

    def best(self) -> V | None:
        """The value that wins; None where nobody tells any."""
        if len(self.tellers) < 2:
            return next(iter(self.tellers), None)
        best: V | None = min(self.tellers, key=self._place)
        while best is not None and (finer := self._finer(best)):
            best = min(finer, key=self._place)
        return best

    def agreeing(self, value: V | None) -> list[V]:
        """Those that agree with a value."""
        if value is None:
            return []
        return [each for each in self.tellers if each == value or self.field.agree(each, value)]

    def claims(self, value: V) -> list[Told]:
        """Who tells a value as more than the day of publication."""
        return [each for each in self.tellers[value] if self.field.basis(each.stored.mention) != "published"]

    def why(self, lost: V, chosen: V | None) -> ConflictReason:
        """The first criterion by which a value stands behind what agrees with the chosen one."""
        won = min((self._place(each)[0] for each in self.agreeing(chosen)), default=Standing())
        compared = zip(Standing._fields, self._place(lost)[0], won, strict=True)
        differing = next((name for name, own, better in compared if own != better), "")
        return _REASONS.get(differing, "tie")

    def _finer(self, value: V) -> list[V]:
        exactness = self.field.exact(value)
        return [each for each in self.agreeing(value) if self.field.exact(each) > exactness]

    def _place(self, value: V) -> Place:
        """By its support, then by who tells just this, then in order (of dates the earlier first)."""
        if value not in self._places:
            supporters = [each for other in self.agreeing(value) for each in self.tellers[other]]
            support = self._standing(supporters)._replace(foreign=not self.field.fit(value))
            self._places[value] = support, self._standing(self.tellers[value]), self.field.order(value)
        return self._places[value]

    def _standing(self, tellers: Sequence[Told]) -> Standing:
        told = [(self.field.basis(each.stored.mention), each) for each in tellers]
        claims = [each for basis, each in told if basis != "published"]
        if not claims:
            return Standing((True, min(str(self.field.told(each.stored.mention)) for _, each in told)))
        return Standing(
            unofficial=not any(each.facts.official for each in claims),
            relative=not any(basis == "stated" for basis, _ in told),
            weight=-weight(claims),
        )


def weight(told: Iterable[Told]) -> float:
    """Independent sources, each counted by the confidence of its surest mention; to a tenth, less says nothing."""
    return round(fsum(sorted(surest(told).values())), 1)


def surest(told: Iterable[Told]) -> Mapping[str | None, float]:
    """The confidence of the surest mention of each independent source."""
    found: dict[str | None, float] = defaultdict(float)
    for each in told:
        found[each.origin] = max(found[each.origin], each.stored.mention.confidence)
    return found
