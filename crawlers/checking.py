"""What a source yields now against what it should: its live index by the crawl's own code, and its first articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawlers.crawl import crawl
from crawlers.source_file import SourceFile
from data.archive import Archive
from data.models import Document, SourceRun

ARTICLES = 2
"""How many pages of a source are read, besides its index."""
SETTINGS = {"KEEP_RAW": False, "ARTICLES_AT_MOST": ARTICLES}


@dataclass(frozen=True, slots=True)
class Check:
    """What came of one source: of the entries those with title and date; `read`: articles whose text was found."""

    source: str
    outcome: str
    failure: str | None
    detail: str | None
    found: int
    floor: int
    ceiling: int | None
    titled: int
    dated: int
    read: int
    newest: str | None
    languages: tuple[str, ...]
    declared: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Whether it does what it should: enough entries, with titles, in a language that its file names.

        Where all its entries are those of another source that was checked with it, these speak for it.
        """
        tongue = not self.languages or bool({*self.languages} & {*self.declared})
        good = self.outcome == "unchanged" or (self.outcome == "ok" and self.titled > 0)
        return good and self.found >= self.floor and tongue

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self) | {"well": self.well}


def check(sources: Sequence[SourceFile], settings: Mapping[str, Any] | None = None) -> Iterator[Check]:
    """Crawl the first index page and some articles of these sources, on or off, into an archive that is thrown away.

    Like a crawl it can be done once in a process.
    """
    if not sources:
        return
    asked = [source.model_copy(update={"enabled": True, "paging": None}) for source in sources]
    with TemporaryDirectory() as folder, Archive(Path(folder) / "archive.db") as archive:
        runs = {run.source: run for run in crawl(asked, archive, settings={**SETTINGS, **(settings or {})})}
        documents: dict[str, list[Document]] = {source.id: [] for source in asked}
        for document in archive.documents():
            documents[document.source or ""].append(document)
    yield from (_check(source, runs[source.id], documents[source.id]) for source in asked if source.id in runs)


def _check(source: SourceFile, run: SourceRun, documents: Sequence[Document]) -> Check:
    read = [
        document for document in documents if len(document.text) > 200 or document.published_basis not in (None, "feed")
    ]
    return Check(
        source.id,
        run.outcome,
        run.failure,
        run.detail,
        run.found,
        source.expect.floor,
        source.expect.ceiling,
        sum(bool(document.title) for document in documents),
        sum(document.published is not None for document in documents),
        len(read),
        max((document.published[:10] for document in documents if document.published), default=None),
        tuple(sorted({document.lang for document in documents if document.lang})),
        tuple(source.languages),
    )
