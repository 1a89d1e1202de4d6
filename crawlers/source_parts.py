"""How an index is asked for, and what is known of a source: the parts of a source file that are no layout."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from crawlers.source_types import Name, Part, Text


class Paging(Part):
    """Where an index goes on; the crawl reads on as long as a page has something new, `pages` pages at most."""

    next: Text | None = None
    """Selector of the link to the next page; in JSON the JMESPath of its address, or of `parameter`'s next value."""
    pattern: Text | None = None
    """The address of further pages with {page} in it."""
    parameter: Text | None = None
    """The query parameter that counts pages or takes the cursor."""
    start: int = 2
    """What {page} or `parameter` is on the second page."""
    step: int = 1
    pages: int = Field(default=3, ge=2, le=100)

    @model_validator(mode="after")
    def _one_way(self) -> Paging:
        if (self.next, self.pattern, self.parameter) == (None, None, None):
            raise ValueError("next: say where the next page is, by next, pattern or parameter")
        if self.pattern and (self.next or self.parameter or "{page}" not in self.pattern):
            raise ValueError("pattern: needs {page} in it, and neither next nor parameter beside it")
        return self


class Token(Part):
    """A secret that the environment holds: without it the source is off."""

    env: Name
    header: Text | None = None
    parameter: Text | None = None
    prefix: str = ""
    """What stands before it in the header, such as "Bearer "."""

    @model_validator(mode="after")
    def _one_place(self) -> Token:
        if (self.header is None) == (self.parameter is None):
            raise ValueError("header: say whether the token goes into a header or a query parameter")
        return self


class Ask(Part):
    """What a request for the index carries besides its address; {today}, {epoch} and {year} as in `url`."""

    query: dict[str, str] = Field(default_factory=dict)
    form: dict[str, str] = Field(default_factory=dict)
    """Sent as a form, by POST."""
    headers: dict[str, str] = Field(default_factory=dict)
    token: Token | None = None


class Expect(Part):
    """How many entries a healthy run finds: fewer than `floor` count as a failure, more than `ceiling` are told."""

    floor: int = Field(default=1, ge=0)
    ceiling: int | None = Field(default=None, ge=1)


Kind = Literal["news", "regulator", "court", "ngo", "measurement", "registry"]
Verified = Literal["feed-autodiscovery", "live page", "public scraper", "documentation", "none"]
Robots = Literal["allows", "unknown", "refuses"]
