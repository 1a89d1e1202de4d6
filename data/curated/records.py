"""A file of a data set as records: documents with what their keepers state of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b

from data.curated.dataset import DataSet
from data.curated.names import Names
from data.curated.places import Places
from data.curated.stated import Stated
from data.curated.table import Row, Table
from data.curated.values import day
from data.curated.written import write
from data.models import CuratedRecord, Source
from data.reference import Reference

UNREAD = "zxx"
"""ISO 639-2 for no linguistic content: nothing is read in such a document."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds. `rows`: how many; `records`: of those that count; `problems`: what was not understood."""

    source: Source
    rows: int
    records: tuple[CuratedRecord, ...]
    problems: tuple[str, ...]


def read_data_set(table: Table, reference: Reference) -> Reading:
    """All records of a file. A row whose country nobody knows is kept without one, and told."""
    dataset, where = table.dataset, Places(table.dataset, reference)
    who = Names(dataset, reference)
    rows = [(row, of) for row in table.rows if _counts(row, dataset, of := who.of_platforms(row.cells))]
    ids = _ids([row for row, _ in rows], dataset)
    records = [_record(row, of, id, dataset, where) for (row, of), id in zip(rows, ids, strict=True)]
    # where the parties are others, what the prose tells of platforms is not done to them
    records = [
        one if who.may_concern(row.cells) else replace(one, document=replace(one.document, lang=UNREAD))
        for (row, _), one in zip(rows, records, strict=True)
    ]
    problems = [each for (row, _), one in zip(rows, records, strict=True) for each in _problems(one, row, table)]
    return Reading(_source(dataset), len(table.rows), tuple(records), tuple(problems))


def _source(dataset: DataSet) -> Source:
    facts = dataset.source
    return Source(facts.id, facts.name, "curated", facts.official, languages=facts.languages, url=facts.url)


def _counts(row: Row, dataset: DataSet, platforms: dict[str, str]) -> bool:
    """Whether the row is of a kind that counts, and about a platform unless its prose has still to be read."""
    kind = dataset.rows is None or dataset.rows.of(row.cells[dataset.rows.column]) is not None
    return kind and bool(dataset.prose or platforms)


def _ids(rows: list[Row], dataset: DataSet) -> Iterator[str]:
    """The documents' ids: the same for the same row in a later edition of the file; rows alike are numbered."""
    seen = Counter[str]()
    for row in rows:
        mark = "\x1f".join(row.cells[column] for column in dataset.key)
        id = f"{dataset.source.id}-{blake2b(mark.encode(), digest_size=6).hexdigest()}"
        seen[id] += 1
        yield f"{id}-{seen[id]}" if seen[id] > 1 else id


def _record(row: Row, platforms: dict[str, str], id: str, dataset: DataSet, where: Places) -> CuratedRecord:
    document, places = write(row.cells, dataset, id)
    country = where.country(row.cells[dataset.country])
    authorities = (where.authority(row.cells[column], country) for column in dataset.authority)
    stated = Stated(row.cells, dataset, places, country, next(filter(None, authorities), None))
    date = day(row.cells[dataset.date], dataset.dates) if dataset.date else None
    return CuratedRecord(document, tuple(stated.mentions(platforms)), country, stated.authority, date)


def _problems(record: CuratedRecord, row: Row, table: Table) -> Iterator[str]:
    where, cell = f"{table.name}, line {row.line}", row.cells[table.dataset.country]
    if record.country is None:
        yield f"{where}: no country is called {cell!r}; kept without one"
    if not record.mentions and not table.dataset.prose:
        yield f"{where}: no date or action that is understood; kept without an event"
