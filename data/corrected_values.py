"""What a person may set a field of an event to."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches
from math import inf

from data.reference import Reference

Value = str | float | None
"""None where the person says that the field has no value."""
NONE = {"", "~", "none", "null"}
"""How people write that a field has no value."""
REQUIRED = {"platform", "action", "status"}


def value_of(field: str, text: str, reference: Reference) -> Value:
    """What `text` means as a value of this field, one of FIELDS. ValueError: what is wrong and what would be right."""
    if text.strip().casefold() in NONE:
        if field in REQUIRED:
            raise ValueError(f"an event has always a value of {field}")
        return None
    return FIELDS[field](text.strip(), reference)


def _listed(name: str, file: str) -> Callable[[str, Reference], Value]:
    """A reader of ids that `file` of the reference lists; a former id is read as the one that took over."""

    def read(text: str, reference: Reference) -> Value:
        rows: Collection[str] = getattr(reference, file)
        found = reference.redirects.get(text, text)
        if found not in rows:
            raise ValueError(f"no {name} {text!r}{meant(text, rows)}; data/reference/{file}.yaml lists them")
        return found

    return read


def meant(text: str, ids: Collection[str]) -> str:
    """A hint at ids that look like it, or nothing."""
    near = get_close_matches(text, ids, 3)
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def _authority(text: str, reference: Reference) -> Value:
    """A listed id, or the name of an authority that no list has; what looks like an id must be one."""
    if re.fullmatch(r"[a-z0-9-]+", text):
        return _listed("authority", "authorities")(text, reference)
    return text


def _date(text: str, _: Reference) -> Value:
    try:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
            raise ValueError
        date(*[int(part) for part in [*text.split("-"), "1", "1"][:3]])
    except ValueError:
        raise ValueError(f"{text!r} is no date; write 2025-12-04, 2025-12 or 2025, as exact as known") from None
    return text


def _amount(text: str, _: Reference) -> Value:
    try:
        found = float(text)
    except ValueError:
        found = 0.0
    if not 0 < found < inf:
        raise ValueError(f"{text!r} is no amount; write the figure alone, such as 530000000 or 1250.50")
    return found


def _currency(text: str, _: Reference) -> Value:
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise ValueError(f"{text!r} is no currency; write its code of ISO 4217, such as EUR")
    return text


FIELDS: Mapping[str, Callable[[str, Reference], Value]] = {
    "platform": _listed("platform", "platforms"),
    "action": _listed("action", "actions"),
    "status": _listed("status", "statuses"),
    "country": _listed("country", "countries"),
    "authority": _authority,
    "date": _date,
    "announced": _date,
    "ended": _date,
    "amount": _amount,
    "currency": _currency,
    "grounds": _listed("ground", "grounds"),
    "scope": _listed("scope", "scopes"),
}
"""The fields that a person may correct, each with what reads its values."""
