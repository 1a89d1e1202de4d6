"""Events as their neighbours see them: when, where, how wide, and what they bear on."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from data.models import Action, Event
from data.reference import Reference
from nlp.resolving.kin import lineage
from nlp.resolving.spans import Span, span
from nlp.resolving.words import Regions, manner, objects, quote

WIDE = "whole-service"


@dataclass(frozen=True, eq=False)
class Act:
    """An event among those of its cell. `told`: the days on which it was first and last told, None where not known."""

    event: Event
    reference: Reference
    regions: Regions
    told: Span | None = None

    @cached_property
    def day(self) -> int | None:
        """The day, as an ordinal, that puts it in order: the first of a vague date, of an undoing the last.

        What was told before it was to take effect is an act of the day on which it was told.
        """
        event = self.event
        found = span(event.date) or span(event.announced)
        if not found:
            return None
        day = found.last if self.undoing else found.first
        return min([day, *(each.first for each in (span(event.announced), self.told) if each)])

    @property
    def done(self) -> bool:
        """Whether it is told as done, neither threatened nor denied."""
        return self.event.status in ("reported", "confirmed")

    @property
    def undoing(self) -> bool:
        return self.event.action == "restore"

    @property
    def due(self) -> bool:
        """Whether it was to take effect after all documents that tell of it."""
        found = span(self.event.date)
        return bool(found and self.told and found.first > self.told.last)

    @cached_property
    def documents(self) -> frozenset[str]:
        return frozenset(each.document_id for each in self.event.mentions)

    @cached_property
    def turn(self) -> tuple[bool, bool, str]:
        """Its place on its day: threats first, what undoes last, else by the first mention, whatever the ids are."""
        return self.undoing, self.done, min(each.key for each in self.event.mentions)

    @cached_property
    def place(self) -> str | None:
        """The region that acts: the authority's, else the one that most of its mentions name."""
        authority = self.reference.authorities.get(self.event.authority or "")
        if authority and authority.region:
            return authority.region
        told = (quote(each, "event") for each in self.event.mentions)
        named = Counter(region for each in told for region in self.regions.named(self.event.country, each))
        most = [region for region in named if 2 * named[region] > len(self.event.mentions)]
        return most[0] if len(most) == 1 else None

    @cached_property
    def manner(self) -> str | None:
        """How most of its mentions, weighed by confidence, say that it bears on another act; None where none says."""
        weights: dict[str, float] = defaultdict(float)
        for each in sorted(self.event.mentions, key=lambda each: each.key):
            if found := manner(each):
                weights[found] += each.mention.confidence
        return min(weights, key=lambda found: (-round(weights[found], 6), found), default=None)

    @cached_property
    def objects(self) -> set[Action]:
        """The actions that its sentences or its sum tell that it bears on."""
        named: set[Action] = {action for each in self.event.mentions for action in objects(each)}
        return named | {"fine"} if self.event.amount is not None else named

    @cached_property
    def narrow(self) -> bool:
        """Whether it is known to touch a part only: of the platform, of the people or of the country."""
        return self.place is not None or self.event.scope not in (None, WIDE)

    def kin(self, platform: str) -> bool:
        """Whether it is aimed at this platform, or one at what runs the other."""
        return platform in self._line or self.event.platform in lineage(platform, self.reference.platforms)

    @cached_property
    def _line(self) -> tuple[str, ...]:
        return lineage(self.event.platform, self.reference.platforms)

    @cached_property
    def _where(self) -> tuple[str | None, str | None]:
        return self.event.country, self.place

    def near(self, other: Act) -> int:
        """0 where both have one country and place, 1 where one of the two tells none; -1 where they differ."""
        if self._where == other._where:
            return 0
        pairs = zip(self._where, other._where, strict=True)
        return -1 if any(one and two and one != two for one, two in pairs) else 1

    def overlaps(self, other: Act) -> bool:
        """Whether both may touch the same: unless two different parts are told."""
        scopes = {self.event.scope, other.event.scope} - {None, WIDE}
        return len(scopes) < 2
