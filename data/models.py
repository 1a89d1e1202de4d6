"""The words of the house as types: Document, Evidence, Mention, Event, Source, Run, Change.

All are frozen. Dates are ISO 8601 at the precision that the text gives ("2025-12-04", "2025-12", "2025");
timestamps are UTC ("2025-12-04T08:00:00Z"); money is in units of its own currency (ISO 4217); countries are
ISO 3166-1 alpha-2, or "EU". What an event, an action and a status are follows docs/definition.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Action = Literal[
    "block", "throttle", "fine", "ban", "removal", "takedown", "order", "investigation", "lawsuit", "restore"
]
Status = Literal["threatened", "reported", "confirmed", "denied"]
DatePrecision = Literal["day", "month", "year"]
DateBasis = Literal["stated", "relative", "published"]
PublishedBasis = Literal["json-ld", "meta", "visible", "url", "feed", "given"]
ConflictReason = Literal["foreign", "unofficial", "relative", "outweighed", "tie", "correction"]
Partial = Literal["paywall", "consent"]
"""What stood in place of the article: an offer to subscribe, a question for consent."""
ChangeReason = Literal["document", "merge", "split", "correction", "rule"]

QUOTE_LIMIT = 300
"""Characters of publishers' text that one evidence quote may hold in public."""
PASSAGES = ("event", "context")
"""Evidence that is no words of one field: the sentence that tells the event, others that hold words of its fields."""


@dataclass(frozen=True, slots=True)
class Document:
    """One article or announcement, as published. `published` is a date or timestamp; None where nobody tells it.

    `country`: that of its source, where the source's file tells it; the archive keeps it with the source. `authors`:
    names, separated by "; ". `partial`: why `text` is not the article's own, but what an index told of it, if anything.
    """

    id: str
    title: str
    text: str
    published: str | None = None
    lang: str | None = None
    url: str | None = None
    source: str | None = None
    published_basis: PublishedBasis | None = None
    fetched: str | None = None
    country: str | None = None
    authors: str | None = None
    section: str | None = None
    partial: Partial | None = None

    @property
    def body(self) -> str:
        """What evidence offsets count in."""
        return f"{self.title}\n\n{self.text}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words behind one field: body[start:end] == quote, in characters."""

    field: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One event as one document tells it. Ids are those of data/reference; an unlisted authority is its words.

    `announced` is told besides `date` where the action took effect on another day.
    """

    platform: str
    action: Action
    status: Status
    date: str | None = None
    date_precision: DatePrecision | None = None
    date_basis: DateBasis | None = None
    country: str | None = None
    authority: str | None = None
    amount: float | None = None
    currency: str | None = None
    grounds: str | None = None
    scope: str | None = None
    announced: str | None = None
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CuratedRecord:
    """A document of a data set that people keep, and what they state of it.

    `country`, `authority` and `date` are those of whatever else its prose tells without naming others.
    """

    document: Document
    mentions: tuple[Mention, ...]
    country: str | None = None
    authority: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention with its address in the archive: `ordinal` counts the mentions of one document from 0.

    `event`: the one that it told at the last refresh; None where no refresh has seen it.
    """

    document_id: str
    ordinal: int
    mention: Mention
    event: str | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        return f"{self.document_id}#{self.ordinal}"

    @property
    def address(self) -> tuple[str, int]:
        """By which mentions are stored, and put in order."""
        return self.document_id, self.ordinal


class Link(NamedTuple):
    """What an event makes of an earlier one, by its id: the phase into which it brings it."""

    other: str
    phase: str


class Step(NamedTuple):
    """A step on the way of an action: the event that it is told by, the phase, and since when."""

    event: str
    phase: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value of an event's field that documents tell and that is not the event's, nor agrees with it; who tells it.

    `why` it is not: it is no authority of the country; an official source tells otherwise; it is reckoned from the day
    of publication and another is stated; fewer sources tell it, or less surely; none of these, and one had to be
    chosen; a person said so.
    """

    field: str
    value: str
    documents: int
    sources: int
    independent: int
    why: ConflictReason


@dataclass(frozen=True, slots=True)
class Event:
    """One action of one authority against one platform, from all mentions that tell it. `id` is stable for good.

    `independent` sources tell it in words of their own: the copies of one text count as the source that had it first.
    `corrected`: the fields that a person set, separated by spaces.
    `backing`: the keys of mentions with the fields of which they tell the event's value, more or less exactly.
    `follows`: the first of `links`; `timeline`: the steps of all events that it follows or that follow it.
    """

    id: str
    platform: str
    action: Action
    status: Status
    country: str | None
    authority: str | None
    date: str | None
    date_precision: DatePrecision | None
    date_basis: DateBasis | None
    amount: float | None
    currency: str | None
    grounds: str | None
    scope: str | None
    confidence: float
    summary: str
    sources: int
    independent: int
    documents: int
    mentions: tuple[StoredMention, ...]
    first_seen: str
    last_changed: str
    announced: str | None = None
    ended: str | None = None
    amount_eur: float | None = None
    follows: str | None = None
    phase: str | None = None
    links: tuple[Link, ...] = ()
    timeline: tuple[Step, ...] = ()
    reviewed: bool = False
    corrected: str | None = None
    conflicts: tuple[Conflict, ...] = ()
    backing: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes: a feed, a listing, or a label that imported documents carry. `official`: an authority's own."""

    id: str
    name: str
    kind: str
    official: bool = False
    country: str | None = None
    languages: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a page of an index was: its validating headers (a JSON object), a hash of its body, how many entries."""

    headers: str
    digest: str
    found: int


@dataclass(frozen=True, slots=True)
class SourceRun:
    """What one crawl got from one source. `outcome` is ok, unchanged, partial, empty or failed; `failure` its class.

    `strikes`: how much its latest failures weigh, 0 when it does well; `reliability`: share of runs that did well, the
    latest weighing most; `next_try`: until when the source is left alone, if it is.
    """

    source: str
    started: str
    finished: str
    outcome: str
    failure: str | None = None
    detail: str | None = None
    requests: int = 0
    found: int = 0
    new: int = 0
    strikes: float = 0.0
    reliability: float | None = None
    next_try: str | None = None

    @property
    def well(self) -> bool:
        """Whether the source did as it should, or at least in part."""
        return self.outcome in ("ok", "unchanged", "partial")


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source today. `since`: start of the run from which on it has done as it does now (well or not).

    `detail`: what the latest run says of it; `strikes`, `reliability`, `next_try` as that run has them.
    """

    source: str
    last_try: str
    last_success: str | None
    last_new: str | None
    outcome: str
    failure: str | None
    since: str
    detail: str | None = None
    strikes: float = 0.0
    reliability: float | None = None
    next_try: str | None = None

    def paused(self, moment: str) -> bool:
        """Whether it is left alone at `moment`."""
        return self.next_try is not None and moment < self.next_try


@dataclass(frozen=True, slots=True)
class Run:
    """One refresh: what it read, what came of it, and which versions did it. `failed` documents could not be read.

    `resolver`: the version of what joins reports; `state`: a mark, given once, of what the refresh left.
    """

    started: str
    finished: str
    documents: int
    tagged: int
    failed: int
    mentions: int
    events: int
    changes: int
    tagger: str
    version: str
    resolver: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one event that a refresh changed; `field` is "event" where the whole appeared or went."""

    event_id: str
    changed: str
    field: str
    old: str | None
    new: str | None
    why: ChangeReason
