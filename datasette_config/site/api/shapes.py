"""The shapes of what the API gives, read from shapes.yaml: for SQL, for JSON, CSV and OpenAPI, and for docs/api.md."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml  # which Datasette brings, since its metadata are YAML


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its JSON type, whether it may be null, what it is, and the SQL that gives it."""

    type: str
    nullable: bool
    about: str
    sql: str


Shape = dict[str, Field]


def _load() -> dict[str, Shape]:
    shapes = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return {name: {field: _field(field, *facts) for field, facts in shape.items()} for name, shape in shapes.items()}


def _field(name: str, type_: str, about: str, sql: str | None = None) -> Field:
    return Field(type_.rstrip("?"), type_.endswith("?"), about, sql or f'"{name}"')


SHAPES = _load()


def columns(shape: str, table: str = "", without: tuple[str, ...] = ()) -> str:
    """The fields of a shape as SQL selects them; those without SQL of their own from `table`."""
    told = ((name, field.sql) for name, field in SHAPES[shape].items() if name not in without)
    return ", ".join(f'{table}{sql} AS "{name}"' if sql.startswith('"') else f'{sql} AS "{name}"' for name, sql in told)
