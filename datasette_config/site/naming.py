"""Names that people type and read where filters have ids: "Russia" for RU, "Twitter" for x; and what a form offers."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from markupsafe import Markup, escape

from datasette_config.site.filters import VALUES, Filters
from datasette_config.site.reading import Question, Row, ask
from datasette_config.site.state import kept
from datasette_config.site.tallies import LABELS, tally, told

NAMED = ("platform", "country", "authority")
"""Filters of which people know names rather than ids."""
KNOWN = """SELECT t.id FROM {table} t WHERE t.id = :value COLLATE NOCASE OR t.name = :value COLLATE NOCASE
    OR instr('; ' || lower(t.aliases) || ';', '; ' || lower(:value) || ';')
    ORDER BY t.id = :value COLLATE NOCASE DESC, t.name = :value COLLATE NOCASE DESC, t.id LIMIT 1"""
OFFERS: dict[str, Question] = {
    "tally": tally(Filters({}), NAMED, 200),
    "choices": (
        "SELECT 'action' AS field, id, name FROM actions UNION ALL SELECT 'status', id, name FROM statuses",
        {},
    ),
}
"""What the form of filters offers: of NAMED the names with most events, of the others all."""


async def ids_of(datasette: Any, args: Any) -> dict[str, str]:
    """The filters of a request that have names, or ids in other letters, by the ids that are meant.

    What nobody knows stays as it is; a value with commas is a name with commas, or several names.
    """
    typed = {field: args.getlist(field) for field in NAMED}
    words = [(field, word) for field, values in typed.items() for value in values for word in (value, *_parts(value))]
    if not words or len(words) > VALUES:
        return {}
    asked = {"\n".join(each): (KNOWN.format(table=LABELS[each[0]]), {"value": each[1].strip()}) for each in words}
    known = {each: rows[0]["id"] for each, rows in (await ask(datasette, asked)).items() if rows}

    def meant(field: str, value: str) -> str:
        parts = (str(known.get(f"{field}\n{part}", part)) for part in _parts(value))
        return str(known.get(f"{field}\n{value}") or ",".join(parts))

    found = {field: ",".join(meant(field, value) for value in values) for field, values in typed.items()}
    return {field: ids for field, ids in found.items() if ids != ",".join(typed[field])}


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def names_of(filters: Filters) -> Question:
    """`field`, `id` and `name` of the ids that filters ask for; those that nobody knows have no row."""
    parts = ["SELECT '' AS field, '' AS id, '' AS name WHERE false"]
    params: dict[str, str] = {}
    for field, ids in filters.ids.items():
        marks = {f"{field}_{number}": id_ for number, id_ in enumerate(ids)}
        listed = ", ".join(f":{mark}" for mark in marks)
        parts.append(f"SELECT '{field}', id, coalesce(name, id) FROM {LABELS[field]} WHERE id IN ({listed})")
        params |= marks
    return " UNION ALL ".join(parts), params


async def form(datasette: Any, filters: Filters, names: Iterable[Row] = ()) -> dict[str, Any]:
    """What templates/site/_search.html takes; `names`: the rows of `names_of`."""
    made = await kept(datasette, "offers", _offered)
    named = {(row["field"], row["id"]): row["name"] for row in names}
    return {
        "filters": filters,
        "choices": made["choices"],
        "offers": made["offers"],
        "told": {field: [named.get((field, id_), id_) for id_ in ids] for field, ids in filters.ids.items()},
        "unknown": [
            {"field": field, "id": id_, "like": _like(id_, made["spreads"].get(field, []))}
            for field in NAMED
            for id_ in filters.ids.get(field, ())
            if (field, id_) not in named
        ],
    }


async def offered(datasette: Any, field: str) -> list[Row]:
    """`id` and `name` of what a question may be asked of, by name; none for what is no filter."""
    made = await kept(datasette, "offers", _offered)
    rows = made["spreads"].get(field) or [row for row in made["choices"] if row["field"] == field]
    return sorted(rows, key=lambda row: str(row["name"] or row["id"]))


async def _offered(datasette: Any) -> dict[str, Any]:
    found = await ask(datasette, OFFERS)
    spreads = told(found["tally"])["spreads"]
    offers = {field: _offer(spreads.get(field, [])) for field in NAMED}
    return {"choices": found["choices"], "spreads": spreads, "offers": offers}


def _offer(rows: Iterable[Row]) -> Markup:
    return Markup("".join(f'<option value="{escape(row["name"])}">' for row in rows))


def _like(typed: str, rows: Iterable[Row]) -> list[str]:
    """The names that it may have been meant to be."""
    names = {str(row["name"]).casefold(): str(row["name"]) for row in rows}
    return [names[each] for each in get_close_matches(typed.casefold(), names, n=3)]
