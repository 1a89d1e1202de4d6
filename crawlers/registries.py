"""What a registry says of known platforms, and what became of it since it was read last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from crawlers.dates import day_of
from crawlers.dumps import Listed
from crawlers.entries import Entry
from crawlers.layouts import registry_words
from crawlers.source_layouts import Words
from crawlers.sources import SourceFile
from crawlers.templates import filled, paths_of
from data.reference import Platform, load_reference

Watched = Mapping[str, Listed | None]
"""Domains of platforms that were known when a registry was read, and the row that it had of each."""


@cache
def platforms_by_domain() -> dict[str, Platform]:
    """The platform that each domain stands for."""
    claims: dict[str, list[Platform]] = {}
    for platform in load_reference().platforms.values():
        for domain in platform.domains:
            claims.setdefault(domain, []).append(platform)
    return {domain: _owner(domain, platforms) for domain, platforms in claims.items()}


def _owner(domain: str, platforms: Sequence[Platform]) -> Platform:
    """The one called as the domain is (a product often lives on its maker's), else the one that names it first."""
    ids = {platform.id for platform in platforms}
    name = domain.rpartition(".")[0].rpartition(".")[2]
    return min(platforms, key=lambda one: (one.id != name, one.domains.index(domain), one.parent in ids))


def of_platforms(rows: Iterable[Listed]) -> dict[str, Listed]:
    """The rows that are about a whole domain of a known platform, the first of each domain."""
    known, found = platforms_by_domain(), {}
    for row in rows:
        if row.domain in known and row.domain not in found and urlsplit(row.url).path in ("", "/"):
            found[row.domain] = row
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the registry of a source has now, and what it had when it was read last."""

    source: SourceFile
    now: Mapping[str, Listed]
    before: Watched
    today: date

    @property
    def lost(self) -> list[Listed]:
        """Rows that are there no more."""
        known = platforms_by_domain()
        return [row for domain, row in self.before.items() if row and domain in known and domain not in self.now]

    @property
    def is_whole(self) -> bool:
        """Whether it can be believed that what is missing was taken out: half of all at once hardly was."""
        had = sum(row is not None for row in self.before.values())
        return len(self.now) >= self.source.expect.floor and len(self.lost) <= max(5, had // 2)

    def entries(self) -> Iterator[Entry]:
        """A document for each domain that came or went.

        Of a domain that was not watched before it is not known that it came: it is a document if its row tells the day.
        """
        appeared, vanished = self._words
        for domain, row in self.now.items():
            day = self._day(row)
            if self.before.get(domain) is None and (day or domain in self.before):
                yield self._entry(appeared, "appeared", row, day)
        for row in self.lost:
            yield self._entry(vanished, "vanished", row, None)

    @property
    def _words(self) -> tuple[Words, Words]:
        told, registry = registry_words(), self.source.registry
        assert registry
        default = told.get(self.source.languages[0], told["en"])
        return registry.appeared or default.appeared, registry.vanished or default.vanished

    def _day(self, row: Listed) -> str | None:
        assert self.source.registry
        return day_of(row.date, self.source.registry, self.source.languages)

    def _entry(self, words: Words, change: str, row: Listed, day: str | None) -> Entry:
        assert self.source.registry
        told = {
            "platform": platforms_by_domain()[row.domain].name,
            "domain": row.domain,
            "body": row.body or self.source.registry.authority or "",
            "number": row.number,
            "date": self._day(row) or "",
            "today": self.today.isoformat(),
        }
        lines = [line for line in words.text.splitlines() if all(told[gap] for gap in gaps(line))]
        text = "\n".join(filled(line, told.__getitem__) if gaps(line) else line for line in lines)
        title = filled(words.title, told.__getitem__)
        page = self.source.registry.page or self.source.url
        return Entry(page, title, day, text, key=f"{row.domain}/{change}/{day or self.today.isoformat()}")


def gaps(line: str) -> list[str]:
    """The names in braces of a line."""
    return [] if paths_of(line) == [line] else paths_of(line)
