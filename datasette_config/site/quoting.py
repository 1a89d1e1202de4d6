"""What documents say of an event: their sentences, with the words of each field marked in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from data.models import PASSAGES
from datasette_config.site.reading import Row

SHOWN = 3
"""How many ways to say a field's value are told beside it."""


def tellings(evidence: Iterable[Row]) -> list[dict[str, Any]]:
    """One for each document, in the order of the rows: `document`, a row of it; `passages`, its sentences in the order
    of its text, with marks; `loose`, rows of words that stand in none of them.
    """
    documents: dict[str, list[Row]] = {}
    for row in evidence:
        documents.setdefault(row["document_id"], []).append(row)
    return [_telling(sorted(rows, key=lambda row: row["start"])) for rows in documents.values()]


def said_of(evidence: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """By field how documents say it: `words`, SHOWN rows at most, each with other words, and `more`, further ones."""
    fields: dict[str, dict[tuple[str, object], Row]] = {}
    for row in evidence:
        if row["field"] not in PASSAGES:
            fields.setdefault(row["field"], {}).setdefault((str(row["quote"]).casefold(), row["chosen"]), row)
    told = {field: list(words.values()) for field, words in fields.items()}
    return {field: {"words": words[:SHOWN], "more": len(words[SHOWN:])} for field, words in told.items()}


def _telling(rows: Sequence[Row]) -> dict[str, Any]:
    passages = [row for row in rows if row["field"] in PASSAGES]
    words = [row for row in rows if row["field"] not in PASSAGES]
    loose = [row for row in words if not any(_holds(passage, row) for passage in passages)]
    return {"document": rows[0], "passages": [_marked(each, words) for each in passages], "loose": loose}


def _holds(passage: Row, words: Row) -> bool:
    """Whether the words stand where they say they do."""
    first, last = words["start"] - passage["start"], words["end"] - passage["start"]
    return 0 <= first < last and str(passage["quote"] or "")[first:last] == str(words["quote"])


def _marked(passage: Row, words: Iterable[Row]) -> Markup:
    """A sentence with its words marked and told what they say; words that overlap are marked in parts."""
    spans = [
        (row["start"] - passage["start"], row["end"] - passage["start"], row) for row in words if _holds(passage, row)
    ]
    text = passage["quote"] or ""
    cuts = sorted({0, len(text), *(edge for first, last, _ in spans for edge in (first, last))})
    return Markup("".join(_piece(text, first, last, spans) for first, last in pairwise(cuts)))


def _piece(text: str, first: int, last: int, spans: Sequence[tuple[int, int, Row]]) -> str:
    words = escape(text[first:last])
    if not any(start <= first and last <= end for start, end, _ in spans):
        return words
    told = ", ".join(dict.fromkeys(_label(row) for _, end, row in spans if end == last))
    return f"<mark>{words}{f' <small>{escape(told)}</small>' if told else ''}</mark>"


def _label(row: Row) -> str:
    field = str(row["field"]).replace("_", " ")
    return field if row["chosen"] or not row["value"] else f"{field} read as {row['value']}"
