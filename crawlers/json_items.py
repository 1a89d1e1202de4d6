"""JSON into entries, by the paths of a source file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

from crawlers.dates import day_of
from crawlers.entries import Entry, titled
from crawlers.markup import one_line, plain_text
from crawlers.source_layouts import Paths
from crawlers.templates import filled, paths_of
from crawlers.urls import absolute_url

compiled = cache(jmespath.compile)


def search(path: str, value: Any) -> Any:
    """What a JMESPath finds; None also where a function in it is given what it cannot take."""
    try:
        return compiled(path).search(value)
    except JMESPathError:
        return None


def entries_of(
    data: Any, layouts: Sequence[Paths], base: str, languages: Sequence[str], whole: str = ""
) -> Iterator[Entry]:
    """The items of an answer by the newest layout that finds any; `base` is the answer's address.

    `whole`: the address of items that have none of their own.
    """
    for layout in layouts:
        items = search(layout.items, data)
        if isinstance(items, list) and items:
            yield from (_entry(item, layout, base, languages, whole) for item in items)
            return


def _entry(item: Any, layout: Paths, base: str, languages: Sequence[str], whole: str) -> Entry:
    told = partial(_told, item)
    title, text = one_line(plain_text(told(layout.title))), plain_text(told(layout.text))
    if not title:
        title, text = titled(text)
    link = _complete(layout.url, told)
    return Entry(
        url=whole if layout.url is None else absolute_url(base, link) if link else "",
        title=title,
        published=day_of(search(layout.date, item), layout, languages) if layout.date else None,
        text=text,
        key=_complete(layout.id, told),
    )


def _told(item: Any, template: str | None) -> str:
    return filled(template, lambda path: as_words(search(path, item))) if template else ""


def _complete(template: str | None, told: Callable[[str | None], str]) -> str:
    """A template filled; "" where one of its gaps stays empty, since half an address leads elsewhere."""
    gaps = [told(path) for path in paths_of(template)] if template else []
    return told(template).strip() if all(gaps) else ""


def as_words(value: Any) -> str:
    """A JSON value as words: several by commas, no value as none."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(as_words, value)))
    return "" if value is None or isinstance(value, dict) else str(value)
