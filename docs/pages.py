"""Writes docs/tables.md from the public schema and docs/sources.md from the source files; `make docs` calls it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from crawlers.sources import SourceFile, load_sources
from data.events_schema import TABLES, Column

DOCS = Path(__file__).parent
TABLES_HEAD = """# The public tables

Made by `make docs` from `data/events_schema.yaml`: mend the descriptions there.

Dates are ISO 8601, as exact as known (`2025-12-04`, `2025-12`, `2025`); times are UTC; money is in units of its own
currency (ISO 4217); countries are ISO 3166-1 alpha-2, and `EU` for the Union's own institutions. What an event, an
action and a status are is told in [definition.md](definition.md).
"""
SOURCES_HEAD = """# The sources

Made by `make docs` from `crawlers/sources/<cc>/<id>.yaml`; [CONTRIBUTING.md](../CONTRIBUTING.md) tells how to add one.
How each does today is told by `splinterlog status` and by the public table `source_health`.
"""


def pages() -> dict[Path, str]:
    """Every generated page by its file."""
    return {DOCS / "tables.md": _tables(), DOCS / "sources.md": _sources()}


def _tables() -> str:
    parts = [TABLES_HEAD]
    for name, table in TABLES.items():
        rows = [
            (f"`{column}`", facts.type.lower(), _about(column, facts, table.key))
            for column, facts in table.columns.items()
        ]
        parts.append(f"## `{name}`\n\n{table.about}\n\n{_grid(('column', 'type', 'what it is'), rows)}")
    return "\n".join(parts)


def _about(column: str, facts: Column, key: list[str]) -> str:
    target = f" See [`{facts.references}`](#{facts.references})." if facts.references else ""
    return f"{facts.about}{' **Key.**' if column in key else ''}{target}"


def _sources() -> str:
    rows = [
        (f"`{each.id}`", each.name, each.kind, each.country, ", ".join(each.languages), _crawled(each))
        for each in load_sources()
    ]
    return f"{SOURCES_HEAD}\n{_grid(('id', 'name', 'kind', 'country', 'languages', 'crawled'), rows)}"


def _crawled(source: SourceFile) -> str:
    token = source.request.token
    return source.reason or (f"with a token in `{token.env}`" if token else "yes")


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    for file, text in pages().items():
        file.write_text(text, "utf-8")
