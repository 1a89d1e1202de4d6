"""What passes from the spiders to the pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.article import Article


class MalformedIndexError(ValueError):
    """A feed or listing that is not what its source file says."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed or listing tells of one document; `url` is absolute or "", `text` is often a mere teaser."""

    url: str
    title: str = ""
    published: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An entry with its page as read; an empty Article where the page could not be had."""

    entry: Entry
    article: Article
