"""How an index is read: the parts of a source file that say where in a page, in JSON or in a dump the facts stand."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from crawlers.source_types import Language, Part, Regex, Selects, Text, Told, WebAddress


class Dated(Part):
    """How days are written, where no machine-readable date tells."""

    date_format: Text | None = None
    """strptime format; without it days are read by `date_languages`, as ISO 8601, RFC 822 or seconds since 1970."""
    date_languages: tuple[Language, ...] = Field(default=(), strict=False)


class Version(Dated):
    """One layout of an index; a changed layout is a new version, so that old pages can still be read."""

    since: date | None = None
    """The day on which the layout was first seen; the oldest may leave it out."""


class Selectors(Version):
    """A layout of an HTML listing: selectors looked up inside `item`, which are the item itself if "".

    Each takes the element's words (`link`: its href, `date`: its datetime); `::attr(name)` or `/@name` takes another
    attribute. Without `title` the link's words are the title; without those, the first line of `text`.
    """

    item: Selects
    link: Selects = "a"
    title: Selects | None = None
    date: Selects | None = None
    text: Selects | None = None


class Paths(Version):
    """A layout of JSON: JMESPaths, `items` from the top, the others from each item.

    All but `items` may be words with paths in braces ("https://example.org/{id}"). Items without pages of their own
    have an `id` that tells them apart, and perhaps one `url` for all, in JMESPath's quotes ("'https://example.org/'").
    """

    items: Told
    title: Told
    url: Told | None = None
    id: Told | None = None
    date: Told | None = None
    text: Told | None = None

    @model_validator(mode="after")
    def _told_apart(self) -> Paths:
        if self.url is None and self.id is None:
            raise ValueError("url: an item needs a url, or an id that tells it from the others")
        return self


def _as_versions(given: Any) -> Any:
    return [given] if isinstance(given, dict | Version) else given


def _newest_first(versions: list[Any]) -> list[Any]:
    days = [version.since or date.min for version in versions]
    if len(set(days)) < len(days):
        raise ValueError("every version needs its own since, and one may have none")
    return sorted(versions, key=lambda version: version.since or date.min, reverse=True)


SelectorVersions = Annotated[
    list[Selectors], BeforeValidator(_as_versions), AfterValidator(_newest_first), Field(min_length=1)
]
PathVersions = Annotated[list[Paths], BeforeValidator(_as_versions), AfterValidator(_newest_first), Field(min_length=1)]


class Sitemap(Part):
    """Which part of a sitemap is read."""

    maps: Regex | None = None
    """Which sitemaps of an index are read: those whose address it is found in."""
    days: int = Field(default=7, ge=1)
    """Articles and sitemaps not touched for longer than this are passed over."""
    articles: int = Field(default=500, ge=1)
    """Articles of one sitemap that are read, at most: the latest."""


class Words(Part):
    """What a document about one domain says; {platform}, {domain}, {body}, {number}, {date} stand for what is known."""

    title: Text
    text: Text


class Registry(Dated):
    """Rows of a dump, and the columns in which they tell of a domain.

    A column is a number from 1, a name in the first row, a JMESPath (json), or an element or @attribute (xml).
    """

    domain: Text | int
    url: Text | int | None = None
    """Rows whose address has a path are about one page, not the domain, and are passed over."""
    body: Text | int | None = None
    number: Text | int | None = None
    date: Text | int | None = None
    rows: Text | None = None
    """Element of each row (xml), JMESPath to them (json)."""
    encoding: Text = "utf-8"
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ","
    skip: int = Field(default=0, ge=0)
    """Lines before the first row or the names of the columns."""
    page: WebAddress | None = None
    """A page about the registry for people, to which documents lead; the dump itself if left out."""
    authority: Text | None = None
    """The body that decides, where no column tells it."""
    appeared: Words | None = None
    vanished: Words | None = None
    """Without them, in the words of crawlers/layouts/registry.yaml for the source's first language."""
