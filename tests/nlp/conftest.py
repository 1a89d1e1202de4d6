"""The English pipeline, built once a session, and how tests read with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from nlp.pipeline import pipeline
from nlp.quantities import set_published


@pytest.fixture(scope="session")
def english() -> Language:
    """The pipeline without its last component: what proposes, not what disposes."""
    return pipeline("en", exclude=("mentions",))


@pytest.fixture(scope="session")
def read(english: Language) -> Callable[..., Doc]:
    """Reads a title (or a title and a text) as published on Thursday, 4 December 2025."""

    def read_text(title: str, text: str = "", published: str | None = "2025-12-04") -> Doc:
        return english(set_published(english.make_doc(f"{title}\n\n{text}"), published))

    return read_text
