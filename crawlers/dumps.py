"""Dumps of registries as rows: CSV, XML, JSON or plain lines, gzipped or not, read as a stream."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Container, Iterator
from functools import cache
from gzip import GzipFile
from itertools import islice
from typing import IO, Any, NamedTuple
from zlib import error as ZlibError  # noqa: N812

from lxml import etree

from crawlers.entries import MalformedIndexError
from crawlers.json_items import as_words, search
from crawlers.markup import one_line
from crawlers.source_layouts import Registry

MOST = 1_000_000_000
"""Bytes of an unpacked dump that are read."""
_CHUNK = 1_000_000
_CELL = 10_000_000
_SEPARATORS = re.compile(r"[\s,;|]+")
Cell = Callable[[str | int | None], str]
"""What a row has in a column."""


class Listed(NamedTuple):
    """A domain as a row of a registry has it; "" where a column is missing or empty."""

    domain: str
    url: str = ""
    body: str = ""
    number: str = ""
    date: str = ""


def listed(dump: bytes, form: str, columns: Registry, wanted: Container[str] | None = None) -> Iterator[Listed]:
    """Each domain of each row, if `wanted`. MalformedIndexError where the dump is not of this form, or is cut off."""
    stream: io.BufferedIOBase = io.BytesIO(dump)
    if dump[:2] == b"\x1f\x8b":
        stream = GzipFile(fileobj=stream)
    bounded = io.BufferedReader(_Bounded(stream), _CHUNK)
    rest = (columns.url, columns.body, columns.number, columns.date)
    try:
        for cell in _READERS[form](bounded, columns):
            for domain in map(_plain, _SEPARATORS.split(cell(columns.domain))):
                if domain and (wanted is None or domain in wanted):
                    yield Listed(domain, *(one_line(cell(name)) for name in rest))
    except (OSError, EOFError, ZlibError, ValueError, csv.Error, etree.LxmlError, LookupError) as error:
        raise MalformedIndexError(f"no {form} of a registry: {error}") from error


def _plain(domain: str) -> str:
    """A domain without what makes it a pattern or a host's name only: "*.Example.org." and "www.example.org"."""
    return domain.casefold().strip(".").removeprefix("*.").removeprefix("www.")


class _Bounded(io.RawIOBase):
    """A stream that ends with an error where it holds too much."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self.stream, self.left = stream, MOST

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk = self.stream.read(len(buffer))
        self.left -= len(chunk)
        if self.left < 0:
            raise OSError(f"more than {MOST} bytes")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _lines(stream: IO[bytes], columns: Registry) -> Iterator[str]:
    text = io.TextIOWrapper(stream, encoding=columns.encoding, errors="replace", newline="")
    return islice(text, columns.skip, None)


def _of_csv(stream: IO[bytes], columns: Registry) -> Iterator[Cell]:
    csv.field_size_limit(_CELL)
    rows = csv.reader(_lines(stream, columns), delimiter=columns.delimiter)
    named = [name for name in (columns.domain, columns.url, columns.body, columns.number, columns.date) if name]
    head = next(rows, []) if any(isinstance(name, str) for name in named) else []
    places = {name: name - 1 if isinstance(name, int) else head.index(name) for name in named}
    for row in rows:
        yield lambda name, row=row: row[places[name]] if name and places[name] < len(row) else ""  # type: ignore[misc]


def _of_lines(stream: IO[bytes], columns: Registry) -> Iterator[Cell]:
    for line in _lines(stream, columns):
        if not line.startswith("#"):
            yield lambda name, line=line: line.strip() if name else ""  # type: ignore[misc]


def _of_json(stream: IO[bytes], columns: Registry) -> Iterator[Cell]:
    rows = search(columns.rows or "@", json.load(stream))
    if not isinstance(rows, list):
        raise ValueError(f"no list at {columns.rows or '@'}")
    for row in rows:
        yield lambda name, row=row: as_words(search(str(name), row)) if name else ""  # type: ignore[misc]


def _of_xml(stream: IO[bytes], columns: Registry) -> Iterator[Cell]:
    found = etree.iterparse(stream, tag=f"{{*}}{columns.rows or 'content'}", resolve_entities=False, no_network=True)
    for _, element in found:
        yield lambda name, element=element: str(_path(str(name))(element)) if name else ""  # type: ignore[misc]
        element.clear()


@cache
def _path(path: str) -> etree.XPath:
    return etree.XPath(f"string({path})")


_READERS: dict[str, Callable[[IO[bytes], Registry], Iterator[Cell]]] = {
    "csv": _of_csv,
    "lines": _of_lines,
    "json": _of_json,
    "xml": _of_xml,
}
