"""Layouts that many publishers share, so that a source file need not tell them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from crawlers.source_layouts import PathVersions, SelectorVersions, Words
from crawlers.source_parts import Paging
from crawlers.source_types import Part

FOLDER = Path(__file__).parent


class Layout(Part):
    """What a source file of this layout would say."""

    selectors: SelectorVersions | None = None
    paths: PathVersions | None = None
    paging: Paging | None = None
    follow: bool = True


class Changes(Part):
    """What the documents of a registry say, in one language."""

    appeared: Words
    vanished: Words


@cache
def layout(name: str) -> Layout:
    """The shared layout of this name: a file in this folder."""
    return Layout.model_validate(_read(name))


@cache
def registry_words() -> dict[str, Changes]:
    """By language, the words of a registry's documents."""
    return {language: Changes.model_validate(words) for language, words in _read("registry").items()}


def _read(name: str) -> dict[str, object]:
    told: dict[str, object] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return told
