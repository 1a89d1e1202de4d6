"""The rows of the public tables, from events, documents and what the archive remembers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from data.addresses import web_address
from data.corrections import Ruling
from data.events_schema import TABLES
from data.evidence_rows import conflicts, evidence
from data.models import QUOTE_LIMIT, Change, Document, Event, Run, Source, SourceHealth
from data.reference import Reference
from data.told import authority_id

Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Edition:
    """What brings the public database to a state. `documents`: by id, those that tell of these events.

    `touched`: ids of the events that may differ from the state before, all others being as they were. None where
    `events` are all there are and nothing is known of the state before; then `changes` and `runs` are complete, too.
    """

    events: Sequence[Event]
    documents: Mapping[str, Document]
    sources: Sequence[Source]
    health: Sequence[SourceHealth]
    changes: Mapping[int, Change]
    redirects: Mapping[str, str]
    runs: Mapping[int, Run]
    reference: Reference
    rulings: Sequence[Ruling] = ()
    touched: frozenset[str] | None = None


def rows(edition: Edition) -> Rows:
    """Rows by table, without those that are sums of others."""
    authorities = edition.reference.authorities
    own: Rows = {
        "events": [_event(event, authorities) for event in edition.events],
        "evidence": [row for event in edition.events for row in evidence(event, edition.documents, authorities)],
        "conflicts": [row for event in edition.events for row in conflicts(event, authorities)],
        "links": [row for event in edition.events for row in _links(event)],
        "timeline": [row for event in edition.events for row in _timeline(event)],
        "documents": [_document(document) for document in edition.documents.values()],
        "sources": _sources(edition),
        "source_health": [asdict(each) | {"source_id": each.source} for each in edition.health],
        "corrections": [_correction(ruling) for ruling in edition.rulings],
        "changes": [_numbered(number, each) for number, each in edition.changes.items()],
        "redirects": [{"old_id": old, "event_id": new} for old, new in edition.redirects.items()],
        "runs": [_numbered(number, each) for number, each in edition.runs.items()],
    }
    words = {authority_id(each.authority, authorities): each.authority for each in edition.events if each.authority}
    return _with_unlisted(_listed(edition.reference), own, words) | own


def _numbered(number: int, row: Change | Run) -> Row:
    return {each.name: getattr(row, each.name) for each in fields(row)} | {"id": number}


def _event(event: Event, known: Collection[str]) -> Row:
    row = {name: getattr(event, name) for name in TABLES["events"].columns if hasattr(event, name)}
    authority = authority_id(event.authority, known) if event.authority else None
    return row | {"platform_id": event.platform, "authority_id": authority}


def _links(event: Event) -> Iterator[Row]:
    for other, phase in event.links:
        yield {"event_id": event.id, "other_id": other, "phase": phase, "date": event.date}


def _timeline(event: Event) -> Iterator[Row]:
    for number, (step, phase, date) in enumerate(event.timeline, 1):
        yield {"event_id": event.id, "number": number, "step_id": step, "phase": phase, "date": date}


def _document(document: Document) -> Row:
    row = {name: getattr(document, name, None) for name in TABLES["documents"].columns}
    title = document.title if len(document.title) <= QUOTE_LIMIT else f"{document.title[: QUOTE_LIMIT - 1]}…"
    return row | {"source_id": document.source or None, "url": web_address(document.url), "title": title}


def _correction(ruling: Ruling) -> Row:
    said = ruling.entry.model_dump()
    others = ruling.entry.named - {ruling.event}
    return said | {
        "id": ruling.number,
        "kind": ruling.entry.kind,
        "event_id": ruling.event,
        "old": ruling.old,
        "value": f"{value:.15g}" if isinstance(value := said.get("value"), float) else value,
        "others": " ".join(sorted(others)) or None,
        "contradicted": ruling.contradicted,
    }


def _sources(edition: Edition) -> list[Row]:
    """The sources that we know, and a row for every label that imported documents carry."""
    known = {each.id: asdict(each) | {"languages": " ".join(each.languages)} for each in edition.sources}
    labels = {each.source for each in edition.documents.values() if each.source} | {
        each.source for each in edition.health
    }
    imported = [
        {"id": label, "name": label, "kind": "imported", "official": False, "url": web_address(label)}
        for label in sorted(labels - known.keys())
    ]
    return [*known.values(), *imported]


def _listed(reference: Reference) -> Rows:
    """The reference data's own rows."""
    tables: dict[str, Mapping[str, Any]] = {
        "countries": reference.countries,
        "platforms": reference.platforms,
        "authorities": reference.authorities,
        "actions": reference.actions,
        "statuses": reference.statuses,
        "phases": reference.phases,
        "grounds": reference.grounds,
        "scopes": reference.scopes,
    }
    return {
        name: [{column: _cell(row, column) for column in TABLES[name].columns} for row in listed.values()]
        for name, listed in tables.items()
    }


def _cell(row: Any, column: str) -> Any:
    value = getattr(row, column, True)  # what reference data list is known
    return "; ".join(value) or None if isinstance(value, tuple) else value


def _with_unlisted(listed: Rows, own: Rows, names: Mapping[str, str]) -> Rows:
    """The reference rows, and one for each id that something refers to and no list has; `names` of such, by id."""
    used: dict[str, set[str]] = defaultdict(set)
    for name, table in TABLES.items():
        for column, facts in table.columns.items():
            if facts.references in listed:
                used[facts.references].update(row[column] for row in own.get(name, ()) if row.get(column))
    return {
        name: [*known, *({"id": i, "name": names.get(i, i), "known": False} for i in sorted(used[name] - _ids(known)))]
        for name, known in listed.items()
    }


def _ids(listed: Sequence[Row]) -> set[str]:
    return {row["id"] for row in listed}
