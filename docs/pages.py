"""Writes docs/tables.md from the public schema, docs/sources.md and a part of README.md
from the source files, and a part of docs/api.md from the shapes of the API.

`make docs` calls it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import fill

from crawlers.coverage import Share, coverage, told
from crawlers.sources import SourceFile, load_sources
from data.events_schema import TABLES, Column
from datasette_config.site.api.shapes import SHAPES, Field

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
END = "<!-- end -->"
TABLES_HEAD = """# The public tables

Made by `make docs` from `data/events_schema.yaml`: mend the descriptions there.

Dates are ISO 8601, as exact as known (`2025-12-04`, `2025-12`, `2025`); times are UTC; money is in units of its own
currency (ISO 4217); countries are ISO 3166-1 alpha-2, and `EU` for the Union's own institutions. What an event, an
action and a status are is told in [definition.md](definition.md).
"""
SOURCES_HEAD = """# The sources

Made by `make docs` from `crawlers/sources/<cc>/<id>.yaml`; [CONTRIBUTING.md](../CONTRIBUTING.md) tells how to add one.
How each does today is told by `splinterlog status` and by the public table `source_health`; `splinterlog status
--coverage` prints the sums below.
"""


def pages() -> dict[Path, str]:
    """Every generated page by its file."""
    covered = _marked(README, "coverage", fill(told(coverage(load_sources())), 119) + "\n")
    shape = _grid(("field", "type", "what it is"), map(_shaped, SHAPES["event"].items()))
    return {
        DOCS / "tables.md": _tables(),
        DOCS / "sources.md": _sources(),
        README: covered,
        DOCS / "api.md": _marked(DOCS / "api.md", "the shape", shape),
    }


def _marked(page: Path, what: str, text: str) -> str:
    """A page with this text between its two marks."""
    mark = f"<!-- {what}, by make docs -->"
    before, _, rest = page.read_text("utf-8").partition(mark)
    return f"{before}{mark}\n{text}{END}{rest.partition(END)[2]}"


def _shaped(field: tuple[str, Field]) -> tuple[str, ...]:
    name, facts = field
    return f"`{name}`", facts.type + (" or null" if facts.nullable else ""), facts.about


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
    sources = load_sources()
    found = coverage(sources)
    shares = "\n".join(f"{_grid((name, *SHARE), map(_shared, each))}" for name, each in found.views.items())
    reasons = _grid(("sources", "why they are off"), ((str(number), reason) for reason, number in found.reasons))
    rows = [
        (f"`{each.id}`", each.name, each.kind, each.country, ", ".join(each.languages), _crawled(each), each.verified)
        for each in sources
    ]
    every = _grid(("id", "name", "kind", "country", "languages", "crawled", "rests on"), rows)
    return f"{SOURCES_HEAD}\n{told(found)}\n\n{shares}\n{reasons}\n## All of them\n\n{every}"


SHARE = ("read", "official", "with a token", "off")


def _shared(share: Share) -> tuple[str, ...]:
    return (share.value, *map(str, (share.read, share.official, share.token, share.sources - share.read)))


def _crawled(source: SourceFile) -> str:
    token = source.request.token
    return source.reason or (f"with a token in `{token.env}`" if token else "yes")


def _grid(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    for file, text in pages().items():
        file.write_text(text, "utf-8")
