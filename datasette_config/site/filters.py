"""Which events are meant: the filters of a page's or an API call's address, checked, as SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from data.events_sums import FIELDS

DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?Z)?")
SHARE = re.compile(r"0?\.[0-9]{1,3}|0|1(\.0{1,3})?")
WORDS = 200
"""The longest search, in characters."""
VALUES = 50
"""The most ids of one filter."""


MATCHED = "SELECT rowid FROM events_fts WHERE events_fts MATCH :words"
"""The rows of the events that have the words."""
BY_WORDS, BY_OTHERS = f"e.rowid IN ({MATCHED})", f"+e.rowid IN ({MATCHED})"
BY_EACH = f"EXISTS ({MATCHED} AND rowid = e.rowid)"
"""Three ways to the same events: from the words to the events; from something else to events, each looked up among all
that have the words (to SQLite a plus says not to use an index: https://www.sqlite.org/optoverview.html); and likewise,
but each is asked for the words by itself."""


class BadFilterError(ValueError):
    """A filter that cannot be meant: names it, and what it takes."""


@dataclass(frozen=True)
class Filters:
    """What is asked for; an empty one asks for all events.

    `ids` by the filters of FIELDS, several with commas or told twice; `first` and `last` are days, months or years of
    the event's date, both included; `confidence` is the least that the reading must have, 0 to 1, unless a person has
    checked it; `since` is a UTC time: something in the event changed after it; `words` are looked
    for in summaries, quotes and titles.
    """

    ids: Mapping[str, tuple[str, ...]]
    first: str | None = None
    last: str | None = None
    confidence: str | None = None
    since: str | None = None
    words: str | None = None

    @property
    def empty(self) -> bool:
        """Whether it asks for all events."""
        return not (self.ids or self.words or self._narrowed)

    @property
    def single(self) -> tuple[str, str] | None:
        """The one filter and its one id, if there is nothing else."""
        told = [(name, id_) for name, ids in self.ids.items() for id_ in ids]
        return told[0] if len(told) == 1 and not (self.words or self._narrowed) else None

    @property
    def searched(self) -> bool:
        """Whether words are all that is asked for."""
        return bool(self.words) and not (self.ids or self._narrowed)

    @property
    def _narrowed(self) -> bool:
        return bool(self.first or self.last or self.confidence or self.since)

    def where(self, matched: str = BY_WORDS) -> tuple[str, dict[str, Any]]:
        """A condition on `e`, a row of events, and its parameters; `matched` is that on those with the words."""
        clauses: list[str] = []
        params: dict[str, Any] = {}
        for name, ids in self.ids.items():
            marks = [f"{name}_{number}" for number in range(len(ids))]
            clauses.append(f"e.{FIELDS[name]} IN ({', '.join(f':{mark}' for mark in marks)})")
            params |= dict(zip(marks, ids, strict=True))
        told: Iterable[tuple[str, str, str | float | None]] = (
            ("e.date >= :first", "first", self.first),
            # "~" comes after every digit, so that a month holds its days
            ("e.date <= :last", "last", self.last and f"{self.last}~"),
            ("(e.confidence >= :least OR e.reviewed)", "least", self.confidence and float(self.confidence)),
            ("e.last_changed > :since", "since", self.since),
            (matched, "words", _match(self.words)),
        )
        for clause, name, value in told:
            if value:
                clauses.append(clause)
                params[name] = value
        return " AND ".join(clauses) or "true", params

    def query(self, **changes: Any) -> str:
        """The query of an address that asks for the same, with some filters (None: without them) changed."""
        told: dict[str, Any] = {name: ",".join(ids) for name, ids in self.ids.items()}
        told |= {"from": self.first, "to": self.last, "confidence": self.confidence, "since": self.since}
        told |= {"q": self.words} | changes
        return urlencode({name: value for name, value in told.items() if value})


def read_filters(args: Any) -> Filters:
    """The filters of a request's arguments. BadFilterError where a value cannot be meant."""
    ids = {name: _ids(name, args.getlist(name)) for name in FIELDS}
    words = (args.get("q") or "").replace("\0", "").strip() or None
    if words and len(words) > WORDS:
        raise BadFilterError(f"q: at most {WORDS} characters")
    return Filters(
        {name: told for name, told in ids.items() if told},
        first=_checked("from", args.get("from"), DATE, "a day, month or year, such as 2025-12-04, 2025-12 or 2025"),
        last=_checked("to", args.get("to"), DATE, "a day, month or year, such as 2025-12-04, 2025-12 or 2025"),
        confidence=_checked("confidence", args.get("confidence"), SHARE, "a share from 0 to 1, such as 0.9"),
        since=read_since(args),
        words=words,
    )


def read_since(args: Any) -> str | None:
    """The time after which changes are asked for. BadFilterError where it is none."""
    return _checked("since", args.get("since"), TIME, "a UTC day or time, such as 2025-12-04T03:00:00Z")


def _ids(name: str, values: Iterable[str]) -> tuple[str, ...]:
    told = [id_.strip() for value in values for id_ in value.split(",")]
    if len(told) > VALUES:
        raise BadFilterError(f"{name}: at most {VALUES} ids")
    return tuple(dict.fromkeys(_in_case(name, id_) for id_ in told if id_))


def _in_case(name: str, id_: str) -> str:
    return id_.upper() if name == "country" else id_ if name == "authority" else id_.lower()


def _checked(name: str, value: str | None, form: re.Pattern[str], wanted: str) -> str | None:
    if value and not form.fullmatch(value):
        raise BadFilterError(f"{name}: must be {wanted}")
    return value or None


def _match(words: str | None) -> str | None:
    """Words as full text takes them, each in quotes, so that no sign of theirs is an operator."""
    return " ".join(f'"{word}"' for word in re.findall(r"[^\W_]+", words)) or '""' if words else None
