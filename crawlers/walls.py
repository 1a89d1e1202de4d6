"""Walls: a page that holds an offer to subscribe, or a question for consent, in place of the article."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from lxml.html import HtmlElement

from data.models import Partial

STUB = 1000
"""Characters of a text that may be a mere beginning; one of Chinese or Japanese script counts for three."""

_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HIDDEN = ("script", "style", "noscript", "template")


def wall(tree: HtmlElement, thing: dict[str, Any], text: str, url: str | None) -> Partial | None:
    """What a page has in place of the article whose `text` was found in it; None where the text may be whole.

    `thing` is the page's schema.org article: it may say that it is not to be had for free.
    """
    label = (urlsplit(url or "").hostname or "").partition(".")[0]
    if label in _walls()["consent"].get("hosts", ()):
        return "consent"
    if len(text) + 2 * len(_DENSE.findall(text)) >= STUB:
        return None
    if str(thing.get("isAccessibleForFree")).casefold() in ("false", "http://schema.org/false"):
        return "paywall"
    if _says("paywall", " ".join(_visible(tree))):
        return "paywall"
    return "consent" if _says("consent", text or " ".join(_visible(tree))) else None


def _says(kind: Partial, words: str) -> bool:
    line = " ".join(words.casefold().split())
    return any(phrase in line for phrase in _walls()[kind]["phrases"])


def _visible(tree: HtmlElement) -> list[str]:
    return [piece for piece in tree.xpath("//body//text()") if piece.getparent().tag not in _HIDDEN]


@cache
def _walls() -> dict[Any, dict[str, list[str]]]:
    found: dict[Any, dict[str, list[str]]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    return found
