"""Files of rows: CSV with a header, or JSON lines of objects; each row under the columns' names, with its line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.characters import whole_characters
from data.curated.dataset import DataSet, load_data_sets, normal

csv.field_size_limit(10_000_000)


class TableError(ValueError):
    """A file that holds no rows of a known data set: where, why, what is wanted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `line` is where it ends in a CSV file or stands among JSON lines, from 1."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a file, under the columns' names as `dataset` declares them."""

    name: str
    dataset: DataSet
    rows: tuple[Row, ...]


def read_table(file: Path) -> Table | None:
    """The rows of a file of a declared data set; None where its columns fit none. TableError where it is no table."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(f"{file}: no UTF-8 at byte {error.start + 1}; save the file as UTF-8") from error
    rows = _csv(text, file) if file.suffix.lower() == ".csv" else _json_lines(text)
    first = next(rows, None)
    dataset = next((each for each in load_data_sets() if first and each.fits(first.cells)), None)
    if not first or not dataset:
        return None
    return Table(file.name, dataset, tuple(_renamed(row, dataset) for row in [first, *rows]))


def _csv(text: str, file: Path) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            yield Row(reader.line_num, {k: v for k, v in cells.items() if isinstance(k, str) and isinstance(v, str)})
    except csv.Error as error:
        raise TableError(f"{file}, line {reader.line_num}: {error}; each row must be CSV") from error


def _json_lines(text: str) -> Iterator[Row]:
    """Rows as far as the lines are objects: a line that is none makes the file a matter of those who read documents."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            record = json.loads(line) if line.strip() else None
        except (ValueError, RecursionError):
            return
        if isinstance(record, dict):
            yield Row(number, {key: whole_characters(each) for key, each in record.items() if isinstance(each, str)})


def _renamed(row: Row, dataset: DataSet) -> Row:
    """The cells under our names for the columns: the first spelling that the file has."""
    there = {normal(column): cell.strip() for column, cell in row.cells.items()}
    spelled = {
        name: next((there[normal(each)] for each in spellings if normal(each) in there), "")
        for name, spellings in dataset.columns.items()
    }
    return Row(row.line, spelled)
