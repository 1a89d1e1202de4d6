"""What people said of events: entries of a YAML file that they write by hand or by `splinterlog correct` and the like.

The file is a list. Each entry does one thing, named by its first key, and says why, by whom and when; a later entry
wins over an earlier one. docs/corrections.md tells how it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)

from data.corrected_values import FIELDS, Value, value_of

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


def _event(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", text):
        raise ValueError(f"{text!r} is no event's id, such as 2025-12-ru-facetime-block")
    return text


def _when(text: str) -> str:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", text):
            raise ValueError
        datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no time; write 2026-01-31 or, in UTC, 2026-01-31T18:30:00Z") from None
    return text


def _known_field(text: str) -> str:
    if text not in FIELDS:
        raise ValueError(f"{text!r} cannot be corrected; {', '.join(FIELDS)} can")
    return text


EventId = Annotated[Text, AfterValidator(_event)]
Listed = BeforeValidator(lambda given: [given] if isinstance(given, str) else given)


class Entry(BaseModel):
    """What every entry says. `when`: an ISO date or UTC timestamp; documents that came later may contradict it."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: ClassVar[str]
    why: Text
    by: Text
    when: Annotated[Text, AfterValidator(_when)]

    @property
    def events(self) -> tuple[str, ...]:
        """The events that it is about, as it names them."""
        named = getattr(self, self.kind)
        return named if isinstance(named, tuple) else (named,)

    @property
    def named(self) -> set[str]:
        """All ids in it."""
        return {*self.events, *([into] if (into := getattr(self, "into", None)) else [])}


class Correct(Entry):
    """A field of an event has this value, whatever documents are read to say."""

    kind = "correct"
    correct: EventId
    field: Annotated[Text, AfterValidator(_known_field)]
    value: Value

    @field_validator("value", mode="plain")
    @classmethod
    def _fits(cls, given: Any, info: ValidationInfo) -> Value:
        if not isinstance(given, str):
            raise ValueError("must be a single value; none says that there is none")
        if "field" not in info.data:  # which is told already
            return None
        assert info.context
        return value_of(info.data["field"], given, info.context["reference"])


class Merge(Entry):
    """These events and the one they go `into` are one."""

    kind = "merge"
    merge: Annotated[tuple[EventId, ...], Listed, Field(min_length=1)]
    into: EventId


class Split(Entry):
    """What these documents (ids or URLs) tell under this event is another one, `into`: a new id, or an event's."""

    kind = "split"
    split: EventId
    documents: Annotated[tuple[Text, ...], Listed, Field(min_length=1)]
    into: EventId


class Reject(Entry):
    """This is no event."""

    kind = "reject"
    reject: EventId


class Accept(Entry):
    """This event is real and told right; takes a rejection back, too."""

    kind = "accept"
    accept: EventId


KINDS: dict[str, type[Entry]] = {each.kind: each for each in (Correct, Merge, Split, Reject, Accept)}


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of an entry. `number`: its place in the file, from 1; `event`: the event that it means today.

    `unheard`: why it changes nothing; `old`: what the machine has for the field; `contradicted`: the first document
    that came later and tells otherwise.
    """

    number: int
    entry: Entry
    event: str
    unheard: str | None = None
    old: str | None = None
    contradicted: str | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """All entries, in the order of the file. `lines`: where each stands in it, from 1."""

    entries: tuple[Entry, ...] = ()
    lines: tuple[int, ...] = ()

    def located(self, ids: Callable[[str], Iterable[str]]) -> Corrections:
        """The same with ids for the documents that are named by URL; `ids` of the documents that a name means."""
        entries = (
            each.model_copy(update={"documents": tuple(dict.fromkeys(i for n in each.documents for i in (n, *ids(n))))})
            if isinstance(each, Split)
            else each
            for each in self.entries
        )
        return replace(self, entries=tuple(entries))

    @property
    def digest(self) -> str:
        """What tells one state of people's words from another."""
        return blake2b(repr(self.entries).encode(), digest_size=16).hexdigest()


NOTHING_SAID = Corrections()
