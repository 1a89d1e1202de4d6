"""What a refresh must resolve: the cells that new, changed and lost mentions touch, and no others.

What comes of it is what resolving everything would give. A mention without a country may find another home when those
change that bear what it seeks; and where new words tell an event of the past, its cell takes part.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from data.archive import Archive
from data.archive_cells import Placed
from data.corrections import Corrections
from data.memory import Key, Recollection
from data.models import Action, StoredMention
from data.reference import Reference
from nlp.resolving.cells import MONTH, NEAR, Cell, Cells, cells
from nlp.resolving.changes import recalled
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.joined import Stirred
from nlp.resolving.kin import clan
from nlp.resolving.spans import months, span

SHARE = 10
"""Where more than one mention in so many is new, all are resolved: it costs no more."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is to be resolved. `placed`: cells of mentions where they are new; `stirred`: the clans in them to which
    something came or from which it went; None: this is everything."""

    cells: Mapping[Cell, Sequence[StoredMention]]
    placed: Mapping[Key, Cell]
    memory: Recollection
    stirred: Stirred | None

    @property
    def whole(self) -> bool:
        """Whether this is everything."""
        return self.stirred is None

    @property
    def documents(self) -> set[str]:
        """Those that tell what is in it, and those of which the memory speaks."""
        remembered = {json.loads(trace)[0] for trace in self.memory.traces}
        return {each.document_id for part in self.cells.values() for each in part} | remembered


def all_of(archive: Archive, reference: Reference) -> Part:
    """Everything, whatever is known of it."""
    found, before = cells(archive.mentions(), reference), archive.places()
    placed = {each.address: cell for cell, part in found.items() for each in part if before[each.address] != cell}
    return Part(found, placed, archive.memory.recall(), None)


def touched(archive: Archive, reference: Reference, said: Corrections) -> Part:
    """What is new since the last refresh, what that may change, what people spoke of; everything, where it is much."""
    new, lost = archive.unplaced(), archive.lost()
    if (len(new) + len(lost)) * SHARE > archive.counts()["mentions"]:
        return all_of(archive, reference)
    placed, stirred = _homes(archive, reference, new, [each.stored for each in lost])
    stirred |= {(Cell(*each.cell), clan(each.stored.mention.action)) for each in lost}
    fresh = archive.fresh() | {each.document_id for each in new} | {each.stored.document_id for each in lost}
    spoken = archive.memory.today(each for entry in said.entries for each in entry.named)
    here: set[tuple[str, str]] = {*(cell for cell, _ in stirred), *_own_cells(archive, Cells(reference), spoken)}
    here |= archive.cells_of(archive.memory.told_by(fresh) | spoken)
    stored = {each.stored.address: each for each in archive.mentions_in(here)}
    found: dict[Cell, list[StoredMention]] = defaultdict(list)
    for each in sorted([*new, *(each.stored for each in stored.values())], key=lambda each: each.address):
        found[placed.get(each.address) or Cell(*stored[each.address].cell)].append(each)
    tellers = Counter(each.stored.event for each in stored.values() if each.stored.event)
    unsettled = spoken | {each.stored.event for each in lost if each.stored.event}
    memory = _narrowed(archive.memory.recall_of(fresh, {*tellers, *unsettled}, spoken), {*tellers, *unsettled})
    settled = {event: number for event, number in tellers.items() if event not in unsettled}
    return Part(dict(found), placed, replace(memory, settled=settled), frozenset(stirred))


def facts_of(archive: Archive, part: Part) -> dict[str, DocumentFacts]:
    """What is known of the documents that tell a part, and of those that are news and tell none any more."""
    official = {source.id for source in archive.sources() if source.official}
    wanted = None if part.whole else part.documents | archive.fresh()
    return {
        each.document: DocumentFacts(
            each.published,
            each.source or None,
            each.source in official,
            bool(each.fresh),
            each.sketch or b"",
            each.fetched or each.published,
        )
        for each in archive.readings(wanted)
    }


def _own_cells(archive: Archive, finder: Cells, events: Set[str]) -> set[Cell]:
    """The cells that events tell by themselves; people may vouch for such as no document tells."""
    remembered = archive.memory.recall_of((), events, ()).events.values() if events else ()
    known = [recalled(each, ()) for each in remembered if each.id in events]
    return {finder.cell(each.platform, each.country) for each in known}


def _narrowed(memory: Recollection, here: Set[str]) -> Recollection:
    """The memory without events that live elsewhere: they would seem to have gone."""
    return replace(memory, events={id: event for id, event in memory.events.items() if event.gone or id in here})


def _homes(
    archive: Archive, reference: Reference, new: Sequence[StoredMention], lost: Iterable[StoredMention]
) -> tuple[dict[Key, Cell], set[tuple[Cell, Action]]]:
    """The cells of new mentions and of those that must move, and the clans of cells to or from which any goes."""
    finder = Cells(reference)
    borne = frozenset[str]().union(*(finder.bears(each.mention) for each in [*new, *lost]))
    homeless = [each for each in _about(archive, finder, [*new, *lost], located=False)
                if not borne.isdisjoint(finder.seeks(each.stored.mention))]  # fmt: skip
    seeking = [each for each in new if each.mention.country is None] + [each.stored for each in homeless]
    located = [each.stored for each in _about(archive, finder, seeking, located=True)]
    found = cells({each.address: each for each in [*new, *seeking, *located]}.values(), reference)
    cell_of = {each.address: cell for cell, part in found.items() for each in part}
    moved = [each for each in homeless if cell_of[each.stored.address] != each.cell]
    coming = [*new, *(each.stored for each in moved)]
    placed = {each.address: cell_of[each.address] for each in coming}
    stirred = {(placed[each.address], clan(each.mention.action)) for each in coming}
    return placed, stirred | {(Cell(*each.cell), clan(each.stored.mention.action)) for each in moved}


def _about(archive: Archive, finder: Cells, mentions: Iterable[StoredMention], *, located: bool) -> Iterable[Placed]:
    """Mentions that may bear what these seek, or the other way round: about their days and sums, each once."""
    days: dict[str, set[str]] = defaultdict(set)
    sums: dict[str, set[float]] = defaultdict(set)
    for each in mentions:
        if (each.mention.country is None) == located:
            family = finder.told(each.mention).family
            days[family] |= _months(each.mention.date)
            sums[family] |= {each.mention.amount} if each.mention.amount else set()
    found = (each for f in days for each in archive.mentions_about(f, days[f], sums[f], located=located))
    return {each.stored.address: each for each in found}.values()


def _months(date: str | None) -> set[str]:
    """The months that a date of a day or a month is near to."""
    days = span(date)
    near = months(days, NEAR) if days and days.last - days.first <= MONTH else ()
    return {f"{(number - 1) // 12:04}-{(number - 1) % 12 + 1:02}" for number in near}
