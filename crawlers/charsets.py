"""Which charset a text is truly in, whatever its server or the text itself says."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, resolve_encoding

_SAMPLE = 50_000
_FOREIGN = re.compile(rb"[\xc0-\xff]{5}")
_MARKUP = re.compile(rb"<[^>]*>|[\x00-\x1f]+")
WESTERN = {"cp1252", "iso8859-1", "iso8859-15"}
"""Charsets in which any bytes are text, though no language of theirs has five accented letters in a row."""
WEB = [
    *("cp1251", "koi8_r", "cp1252", "cp1250", "cp1254", "cp1253", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("cp932", "euc_jp", "gb18030", "big5", "euc_kr"),
]
"""What pages are written in that are not UTF-8 (https://encoding.spec.whatwg.org), and no more is guessed."""
SCARS = 0.1
"""Share of bytes beyond ASCII that UTF-8 may have broken and still be UTF-8: texts are cut and glued in bytes."""


def true_charset(body: bytes, believed: str) -> str | None:
    """The charset that `body` is in, where it is another than the one `believed`; else None.

    UTF-8 proves itself, and UTF-16 by its mark. What fits neither UTF-8 nor what is believed is what the text declares,
    if it fits, or guessed.
    """
    if body.isascii():
        return None
    if body.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return None if _codec(believed) == "utf-16" else "utf-16"
    found = _found(body, _codec(believed) or "utf-8")
    return None if found == _codec(believed) else found


def _found(body: bytes, believed: str) -> str:
    if _fits(body, "utf-8"):
        return "utf-8"
    if believed != "utf-8" and _fits(body, believed) and not (believed in WESTERN and _FOREIGN.search(body)):
        return believed
    declared = _codec(html_body_declared_encoding(body[:4096]))
    if declared and declared not in {"utf-8", *WESTERN} and _fits(body, declared):
        return declared
    if believed == "utf-8" and _broken(body) < SCARS:
        return believed
    return _guessed(body) or believed


def _codec(name: str | None) -> str | None:
    known = resolve_encoding(name) if name else None
    return codecs.lookup(known).name if known else None


def _fits(body: bytes, charset: str) -> bool:
    try:
        body.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _broken(body: bytes) -> float:
    part = body[:_SAMPLE]
    return part.decode("utf-8", "replace").count("\ufffd") / (sum(byte > 127 for byte in part) or 1)


def _guessed(body: bytes) -> str | None:
    best = from_bytes(_MARKUP.sub(b" ", body[: 10 * _SAMPLE])[:_SAMPLE], cp_isolation=WEB).best()
    return codecs.lookup(best.encoding).name if best else None
