"""What resolving must know of the documents behind the mentions."""

from __future__ import annotations

from dataclasses import dataclass

from data.models import StoredMention


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """`official`: its source is an authority's own; `fresh`: no refresh has used its words before."""

    published: str | None = None
    source: str | None = None
    official: bool = False
    fresh: bool = False


UNKNOWN = DocumentFacts()


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with the facts of its document."""

    stored: StoredMention
    facts: DocumentFacts
