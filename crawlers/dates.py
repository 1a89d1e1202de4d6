"""Days as indexes write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import dateparser
from dateparser.data.languages_info import language_order

from crawlers.metadata import written_day
from crawlers.source_layouts import Dated

_MILLISECONDS = 10_000_000_000
"""Seconds since 1970 that lie in the year 2286: what is more counts milliseconds."""


def day_of(words: object, how: Dated, languages: Sequence[str] = ()) -> str | None:
    """The day (ISO 8601) that words or a number tell, or None.

    What a machine wrote is read first (ISO 8601, RFC 822, seconds since 1970), then `how` says what a person wrote, in
    its own languages or else in `languages`.
    """
    if isinstance(words, int | float) or (isinstance(words, str) and words.isdecimal() and len(words) > 8):
        return _since_1970(float(words))
    if not isinstance(words, str) or not words.strip():
        return None
    return written_day(words) or _written_by_people(words.strip(), how, how.date_languages or languages)


def _since_1970(stamp: float) -> str | None:
    try:
        moment = datetime.fromtimestamp(stamp / 1000 if stamp > _MILLISECONDS else stamp, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return written_day(moment.date().isoformat())


def _written_by_people(words: str, how: Dated, languages: Sequence[str]) -> str | None:
    formats = [how.date_format] if how.date_format else None
    known = [language for language in languages if language in language_order]
    found = dateparser.parse(words, date_formats=formats, languages=known or None)
    return written_day(found.date().isoformat()) if found else None
