"""Documents as JSON lines: one object a line with id, title and text; published, lang, url and source may be null.

Other keys are passed over, so labelled files can be read as they are.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import dateparser

from data.characters import whole_characters
from data.models import Document

OPTIONAL = ("published", "lang", "url", "source")


class LineError(ValueError):
    """A line that is no document: its number (from 1), what is wrong, what is wanted."""


def read_documents(lines: Iterable[bytes], name: str) -> Iterator[Document]:
    """The documents of a JSON lines file, in order; blank lines are passed over. LineError at the first bad one.

    `lines` are UTF-8; `name` stands for the file in the message.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield document_of(json.loads(line.removeprefix(codecs.BOM_UTF8).decode()))
            except (ValueError, RecursionError) as error:
                wanted = "each line must be a JSON object with id, title and text"
                raise LineError(f"{name}, line {number}: {_reason(error)}; {wanted}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    if isinstance(error, UnicodeDecodeError):
        return f"no UTF-8 at byte {error.start + 1}"
    return str(error)


def document_of(record: Any) -> Document:
    """One parsed line as a Document. ValueError tells which key is missing or of the wrong kind."""
    if not isinstance(record, dict):
        raise ValueError(f"a JSON {type(record).__name__}, not an object")
    for key in ("id", "title", "text"):
        if key not in record:
            raise ValueError(f"no {key!r}")
        if not isinstance(record[key], str) and not (key == "id" and isinstance(record[key], int)):
            raise ValueError(f"{key!r} is no string")
    for key in OPTIONAL:
        if not isinstance(record.get(key), str | None):
            raise ValueError(f"{key!r} is neither a string nor null")
    published = iso_date(record.get("published"))
    return Document(
        id=str(record["id"]),
        title=whole_characters(record["title"]),
        text=whole_characters(record["text"]),
        published=published,
        lang=(record.get("lang") or "").lower()[:2] or None,
        url=record.get("url"),
        source=record.get("source"),
        published_basis="given" if published else None,
    )


def document_of_text(text: str, id: str) -> Document:
    """A plain text as a Document: its first line is the title. Nothing tells when it was published."""
    title, _, rest = text.strip().partition("\n")
    return Document(id=id, title=title.strip(), text=rest.strip())


def iso_date(text: str | None) -> str | None:
    """A date or timestamp as ISO 8601; what people write ("14. 2. 2026") by dateparser, day first; else None."""
    if not text:
        return None
    try:
        datetime.fromisoformat(text)
        return text
    except ValueError:
        found = dateparser.parse(text, settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]})
        return found.date().isoformat() if found else None
