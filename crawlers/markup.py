"""Markup in, plain words out."""

from __future__ import annotations

import re
from html import unescape

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_BREAK = re.compile(r"</?(?:p|br|div|li|tr|h\d)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?:[a-zA-Z/][^>]*|!--.*?--)>", re.DOTALL)


def one_line(text: object) -> str:
    """Text with whitespace folded, invisible characters dropped, entities resolved that were escaped twice."""
    return " ".join(unescape(unescape(text)).translate(_INVISIBLE).split()) if isinstance(text, str) else ""


def plain_text(markup: object) -> str:
    """The words of an HTML fragment, a line a paragraph; "" for what is no text."""
    if not isinstance(markup, str):
        return ""
    words = _TAG.sub("", _BREAK.sub("\n", unescape(markup)))
    return "\n".join(filter(None, map(one_line, words.splitlines())))
