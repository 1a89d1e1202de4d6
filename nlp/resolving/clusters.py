"""Mentions that tell one action, brought together: by platform and action, then jurisdiction, then date and amount.

The exact ones come first and found the clusters; a vaguer mention (a month, a year, no date, no country) joins the
one cluster that it fits and founds its own where it fits several. All decisions of one step look at the clusters of
the steps before, never at each other, so that the order in which mentions come means nothing. Since mentions are
compared only within their platform and action, and by month there, the cost grows with their number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import islice
from typing import TypeVar

from data.models import StoredMention
from nlp.resolving.amounts import Sums, number_of_sum, one_each, sums_of
from nlp.resolving.spans import Span, gap, months, runs, span

WINDOW = {"fine": 3, "block": 3, "throttle": 3, "restore": 3, "removal": 3, "takedown": 3, "ban": 5, "order": 5}
"""Days between two dates of one action: news of it goes on for days, and may bear the day of the telling."""
WINDOW_OF_OTHERS = 7
"""Suits and investigations are told for longer and recur less often."""

K = TypeVar("K", bound=Hashable)


class Cluster:
    """Mentions of one action. `span`: the days of those that founded it; `sums`: amounts by currency."""

    def __init__(self, founders: list[StoredMention]) -> None:
        spans = [found for each in founders if (found := span(each.mention.date))]
        self.span = Span(min(s.first for s in spans), max(s.last for s in spans)) if spans else None
        self.exact = any(s.first == s.last for s in spans)
        self.mentions: list[StoredMention] = []
        self.sums: Sums = {}
        self.add(founders)

    def add(self, mentions: Iterable[StoredMention]) -> None:
        """Let mentions join; they do not move the span, so that vague dates never widen it."""
        self.mentions += mentions
        self.sums = sums_of(self.mentions)

    def agrees(self, mentions: Iterable[StoredMention]) -> bool:
        """Whether every currency would still have one sum if these joined."""
        added = sums_of(mentions)
        return one_each({c: self.sums.get(c, set()) | added.get(c, set()) for c in self.sums.keys() | added.keys()})


def cluster(mentions: Iterable[StoredMention], published: Mapping[str, str | None]) -> list[list[StoredMention]]:
    """The mentions grouped by the action that they tell; `published`: ISO dates by document id. Pure, order-free."""
    ordered = sorted(mentions, key=lambda each: (each.document_id, each.ordinal))
    blocks = _grouped(ordered, lambda each: (each.mention.platform, each.mention.action))
    return [found.mentions for key in sorted(blocks) for found in _Block(key[1], published).clusters(blocks[key])]


class _Block:
    """One platform and action."""

    def __init__(self, action: str, published: Mapping[str, str | None]) -> None:
        self.window = WINDOW.get(action, WINDOW_OF_OTHERS)
        self.published = published

    def clusters(self, mentions: list[StoredMention]) -> list[Cluster]:
        """All clusters. A threat is another event than the action, unless both have one date."""
        done = {_when(each) for each in mentions if each.mention.status != "threatened"}
        threat = [each.mention.status == "threatened" and _when(each) not in done for each in mentions]
        lanes = [
            [each for each, apart in zip(mentions, threat, strict=True) if apart is lane] for lane in (False, True)
        ]
        return [found for lane in lanes for found in self._lane(lane)]

    def _lane(self, mentions: list[StoredMention]) -> list[Cluster]:
        countries = _grouped(mentions, lambda each: each.mention.country or "")
        nowhere = countries.pop("", [])
        clusters = [found for country in sorted(countries) for found in self._jurisdiction(countries[country])]
        dated = [each for each in nowhere if span(each.mention.date)]
        # without place and time nothing says that two documents mean one action
        lost = _grouped((each for each in nowhere if not span(each.mention.date)), lambda each: each.document_id)
        clusters += self._jurisdiction(self._attach(dated, clusters))
        return clusters + [found for document in sorted(lost) for found in self._found(lost[document])]

    def _jurisdiction(self, mentions: list[StoredMention]) -> list[Cluster]:
        levels = _grouped(mentions, lambda each: len(each.mention.date or "") if span(each.mention.date) else 0)
        clusters: list[Cluster] = []
        for precision in sorted(levels, reverse=True):
            clusters += self._found(self._attach(levels[precision], clusters))
        return clusters

    def _found(self, mentions: list[StoredMention]) -> list[Cluster]:
        """New clusters of mentions of one precision: dates in one run of days, then amounts that agree."""
        run_of = runs({found for each in mentions if (found := span(each.mention.date))}, self.window)
        groups = _grouped(mentions, lambda each: run_of.get(span(each.mention.date), -1))
        return [found for key in sorted(groups) for found in self._by_amount(groups[key])]

    def _by_amount(self, mentions: list[StoredMention]) -> list[Cluster]:
        """One cluster if no currency has two sums (the one may be the other's conversion), else one for each sum."""
        if one_each(sums_of(mentions)):
            return [Cluster(mentions)]
        sums = _grouped(mentions, number_of_sum(mentions))
        silent = sums.pop(("", 0), [])
        clusters = [found for key in sorted(sums) for found in self._found(sums[key])]
        left = self._attach(silent, clusters)
        return clusters + (self._found(left) if left else [])

    def _attach(self, mentions: list[StoredMention], clusters: list[Cluster]) -> list[StoredMention]:
        """Add each mention to the only cluster that it fits; returns those that fit none or several."""
        index = _by_month(clusters)
        joining: dict[int, list[StoredMention]] = defaultdict(list)
        left: list[StoredMention] = []
        for each in mentions:
            fits = list(islice(self._fitting(each, clusters, index), 2))
            (joining[fits[0]] if len(fits) == 1 else left).append(each)
        for number, joined in joining.items():
            # two sums that each agree with a cluster without one do not agree with each other
            agreed = clusters[number].agrees(joined)
            left += [each for each in joined if not agreed and each.mention.amount is not None]
            clusters[number].add([each for each in joined if agreed or each.mention.amount is None])
        return left

    def _fitting(self, each: StoredMention, clusters: list[Cluster], index: dict[int, list[int]]) -> Iterable[int]:
        own = span(each.mention.date)
        near = sorted({n for m in months(own, self.window) for n in index[m]}) if own else range(len(clusters))
        for number in near:
            if self._in_time(each, own, clusters[number]) and clusters[number].agrees([each]):
                yield number

    def _in_time(self, each: StoredMention, own: Span | None, other: Cluster) -> bool:
        """Whether the dates can be one; an undated mention tells nothing later than its document."""
        if own and other.span:
            return gap(own, other.span) <= (self.window if other.exact and own.first == own.last else 0)
        told = span((self.published.get(each.document_id) or "")[:10])
        return not (told and other.span) or other.span.first <= told.last + 1


def _when(each: StoredMention) -> tuple[str | None, str | None]:
    """Jurisdiction and date; of a mention without a date, something that no other has."""
    return each.mention.country, each.mention.date or each.key


def _by_month(clusters: list[Cluster]) -> dict[int, list[int]]:
    index: dict[int, list[int]] = defaultdict(list)
    for number, found in enumerate(clusters):
        for month in months(found.span, 0) if found.span else ():
            index[month].append(number)
    return index


def _grouped(mentions: Iterable[StoredMention], key: Callable[[StoredMention], K]) -> dict[K, list[StoredMention]]:
    groups: dict[K, list[StoredMention]] = defaultdict(list)
    for each in mentions:
        groups[key(each)].append(each)
    return groups
