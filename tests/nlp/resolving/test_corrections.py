"""A person's word: it wins, lasts, is told as such, and a later document that says otherwise is seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.corrections import KINDS, Corrections, Entry, Ruling
from data.memory import Recollection
from data.models import Event, Mention, StoredMention
from data.reference import load_reference
from nlp.resolve import Resolution, resolve
from nlp.resolving.cells import cells
from nlp.resolving.facts import DocumentFacts

REFERENCE = load_reference()
BLOCK = Mention("facetime", "block", "reported", date="2025-12-04", date_basis="stated", country="RU", confidence=0.6)
FINE = replace(BLOCK, platform="google", action="fine", amount=3e6, currency="RUB", authority="rkn", status="confirmed")
TOLD = [
    StoredMention("d0", 0, BLOCK),
    StoredMention("d1", 0, replace(BLOCK, date="2025-12-05")),
    StoredMention("d2", 0, FINE),
    StoredMention("d3", 0, replace(BLOCK, platform="x", country="FR", action="ban")),
    StoredMention("d4", 0, replace(BLOCK, platform="signal")),
]
IDS = BLOCKED, FINED, BANNED, CUT = (
    *("2025-12-ru-facetime-block", "2025-12-ru-google-fine", "2025-12-fr-x-ban", "2025-12-ru-signal-block"),
)
PART = f"{BLOCKED}-part2"
SAID_ON = "2026-01-10"


def said(when: str = SAID_ON, **values: Any) -> Entry:
    """An entry as the file has it."""
    kind = next(each for each in KINDS if each in values)
    entry = values | {"why": "Seen.", "by": "A. Editor", "when": when}
    return KINDS[kind].model_validate(entry, context={"reference": REFERENCE})


def corrections(*entries: Entry) -> Corrections:
    return Corrections(entries, tuple(range(1, len(entries) + 1)))


class Book:
    """Refreshes one after the other, with the memory that the archive keeps."""

    def __init__(self) -> None:
        self.past = Recollection()
        self.nights = 0

    def refresh(
        self, mentions: Iterable[StoredMention], *entries: Entry, facts: dict[str, DocumentFacts] | None = None
    ) -> Resolution:
        self.nights += 1
        now = f"2026-01-{self.nights:02}T00:00:00Z"
        said = corrections(*entries)
        told = cells(mentions, REFERENCE)
        new = resolve(told, facts or {}, self.past, now=now, reference=REFERENCE, corrections=said)
        self.past = self.past.after(new.learned)
        return new


@pytest.fixture
def book() -> Book:
    """A book that has seen the mentions once, without any word of people."""
    made = Book()
    made.refresh(TOLD)
    return made


def of(result: Resolution, id: str) -> Event:
    return next(event for event in result.events if event.id == id)


def ids(result: Resolution) -> set[str]:
    return {event.id for event in result.events}


VALUES = [
    ("platform", "skype", "skype"), ("action", "throttle", "throttle"), ("status", "denied", "denied"),
    ("country", "NO", "NO"), ("country", "none", None), ("authority", "rkn", "rkn"),
    ("authority", "Harbour Court", "Harbour Court"), ("date", "2024-11", "2024-11"), ("date", "none", None),
    ("announced", "2025-12-01", "2025-12-01"), ("ended", "2026-01-01", "2026-01-01"), ("amount", "1250.50", 1250.5),
    ("currency", "EUR", "EUR"), ("grounds", "extremism", "extremism"), ("scope", "calls", "calls"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "text", "value"), VALUES)
def test_a_corrected_field_wins_and_the_id_stays(book: Book, field: str, text: str, value: Any) -> None:
    result = book.refresh(TOLD, said(correct=BLOCKED, field=field, value=text))
    event = of(result, BLOCKED)
    assert (getattr(event, field), event.corrected, event.reviewed) == (value, field, True)
    assert ids(result) == set(IDS)
    mine = {change.field for change in result.changes if change.event_id == BLOCKED and change.why == "correction"}
    assert {"reviewed"} <= mine and len(mine) == len(result.changes)
    assert (field in mine) is (value is not None or field in ("country", "date"))
    (ruling,) = result.rulings
    assert (ruling.event, ruling.old, ruling.unheard) == (BLOCKED, book_value(field), None)


def book_value(field: str) -> str | None:
    """What the machine has for a field of BLOCKED."""
    (plain,) = [event for event in Book().refresh(TOLD).events if event.id == BLOCKED]
    value = getattr(plain, field)
    return None if value is None else str(value)


def test_a_corrected_date_brings_its_precision_and_summary(book: Book) -> None:
    event = of(book.refresh(TOLD, said(correct=BLOCKED, field="date", value="2024-11")), BLOCKED)
    assert (event.date_precision, event.date_basis) == ("month", None)
    assert "(2024-11, reported)" in event.summary


def test_a_merge_joins_across_countries_and_leads_there(book: Book) -> None:
    merge = said(merge=[BANNED, FINED], into=BLOCKED)
    result = book.refresh(TOLD, merge)
    assert ids(result) == {BLOCKED, CUT}
    assert of(result, BLOCKED).documents == 4
    assert {(c.event_id, c.new) for c in result.changes if c.field == "event"} == {(BANNED, BLOCKED), (FINED, BLOCKED)}
    assert {change.why for change in result.changes} == {"correction"}
    assert {id: book.past.address(id) for id in IDS} == {id: CUT if id == CUT else BLOCKED for id in IDS}


def test_a_split_makes_an_event_that_stays(book: Book) -> None:
    split = said(split=BLOCKED, documents="d1", into=PART)
    result = book.refresh(TOLD, split)
    assert {id: of(result, id).documents for id in (BLOCKED, PART)} == {BLOCKED: 1, PART: 1}
    assert of(result, PART).date == "2025-12-05" and of(result, PART).reviewed
    assert {change.why for change in result.changes} == {"correction"}
    back = book.refresh(TOLD)
    assert ids(back) == set(IDS)
    assert [(c.event_id, c.new, c.why) for c in back.changes if c.field == "event"] == [(PART, BLOCKED, "correction")]
    assert book.past.address(PART) == BLOCKED


def test_a_split_may_move_documents_to_another_event(book: Book) -> None:
    result = book.refresh(TOLD, said(split=BLOCKED, documents=["d1"], into=CUT))
    assert {id: of(result, id).documents for id in (BLOCKED, CUT)} == {BLOCKED: 1, CUT: 2}


def test_a_rejected_event_stays_away_and_comes_back_under_its_id(book: Book) -> None:
    reject = said(reject=BANNED)
    result = book.refresh(TOLD, reject)
    assert ids(result) == set(IDS) - {BANNED}
    assert [(c.event_id, c.new, c.why) for c in result.changes] == [(BANNED, None, "correction")]
    news = [*TOLD, StoredMention("d9", 0, replace(TOLD[3].mention, date="2025-12-05"))]
    facts = {"d9": DocumentFacts(fresh=True, came="2026-01-11T00:00:00Z")}
    again = book.refresh(news, reject, facts=facts)
    assert ids(again) == set(IDS) - {BANNED} and again.changes == ()
    assert again.rulings[0].contradicted == "d9"
    back = book.refresh(news, reject, said("2026-01-12", accept=BANNED), facts=facts)
    assert of(back, BANNED).documents == 2
    assert {(c.event_id, c.why) for c in back.changes} == {(BANNED, "correction")}


def test_a_word_that_is_taken_back_leaves_what_the_machine_has(book: Book) -> None:
    before = book.refresh(TOLD)
    words = [
        said(correct=FINED, field="amount", value="5"),
        said(merge=[CUT], into=BLOCKED),
        said(split=BLOCKED, documents=["d1"], into=PART),
        said(reject=BANNED),
    ]
    book.refresh(TOLD, *words)
    after = book.refresh(TOLD)
    assert {c.why for c in after.changes} == {"correction"}
    plain = [replace(event, last_changed="", mentions=()) for event in after.events]
    assert plain == [replace(event, last_changed="", mentions=()) for event in before.events]


LATER_WINS: list[tuple[list[Entry], dict[str, Any]]] = [
    ([said(correct=FINED, field="amount", value="5"), said(correct=FINED, field="amount", value="6")], {"amount": 6.0}),
    ([said(reject=FINED), said(accept=FINED)], {"reviewed": True}),
    ([said(merge=CUT, into=FINED), said(split=FINED, documents=["d4"], into=CUT)], {"documents": 1}),
    ([said(merge=FINED, into=CUT), said(merge=CUT, into=FINED), said(split=CUT, documents="d2", into=FINED)],
     {"documents": 1}),
    ([said(reject=CUT), said(merge=CUT, into=FINED)], {"documents": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("entries", "facts"), LATER_WINS)
def test_a_later_entry_wins(book: Book, entries: list[Entry], facts: dict[str, Any]) -> None:
    event = of(book.refresh(TOLD, *entries), FINED)
    assert {name: getattr(event, name) for name in facts} == facts


def test_a_correction_of_a_merged_event_is_one_of_what_it_went_into(book: Book) -> None:
    result = book.refresh(TOLD, said(correct=CUT, field="scope", value="calls"), said(merge=CUT, into=BLOCKED))
    assert of(result, BLOCKED).scope == "calls"


def test_the_machine_may_read_and_join_otherwise(book: Book) -> None:
    words = [said(correct=BLOCKED, field="date", value="2025-12-03"), said(reject=BANNED)]
    book.refresh(TOLD, *words)
    anew = [replace(each, ordinal=3, mention=replace(each.mention, date="2025-12-06", authority="fsb-ru"))
            for each in TOLD]  # fmt: skip
    result = book.refresh(anew, *words)
    assert ids(result) == set(IDS) - {BANNED}
    assert (of(result, BLOCKED).date, of(result, CUT).date) == ("2025-12-03", "2025-12-06")


@pytest.mark.parametrize("word", [said(accept=FINED), said(correct=FINED, field="grounds", value="extremism")])
def test_what_a_person_vouches_for_stays_though_no_document_is_read_to_tell_it(book: Book, word: Entry) -> None:
    known = of(book.refresh(TOLD, word), FINED)
    without = [each for each in TOLD if each.mention.action != "fine"]
    result = book.refresh(without, word)
    event = of(result, FINED)
    assert [(c.field, c.new, c.why) for c in result.changes] == [("confidence", "0", "rule")]
    unsaid: dict[str, Any] = {"mentions": (), "backing": frozenset(), "last_changed": ""}
    assert replace(event, confidence=known.confidence, **unsaid) == replace(known, **unsaid)
    assert [each.document_id for each in event.mentions] == ["d2"]
    again = book.refresh(without, word)
    assert (again.events, again.changes, again.learned) == (result.events, (), Recollection())
    assert of(book.refresh(TOLD, word), FINED).confidence == known.confidence
    book.refresh(without, word)
    for words in ([], [word, said(reject=FINED)]):
        assert FINED in ids(book.refresh(without, word))
        gone = book.refresh(without, *words)
        assert ids(gone) == set(IDS) - {FINED}
        assert {(c.event_id, c.new, c.why) for c in gone.changes} == {(FINED, None, "correction")}


def test_a_fresh_archive_elsewhere_obeys_the_same_words(book: Book) -> None:
    words = [
        said(merge=CUT, into=BLOCKED),
        said(split=BLOCKED, documents=["d1"], into=PART),
        said(reject=BANNED),
        said(correct=FINED, field="country", value="NO"),
    ]
    here, there = book.refresh(TOLD, *words), Book().refresh(TOLD, *words)
    timeless = [[replace(e, first_seen="", last_changed="") for e in result.events] for result in (here, there)]
    assert timeless[0] == timeless[1]


def test_what_an_entry_names_and_nobody_knows_is_told(book: Book) -> None:
    result = book.refresh(
        TOLD,
        said(reject="2025-12-ru-tiktok-ban"),
        said(merge=[CUT], into="2025-12-ru-tiktok-ban"),
        said(split=BLOCKED, documents=["d3"], into=PART),
        said(accept=CUT),
    )
    assert [ruling.unheard for ruling in result.rulings] == [
        "there is no event 2025-12-ru-tiktok-ban here",
        "there is no event 2025-12-ru-tiktok-ban here",
        f"none of these documents tells of {BLOCKED}",
        None,
    ]
    assert ids(result) == set(IDS)


def after(mention: Mention, came: str, *entries: Entry) -> Sequence[Ruling]:
    """What becomes of entries where a document comes at this time and tells this."""
    facts = {"d9": DocumentFacts(came=came)}
    return Book().refresh([*TOLD, StoredMention("d9", 0, mention)], *entries, facts=facts).rulings


AMOUNT = said(correct=FINED, field="amount", value="4000000")
DATE = said(correct=BLOCKED, field="date", value="2025-12-04")
LATE = "2026-01-11T09:00:00Z"
AGAINST = [
    pytest.param(DATE, replace(BLOCK, date="2025-12-06"), LATE, True, id="another day"),
    pytest.param(DATE, replace(BLOCK, date="2025-12-06"), "2026-01-10T23:00:00Z", False, id="on the same day"),
    pytest.param(DATE, replace(BLOCK, date="2025-12-06"), "2025-12-06", False, id="known before"),
    pytest.param(DATE, replace(BLOCK, date="2025-12-06", date_basis="published"), LATE, False, id="day of publication"),
    pytest.param(DATE, replace(BLOCK, date="2025-12"), LATE, False, id="less exact"),
    pytest.param(AMOUNT, replace(FINE, amount=3e6), LATE, True, id="another sum"),
    pytest.param(AMOUNT, replace(FINE, amount=None, currency=None), LATE, False, id="no sum"),
    pytest.param(AMOUNT, replace(FINE, amount=4.04e4, currency="USD"), LATE, False, id="another currency"),
    pytest.param(said(correct=BLOCKED, field="authority", value="none"), replace(BLOCK, authority="rkn"), LATE, True,
                 id="somebody where there was nobody"),
    pytest.param(said(correct=BLOCKED, field="status", value="reported"), replace(BLOCK, status="confirmed"), LATE,
                 True, id="surer"),
    pytest.param(said(correct=BLOCKED, field="status", value="confirmed"), BLOCK, LATE, False, id="less sure"),
    pytest.param(said(accept=FINED), replace(FINE, authority="fas-ru"), LATE, True, id="an accepted event"),
    pytest.param(said(accept=FINED), FINE, LATE, False, id="an accepted event, told as it is"),
    pytest.param(said(reject=FINED), FINE, LATE, True, id="a rejected event"),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "mention", "came", "contradicted"), AGAINST)
def test_a_later_document_contradicts(entry: Entry, mention: Mention, came: str, contradicted: bool) -> None:
    (ruling,) = after(mention, came, entry)
    assert ruling.contradicted == ("d9" if contradicted else None)


@pytest.mark.parametrize("last", [said("2026-01-12", accept=BLOCKED), DATE.model_copy(update={"when": "2026-01-12"})])
def test_a_later_word_settles_it(last: Entry) -> None:
    assert [each.contradicted for each in after(replace(BLOCK, date="2025-12-06"), LATE, DATE, last)] == [None, None]


WORDS = st.one_of(
    st.builds(lambda e, f: said(correct=e, field=f[0], value=f[1]), st.sampled_from([*IDS, PART]),
              st.sampled_from([value[:2] for value in VALUES])),
    st.builds(lambda e, i: said(merge=e, into=i), st.lists(st.sampled_from(IDS), min_size=1), st.sampled_from(IDS)),
    st.builds(lambda e, d, i: said(split=e, documents=d, into=i), st.sampled_from(IDS),
              st.lists(st.sampled_from(["d0", "d1", "d2", "d3", "d4"]), min_size=1), st.sampled_from([*IDS, PART])),
    st.builds(lambda e: said(reject=e), st.sampled_from([*IDS, PART])),
    st.builds(lambda e: said(accept=e), st.sampled_from([*IDS, PART])),
)  # fmt: skip


@given(st.lists(WORDS, max_size=8))
@settings(max_examples=150)
def test_words_obeyed_again_change_nothing_and_words_taken_back_leave_nothing(words: list[Entry]) -> None:
    book = Book()
    plain = book.refresh(TOLD)
    first = book.refresh(TOLD, *words)
    told = [each.key for event in first.events for each in event.mentions]
    assert len(told) == len(set(told))
    again = book.refresh(TOLD, *words)
    assert (again.events, again.changes, again.learned) == (first.events, (), Recollection())
    back = book.refresh(TOLD)
    assert [replace(e, last_changed="") for e in back.events] == [replace(e, last_changed="") for e in plain.events]
    assert {change.why for change in [*first.changes, *back.changes]} <= {"correction"}


def about(entry: Entry) -> set[str]:
    return {*entry.events, getattr(entry, "into", entry.events[0])}


@given(st.data(), st.lists(WORDS, max_size=6))
@settings(max_examples=100)
def test_the_order_of_unrelated_words_means_nothing(data: st.DataObject, words: list[Entry]) -> None:
    groups: list[list[Entry]] = []
    for word in words:
        kin = [group for group in groups if any(about(word) & about(each) for each in group)]
        groups = [group for group in groups if group not in kin] + [[each for group in kin for each in group] + [word]]
    shuffled = [word for group in data.draw(st.permutations(groups)) for word in group]
    one, other = Book().refresh(TOLD, *words), Book().refresh(TOLD, *shuffled)
    assert one.events == other.events
