"""Characters that every format we write can hold."""

from __future__ import annotations

import re

_BREAKS = re.compile("[\x0b\x0c]")
_NONE = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), with the breaks and lone surrogates."""


def whole_characters(text: str) -> str:
    """A text that can be stored and shown: what is no character of it becomes one that is, so that offsets stay.

    A lone surrogate, which JSON can spell and UTF-8 cannot, becomes "?", a control character U+FFFD, a break of pages
    a space.
    """
    return _NONE.sub("\ufffd", _BREAKS.sub(" ", text)).encode("utf-8", "replace").decode("utf-8")
