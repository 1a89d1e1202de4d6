"""Document in, mentions out: pure, no database, no clock. The same document gives the same mentions."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from data.language import detect_language
from data.models import Document, Mention
from nlp.pipeline import pipeline, read, supported
from nlp.versions import digest

ROOMS = (Path(__file__).parent, Path(__file__).parents[1] / "data" / "reference")
RESOLVING = frozenset(["build", "edition", "phases", "resolve", "resolving", "touched", "versions"])
MEASURING = frozenset(
    ["baseline", "calibration", "causes", "doors", "evaluate", "explain", "score", "train", "training"],
)
"""Modules and folders that see what was read only: a change in either set needs no document read again."""
log = logging.getLogger(__name__)


class Tagger:
    """Reads documents in every supported language; one in another language has no mentions."""

    @property
    def version(self) -> str:
        """Changes whenever rules, lexicons, weights or reference data do, so that `build` reads everything again."""
        return version()

    def read(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Mention]]]:
        """Each document with its mentions, both in the order in which they come. A document that fails raises."""
        for document in documents:
            yield document, _told(self.doc(document))

    def doc(self, document: Document) -> Doc | None:
        """All that the pipeline's components left behind, for those who explain; None for a language nobody reads."""
        nlp = _pipeline_of(document)
        return read(document, nlp) if nlp else None

    def read_all(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Mention]]]:
        """As `read`, but a document that fails is logged and has no mentions: one never stops the rest."""
        for document, doc in self.docs(documents):
            yield document, _told(doc)

    def docs(self, documents: Iterable[Document]) -> Iterator[tuple[Document, Doc | None]]:
        """Each document with its Doc, as `doc` makes it; None also for one that fails, which is logged."""
        for document in documents:
            nlp = _pipeline_of(document)  # what is wrong with a pipeline itself is told at once, not once a document
            doc = None
            try:
                doc = read(document, nlp) if nlp else None
            except Exception:
                log.exception("document %s could not be read; it has no mentions", document.id)
            yield document, doc


def _pipeline_of(document: Document) -> Language | None:
    """The pipeline of a document's language, built when first needed; None for a language that nobody reads."""
    lang = document.lang or detect_language(document.body)
    return pipeline(lang) if lang in supported() else None


def _told(doc: Doc | None) -> list[Mention]:
    return list(doc._.mentions) if doc is not None else []


def _is_read(path: Path) -> bool:
    kind = path.suffix in (".py", ".yaml", ".cfg", ".json")
    return kind and not {path.stem, path.parent.name} & (RESOLVING | MEASURING)


@cache
def version() -> str:
    """Twelve hex digits over the rules, lexicons, weights and reference data."""
    return digest(p for room in ROOMS for p in room.rglob("*") if _is_read(p))
