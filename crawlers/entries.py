"""What passes from the spiders to the pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from urllib.parse import quote

from crawlers.article import Article
from crawlers.urls import canonical_url

TITLE_LIMIT = 200
"""Characters of a title that is cut from a text: titles are public, texts are not."""


class MalformedIndexError(ValueError):
    """An index that is not what its source file says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index tells of one document; `url` is absolute or "", `text` is often a mere teaser.

    `key` tells entries apart that have no page of their own: their `url` is that of the whole.
    """

    url: str
    title: str = ""
    published: str | None = None
    text: str = ""
    key: str = ""

    @property
    def address(self) -> str:
        """What the document is known by: its canonical address; without a page of its own a place in the whole."""
        return canonical_url(self.url) + (f"#{quote(self.key)}" if self.key else "")


def titled(text: str) -> tuple[str, str]:
    """Title and text of what has no title: its first line; of a long one the start, and the text stays whole."""
    first, _, rest = text.partition("\n")
    return (first, rest) if len(first) <= TITLE_LIMIT else (shorten(first, TITLE_LIMIT, placeholder="…"), text)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An entry with its page as read; an empty Article where the page could not be had, or was not asked for."""

    entry: Entry
    article: Article
