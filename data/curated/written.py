"""A row as a document: its prose, then what its columns state, one a line; and where in it each column stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from data.curated.dataset import DataSet
from data.curated.values import day
from data.models import Document, Evidence

Places = Mapping[str, Evidence]
"""The words of each column that says something, under the column's name."""
_ADDRESS = re.compile(r"https?://[^\s,;]+")


def write(cells: Mapping[str, str], dataset: DataSet, id: str) -> tuple[Document, Places]:
    """The document of a row, and the places of its cells in the document's body."""
    title = " ".join(dataset.title.format(**cells, **_days(cells, dataset)).split())
    text, places = _text(cells, dataset, len(title) + 2)
    published = day(cells[dataset.published], dataset.dates) if dataset.published else None
    address = _ADDRESS.search(cells[dataset.url]) if dataset.url else None
    document = Document(id, title, text, published, dataset.lang, address[0] if address else None, dataset.source.id)
    return replace(document, published_basis="given" if published else None), places


def _days(cells: Mapping[str, str], dataset: DataSet) -> dict[str, str]:
    """The dates of events for the title: {start_day} for the column `start`."""
    columns = {each.date for each in dataset.tells}
    return {f"{column}_day": day(cells[column], dataset.dates) or "undated" for column in columns}


def _text(cells: Mapping[str, str], dataset: DataSet, at: int) -> tuple[str, Places]:
    """`at`: where the text begins in the body."""
    stated = [column for column in dataset.columns if column not in (*dataset.prose, dataset.url)]
    text, places = "", dict[str, Evidence]()
    for column in filter(cells.get, (*dataset.prose, *stated)):
        text += "" if column in dataset.prose else f"{column.replace('_', ' ').capitalize()}: "
        start, text = at + len(text), text + cells[column]
        places[column] = Evidence(column, start, at + len(text), cells[column])
        text += "\n"
    return text.rstrip("\n"), places
