"""A proposal tried on the page that was fetched, and written: the source file, and the page that it is tested with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from crawlers.adding.proposal import Proposal
from crawlers.entries import Entry
from crawlers.source_file import SourceFile
from crawlers.sources import read_source
from crawlers.trial import try_source
from data.archive import Archive

ENDINGS = {"html": "html", "telegram": "html", "json": "json"}
"""Endings of stored pages by kind; of all others xml."""
LARGEST = 500_000
"""Bytes of a page that is kept as a fixture."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A proposal that finds something, its source, and the entries."""

    proposal: Proposal
    source: SourceFile
    entries: list[Entry]


def first_that_works(proposals: Iterable[Proposal]) -> Tried | None:
    """The surest proposal that finds entries in its own page, with what it expects of a healthy run."""
    for proposal in proposals:
        tried = _tried(proposal)
        if tried and tried.entries:
            return tried
    return None


def _tried(proposal: Proposal) -> Tried | None:
    with TemporaryDirectory() as folder:
        page = Path(folder) / f"page.{_ending(proposal)}"
        page.write_bytes(proposal.candidate.response.body)
        with Archive(Path(folder) / "archive.db") as archive:
            entries = try_source(_source(proposal, Path(folder)), [page], archive, date.today()).entries
        expect = {"floor": max(1, len(entries) * 2 // 3), "ceiling": max(2, len(entries) * 2)}
        proposal = replace(proposal, fields=proposal.fields | {"expect": expect})
        return Tried(proposal, _source(proposal, Path(folder)), entries)


def _source(proposal: Proposal, folder: Path) -> SourceFile:
    """The proposal as a file that was read, so that nothing is written that could not be."""
    file = folder / f"{proposal.fields['id']}.yaml"
    file.write_text(proposal.text, "utf-8")
    return read_source(file)


def _ending(proposal: Proposal) -> str:
    return ENDINGS.get(proposal.candidate.kind, "xml")


def write(tried: Tried, sources: Path, fixtures: Path | None) -> list[Path]:
    """Write the source file, and for all but feeds the page with what must be found in it; returns the files.

    FileExistsError, with its path, where there is a source of that id already. ValueError where the page is too large
    to be kept: nothing is written then, since a source that no test reads would not stay right.
    """
    file = sources / tried.source.country.lower() / f"{tried.source.id}.yaml"
    if known := next(sources.rglob(f"{tried.source.id}.yaml"), None):
        raise FileExistsError(known)
    kept = _fixture(tried, fixtures) if fixtures and tried.source.spider != "feed" else {}
    for path, content in {file: tried.proposal.text.encode(), **kept}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return [file, *kept]


def _fixture(tried: Tried, fixtures: Path) -> dict[Path, bytes]:
    """The page, and what must be found in it."""
    folder, body = fixtures / tried.source.id, tried.proposal.candidate.response.body
    if folder.exists():
        raise FileExistsError(folder)
    if len(body) > LARGEST:
        raise ValueError(f"its page has {len(body):,} bytes; the tests keep pages of {LARGEST:,} at most")
    entries = [{name: value for name, value in asdict(entry).items() if value} for entry in tried.entries]
    expected = json.dumps({"today": date.today().isoformat(), "entries": entries}, ensure_ascii=False, indent=2)
    return {folder / f"page.{_ending(tried.proposal)}": body, folder / "expected.json": f"{expected}\n".encode()}
