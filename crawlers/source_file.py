"""The typed model of a source file: what it may say, and what must hang together."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from data.models import Source


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a full http or https address")
    return url


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class _Part(BaseModel):
    """A part of a source file: unknown keys are refused, and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Selectors(_Part):
    """CSS selectors of a listing; `link`, `title` and `date` are looked up inside `item`, or are the item if ""."""

    item: Text
    link: str = "a"
    title: str | None = None
    date: str | None = None
    date_format: Text | None = None
    """strptime format of the date's text; without it the date is parsed by `date_languages`."""
    date_languages: list[Language] = []


class Expect(_Part):
    """How many entries a healthy run finds: fewer than `floor` count as a failure, more than `ceiling` are told."""

    floor: int = Field(default=1, ge=0)
    ceiling: int | None = Field(default=None, ge=1)


class SourceFile(_Part):
    """One source: facts, address, format, selectors, expectations."""

    id: Id
    name: Text
    kind: Literal["news", "regulator", "court", "ngo", "measurement", "registry"]
    official: bool = False
    """The publisher is itself an authority, so what it states is confirmed."""
    country: Country
    """ISO 3166-1 alpha-2; EU for the Union's institutions, XX for international publishers."""
    languages: list[Language] = Field(min_length=1)
    spider: Literal["feed", "listing"]
    url: WebAddress
    format: Literal["rss", "atom", "html"]
    selectors: Selectors | None = None
    enabled: bool = True
    reason: Text | None = None
    """Why the source is off."""
    verified: Literal["feed-autodiscovery", "public scraper", "documentation", "none"]
    """What says that the address is right; `verified_where` names the place."""
    verified_where: Text | None = None
    expect: Expect = Expect()
    allow_private: bool = False
    """Permission to fetch from loopback and private addresses; for the sample and tests alone."""
    notes: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> SourceFile:
        if (self.spider == "listing") != (self.selectors is not None):
            raise ValueError("selectors: a listing needs them, a feed must not have them")
        if (self.spider == "listing") != (self.format == "html"):
            raise ValueError("format: a listing is html, a feed is rss or atom")
        if not self.enabled and self.reason is None:
            raise ValueError("reason: say why the source is off")
        if self.enabled and self.verified == "none" and not self.allow_private:
            raise ValueError("verified: an address that rests on nothing must be off (enabled: false)")
        if self.verified != "none" and self.verified_where is None:
            raise ValueError("verified_where: say where the address was seen")
        return self

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
