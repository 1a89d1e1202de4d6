"""Pages that ask whether a person is there (challenges.yaml); they come with any status, 200 too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from crawlers.markup import one_line, plain_text

_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|noscript|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
LONGEST = 200_000
"""Bytes above which a page is no challenge."""


@cache
def _marks() -> dict[str, Any]:
    marks: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("challenges.yaml").read_text(encoding="utf-8"))
    return marks | {"titles": {title.casefold() for title in marks["titles"]}}


def is_challenge(headers: Mapping[Any, Any], body: bytes) -> bool:
    """Whether an answer is a challenge, by its headers, its whole title, or a known script with few words about it."""
    marks, given = _marks(), {str(name).lower(): str(value) for name, value in headers.items()}
    if any(name in given and given[name].startswith(value) for name, value in marks["headers"].items()):
        return True
    if len(body) > LONGEST:
        return False
    page = body.decode("latin-1")
    title = _TITLE.search(page)
    if title and one_line(title[1]).casefold() in marks["titles"]:
        return True
    return any(script in page for script in marks["scripts"]) and len(_words(page)) < marks["short"]


def _words(page: str) -> str:
    return plain_text(_UNSEEN.sub("", page))
