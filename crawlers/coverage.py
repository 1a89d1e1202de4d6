"""What is watched and what it rests on, by country, language and kind: from the source files alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crawlers.source_file import SourceFile

VIEWS: dict[str, Callable[[SourceFile], Iterable[str]]] = {
    "country": lambda source: [source.country],
    "language": lambda source: source.languages,
    "kind": lambda source: [source.kind],
}
"""How coverage is parted; a source in several languages counts in each."""


@dataclass(frozen=True, slots=True)
class Share:
    """Sources of one value: all, those that are read, those of them that need a token, official ones among the read."""

    value: str
    sources: int
    read: int
    token: int
    official: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The shares of each view, what the read ones rest on, and why the others are off, commonest first."""

    all: Share
    views: dict[str, list[Share]]
    verified: Sequence[tuple[str, int]]
    reasons: Sequence[tuple[str, int]]


def coverage(sources: Sequence[SourceFile]) -> Coverage:
    """What these sources cover. One that needs a token counts as read, whether the environment has it or not."""
    read = [source for source in sources if source.enabled]
    return Coverage(
        _share("all", sources),
        {name: _shares(sources, of) for name, of in VIEWS.items()},
        Counter(source.verified for source in read).most_common(),
        Counter(source.reason for source in sources if source.reason and not source.enabled).most_common(),
    )


def _shares(sources: Iterable[SourceFile], of: Callable[[SourceFile], Iterable[str]]) -> list[Share]:
    groups: dict[str, list[SourceFile]] = {}
    for source in sources:
        for value in of(source):
            groups.setdefault(value, []).append(source)
    shares = (_share(value, group) for value, group in groups.items())
    return sorted(shares, key=lambda share: (-share.read, -share.sources, share.value))


def _share(value: str, sources: Sequence[SourceFile]) -> Share:
    read = [source for source in sources if source.enabled]
    token = sum(source.request.token is not None for source in read)
    return Share(value, len(sources), len(read), token, sum(source.official for source in read))


def told(found: Coverage) -> str:
    """Coverage in a sentence or two, for people."""
    lands = sum(share.read > 0 for share in found.views["country"] if share.value not in ("EU", "XX"))
    tongues = sum(share.read > 0 for share in found.views["language"])
    rests = ", ".join(f"{number} on {NAMES.get(verified, verified)}" for verified, number in found.verified)
    return (
        f"{found.all.read} of {found.all.sources} sources are read, {found.all.official} of them official and "
        f"{found.all.token} with a token, from {lands} countries in {tongues} languages. What is known of them rests "
        f"on facts: {rests}. The other {found.all.sources - found.all.read} are off, each for a reason that it tells."
    )


NAMES = {
    "public scraper": "public programs that read them",
    "documentation": "their publishers' documentation",
    "feed-autodiscovery": "the site's own link to its feed",
    "live page": "their pages, which were read",
}
"""What a source may rest on, in words."""
