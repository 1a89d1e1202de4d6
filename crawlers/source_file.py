"""The typed model of a source file: what it may say, and what must hang together."""

from __future__ import annotations

import os
from typing import Literal

from pydantic import Field, model_validator

from crawlers.source_layouts import PathVersions, Registry, SelectorVersions, Sitemap
from crawlers.source_parts import Ask, Expect, Kind, Paging, Robots, Verified
from crawlers.source_types import Country, Id, Language, Part, Regex, Text, WebAddress
from data.models import Source

Way = Literal["feed", "listing", "sitemap", "api", "registry", "telegram"]
Format = Literal["rss", "atom", "rdf", "json", "html", "xml", "csv", "lines"]
FORMATS: dict[Way, tuple[Format, ...]] = {
    "feed": ("rss", "atom", "rdf", "json"),
    "listing": ("html",),
    "sitemap": ("xml",),
    "api": ("json",),
    "registry": ("csv", "xml", "json", "lines"),
    "telegram": ("html",),
}
PARTS: dict[str, Way] = {"selectors": "listing", "paths": "api", "registry": "registry"}
"""The part that tells how each way of publishing is read, where it must be told."""


class SourceFile(Part):
    """One source: facts, address, format, how it is read, expectations."""

    id: Id
    name: Text
    kind: Kind
    official: bool = False
    """The publisher is itself an authority, so what it states is confirmed."""
    country: Country
    """ISO 3166-1 alpha-2; EU for the Union's institutions, XX for international publishers."""
    languages: list[Language] = Field(min_length=1)
    spider: Way
    url: WebAddress
    """Of the index. {today}, {epoch} and {year} stand for the day of the crawl, {today-7} for a week before."""
    format: Format
    request: Ask = Ask()
    selectors: SelectorVersions | None = None
    paths: PathVersions | None = None
    registry: Registry | None = None
    sitemap: Sitemap = Sitemap()
    paging: Paging | None = None
    links: Regex | None = None
    """Only entries in whose address this is found are taken."""
    follow: bool = True
    """False where the index tells all and the pages are not worth fetching."""
    fixture: Id | None = None
    """The folder in tests/fixtures whose page and entries this source is tested with; its own id if left out."""
    enabled: bool = True
    reason: Text | None = None
    """Why the source is off."""
    verified: Verified
    """What says that the address is right; `verified_where` names the place."""
    verified_where: Text | None = None
    robots: Robots = "unknown"
    """What is known of the site's robots.txt, which a crawl obeys in any case."""
    expect: Expect = Expect()
    allow_private: bool = False
    """Permission to fetch from loopback and private addresses; for the sample and tests alone."""
    notes: Text | None = None

    @model_validator(mode="after")
    def _reads_right(self) -> SourceFile:
        if self.enabled and self.undeclared:
            raise ValueError(f"{self.undeclared}: a source with spider {self.spider} needs them")
        for part, spider in PARTS.items():
            if getattr(self, part) is not None and self.spider != spider:
                raise ValueError(f"{part}: only a source with spider {spider} has them")
        if self.format not in FORMATS[self.spider]:
            raise ValueError(f"format: of spider {self.spider} must be {' or '.join(FORMATS[self.spider])}")
        if self.paging and self.spider in ("sitemap", "registry", "telegram"):
            raise ValueError(f"paging: spider {self.spider} knows by itself where to go on")
        return self

    @model_validator(mode="after")
    def _rests_on_something(self) -> SourceFile:
        if not self.enabled and self.reason is None:
            raise ValueError("reason: say why the source is off")
        if self.enabled and self.verified == "none" and not self.allow_private:
            raise ValueError("verified: an address that rests on nothing must be off (enabled: false)")
        if self.enabled and self.robots == "refuses":
            raise ValueError("robots: a source whose robots.txt refuses us must be off (enabled: false)")
        if self.verified != "none" and self.verified_where is None:
            raise ValueError("verified_where: say where the address was seen")
        return self

    @property
    def undeclared(self) -> str | None:
        """The part without which its index cannot be read, of a source that is off until someone has seen its page."""
        needed = [part for part, spider in PARTS.items() if spider == self.spider and getattr(self, part) is None]
        return needed[0] if needed else None

    @property
    def token(self) -> str | None:
        """The secret that requests carry, from the environment; None where none is needed or it is not there."""
        wanted = self.request.token
        return (os.environ.get(wanted.env) or None) if wanted else None

    @property
    def off(self) -> str | None:
        """Why the source is not crawled: its file says so, or its token is not in the environment; None if it is."""
        if not self.enabled:
            return self.reason
        if self.request.token and not self.token:
            return f"needs a token in the environment: {self.request.token.env}"
        return None

    def facts(self) -> Source:
        """The source as the archive keeps it."""
        return Source(
            id=self.id,
            name=self.name,
            kind=self.kind,
            official=self.official,
            country=self.country,
            languages=tuple(self.languages),
            url=self.url,
        )
