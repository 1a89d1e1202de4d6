"""What resolving must know of the documents behind the mentions."""

from __future__ import annotations

from dataclasses import dataclass

from data.models import StoredMention


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """`official`: its source is an authority's own; `fresh`: no refresh has used its words before; `sketch`: of its
    text (nlp.resolving.sketches), empty where none was made; `came`: when it was fetched, else published."""

    published: str | None = None
    source: str | None = None
    official: bool = False
    fresh: bool = False
    sketch: bytes = b""
    came: str | None = None


UNKNOWN = DocumentFacts()


@dataclass(frozen=True, slots=True)
class Told:
    """A mention with the facts of its document. `origin`: the source that published its words first."""

    stored: StoredMention
    facts: DocumentFacts
    origin: str | None
