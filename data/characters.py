"""Text that can be stored: JSON can spell what UTF-8 cannot."""

from __future__ import annotations


def whole_characters(text: str) -> str:
    """A lone surrogate, which JSON can spell and UTF-8 cannot, becomes "?": one character as before."""
    return text.encode("utf-8", "replace").decode("utf-8")
