"""Mentions into events: what joins, which value wins, which id stays, and that order means nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.memory import Recollection
from data.models import Change, Event, Mention, StoredMention
from data.reference import load_reference
from nlp.resolve import Resolution, resolve
from nlp.resolving.amounts import same_amount
from nlp.resolving.cells import cells
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.spans import span

NOW = "2026-01-01T00:00:00Z"
LATER = "2026-01-02T00:00:00Z"
PLAIN = Mention("facetime", "block", "reported", date="2025-12-04", date_basis="stated", country="RU", confidence=0.6)
FINE = replace(PLAIN, platform="google", action="fine", currency="RUB", amount=3e6)
Facts = dict[str, DocumentFacts]


def told(*mentions: Mention) -> list[StoredMention]:
    """Each mention from a document of its own: d0, d1, …"""
    return [StoredMention(f"d{number}", 0, mention) for number, mention in enumerate(mentions)]


def run(
    mentions: Iterable[StoredMention], facts: Facts | None = None, past: Recollection | None = None, now: str = NOW
) -> Resolution:
    found = cells(mentions, reference := load_reference())
    return resolve(found, facts or {}, past or Recollection(), now=now, reference=reference)


def remembered(past: Recollection, new: Resolution) -> Recollection:
    """The memory after a refresh, as the archive keeps it."""
    return past.after(new.learned)


def groups(events: Iterable[Event]) -> set[frozenset[str]]:
    return {frozenset(each.key for each in event.mentions) for event in events}


def but(**values: Any) -> Mention:
    return replace(PLAIN, **values)


def fine(amount: float | None, currency: str | None = "RUB", **values: Any) -> Mention:
    return replace(FINE, amount=amount, currency=currency, **values)


JOINED = [
    pytest.param([PLAIN, but(date="2025-12-06")], 1, id="days within the window"),
    pytest.param([PLAIN, but(date="2025-12-20")], 2, id="days far apart"),
    pytest.param([PLAIN, but(date="2025-12-07"), but(date="2025-12-10")], 1, id="a run of days"),
    pytest.param([PLAIN, but(date="2025-12")], 1, id="a month and a day in it"),
    pytest.param([PLAIN, but(date="2025-11")], 2, id="a month and a day outside"),
    pytest.param([PLAIN, but(date="2025")], 1, id="a year and a day in it"),
    pytest.param([PLAIN, but(date="2025-12-20"), but(date="2025-12")], 3, id="a month that fits two"),
    pytest.param([PLAIN, but(date=None)], 1, id="undated beside one event"),
    pytest.param([PLAIN, but(date="2024-01-01"), but(date=None), but(date=None)], 3, id="undated that fit two"),
    pytest.param([but(date=None), but(date=None)], 1, id="undated only"),
    pytest.param([PLAIN, but(country="IN")], 2, id="other country"),
    pytest.param([PLAIN, but(country=None)], 1, id="no country, same date"),
    pytest.param([PLAIN, but(country=None, date=None)], 2, id="no country, no date"),
    pytest.param([but(country=None, date=None)] * 2, 2, id="neither country nor date, twice"),
    pytest.param([PLAIN, but(country="IN"), but(country=None)], 3, id="no country, two that fit"),
    pytest.param([PLAIN, but(platform="whatsapp")], 2, id="other platform"),
    pytest.param([PLAIN, but(action="investigation")], 2, id="other action"),
    pytest.param([PLAIN, but(action="throttle")], 1, id="an action that is told as the other"),
    pytest.param([PLAIN, but(status="threatened", date="2025-12-03")], 2, id="threat the day before"),
    pytest.param([PLAIN, but(status="threatened")], 1, id="threat of the same day"),
    pytest.param([PLAIN, but(date="2025-13-45")], 1, id="a date that is none counts as undated"),
    pytest.param([FINE, fine(3e6)], 1, id="one sum"),
    pytest.param([FINE, fine(4e6)], 2, id="two sums of one day"),
    pytest.param([fine(2.75e9), fine(2.8e9)], 1, id="a rounded sum"),
    pytest.param([FINE, fine(None)], 1, id="no sum beside one"),
    pytest.param([FINE, fine(4e6), fine(None)], 3, id="no sum beside two"),
    pytest.param([FINE, fine(38_000, "USD")], 1, id="a conversion"),
    pytest.param([FINE, fine(4e6), fine(38_000, "USD")], 2, id="a conversion of the one"),
    pytest.param([FINE, fine(4e6), fine(38_000, "XAG")], 3, id="a conversion that no rate tells"),
    pytest.param([fine(None), fine(3e6, date="2025-12"), fine(4e6, date="2025-12")], 3, id="two sums for one month"),
]  # fmt: skip


@pytest.mark.parametrize(("mentions", "events"), JOINED)
def test_what_joins(mentions: list[Mention], events: int) -> None:
    assert len(run(told(*mentions)).events) == events


def test_an_undated_mention_tells_nothing_later_than_its_document() -> None:
    facts = {"d1": DocumentFacts(published="2020-05-01")}
    assert len(run(told(PLAIN, but(date=None)), facts).events) == 2


SUMMARIES = [
    (but(authority="rkn", status="confirmed"), "Russia: Roskomnadzor blocked FaceTime (2025-12-04, confirmed)"),
    (but(country=None, date=None), "FaceTime was blocked (undated, reported)"),
    (but(status="threatened"), "Russia: FaceTime was threatened with a block (2025-12-04, threatened)"),
    (fine(3e6, authority="A court"), "Russia: A court fined Google 3,000,000 RUB (2025-12-04, reported)"),
    (fine(None, None, status="denied"), "Russia: fining Google was denied (2025-12-04, denied)"),
]  # fmt: skip


@pytest.mark.parametrize(("mention", "line"), SUMMARIES)
def test_summary(mention: Mention, line: str) -> None:
    (event,) = run(told(mention)).events
    assert event.summary == line


IDS = [
    ([PLAIN], ["2025-12-ru-facetime-block"]),
    ([but(date="2025")], ["2025-ru-facetime-block"]),
    ([but(date=None, country=None)], ["undated-xx-facetime-block"]),
    ([PLAIN, but(date="2025-12-20")], ["2025-12-ru-facetime-block", "2025-12-ru-facetime-block-2"]),
]


@pytest.mark.parametrize(("mentions", "ids"), IDS)
def test_ids_are_readable(mentions: list[Mention], ids: list[str]) -> None:
    assert [event.id for event in run(told(*mentions)).events] == ids


def story(*refreshes: tuple[Sequence[StoredMention], Facts]) -> list[tuple[Resolution, Recollection]]:
    """Refreshes one after the other, each at its own time, with the memory after each."""
    past, results = Recollection(), []
    for number, (mentions, facts) in enumerate(refreshes):
        result = run(mentions, facts, past, now=f"2026-01-0{number + 1}T00:00:00Z")
        past = remembered(past, result)
        results.append((result, past))
    return results


NEWS = {f"d{number}": DocumentFacts(source=f"s{number}", fresh=True) for number in range(5)}
OLDS = {document: replace(facts, fresh=False) for document, facts in NEWS.items()}


def test_an_event_keeps_its_id_and_first_seen_whatever_comes_later() -> None:
    first = told(but(date="2025-12", date_basis="published"))
    earlier = told(*[each.mention for each in first], but(date="2025-11-30"), but(date="2025-12-02"))
    (one, _), (two, _) = story((first, NEWS), ([earlier[0], replace(earlier[2], document_id="d1")], NEWS))
    assert [event.id for event in two.events] == [event.id for event in one.events] == ["2025-12-ru-facetime-block"]
    assert two.events[0].first_seen == NOW and two.events[0].last_changed == LATER
    assert {(c.field, c.old, c.new, c.why) for c in two.changes} == {
        ("date", "2025-12", "2025-12-02", "document"),
        ("date_precision", "month", "day", "document"),
        ("date_basis", "published", "stated", "document"),
        ("confidence", "0.6", "0.84", "document"),
        ("sources", "1", "2", "document"),
        ("independent", "1", "2", "document"),
        ("documents", "1", "2", "document"),
    }


def test_a_new_reading_of_known_words_is_no_news() -> None:
    mentions = told(PLAIN, but(platform="whatsapp"))
    # another tagger finds another mention first, so that ordinals move, and reads the date otherwise
    again = [replace(mentions[0], ordinal=1, mention=but(date="2025-12-05")), *mentions[1:]]
    (_, _), (two, _) = story((mentions, NEWS), (again, OLDS))
    assert [event.id for event in two.events] == ["2025-12-ru-facetime-block", "2025-12-ru-whatsapp-block"]
    assert [(c.field, c.new, c.why) for c in two.changes] == [("date", "2025-12-05", "rule")]


def test_a_merge_leaves_a_redirect_and_the_larger_part_its_id() -> None:
    apart = told(PLAIN, but(date="2025-12-05"), but(date="2025-12-11"))
    bridge = told(*[each.mention for each in apart], but(date="2025-12-08"))
    (_, _), (two, past), (three, _) = story((apart, NEWS), (bridge, NEWS), (bridge, OLDS))
    assert [event.id for event in two.events] == ["2025-12-ru-facetime-block"]
    assert past.redirects == {"2025-12-ru-facetime-block-2": "2025-12-ru-facetime-block"}
    assert {(c.event_id, c.why) for c in two.changes} == {
        ("2025-12-ru-facetime-block", "merge"), ("2025-12-ru-facetime-block-2", "merge")
    }  # fmt: skip
    assert two.changes[-1].new == "2025-12-ru-facetime-block"
    assert three.changes == ()


def test_a_split_leaves_the_id_with_the_larger_part() -> None:
    together = told(PLAIN, but(date="2025-12-05"), but(date="2025-12-08"), but(date="2025-12-11"))
    (_, _), (two, _) = story((together, NEWS), ([each for each in together if each.document_id != "d2"], OLDS))
    assert {event.id: event.documents for event in two.events} == {
        "2025-12-ru-facetime-block": 2, "2025-12-ru-facetime-block-2": 1
    }  # fmt: skip
    assert {change.why for change in two.changes} == {"split"}


def test_an_event_that_goes_is_told_and_comes_back_under_its_id() -> None:
    one, other = told(PLAIN, but(date="2024-03-01"))
    (_, _), (two, past), (three, _) = story(([one, other], NEWS), ([other], OLDS), ([one, other], OLDS))
    gone = Change("2025-12-ru-facetime-block", LATER, "event", two.changes[0].old, None, "rule")
    assert two.changes == (gone,) and gone.old and past.events[gone.event_id].gone
    assert three.events[1].id == gone.event_id and three.events[1].first_seen == NOW
    assert [(c.field, c.old, c.new) for c in three.changes] == [("event", None, gone.old)]


def test_an_id_once_given_is_given_to_no_other() -> None:
    new = [StoredMention("d9", 0, PLAIN)]
    (_, _), (_, _), (three, _) = story((told(PLAIN), NEWS), ([], NEWS), (new, NEWS))
    assert [event.id for event in three.events] == ["2025-12-ru-facetime-block-2"]


DATES = ["2025-12-01", "2025-12-03", "2025-12-06", "2025-12-20", "2026-01-02", "2025-12", "2026-01", "2025", None]
MENTIONS = st.builds(
    Mention,
    platform=st.sampled_from(["google", "x"]),
    action=st.sampled_from(["fine", "block"]),
    status=st.sampled_from(["threatened", "reported", "confirmed", "denied"]),
    date=st.sampled_from(DATES),
    date_basis=st.sampled_from(["stated", "relative", "published"]),
    country=st.sampled_from(["RU", "FR", None]),
    authority=st.sampled_from(["rkn", "cnil-fr", None]),
    amount=st.sampled_from([None, 1e6, 2e6, 2.02e6, 5e6]),
    currency=st.sampled_from(["RUB", "EUR"]),
    confidence=st.sampled_from([0.3, 0.7, 0.9]),
)
STORED = st.lists(st.tuples(st.integers(0, 8), MENTIONS), max_size=25).map(
    lambda pairs: [StoredMention(f"d{document}", ordinal, each) for ordinal, (document, each) in enumerate(pairs)]
)
FACTS = {
    f"d{number}": DocumentFacts(published, f"s{number % 4}", number == 3, number % 2 == 0)
    for number, published in enumerate(["2025-12-02", "2025-12-25", "2026-02-01", None, "2024-01-01", "2026-01-03"])
}


@given(st.data(), STORED)
@settings(max_examples=150)
def test_the_order_of_arrival_means_nothing(data: st.DataObject, mentions: list[StoredMention]) -> None:
    assert run(data.draw(st.permutations(mentions)), FACTS) == run(mentions, FACTS)


@given(STORED, st.lists(st.integers(0, 25), max_size=3))
@settings(max_examples=150)
def test_nightly_batches_give_the_events_of_one_run_and_a_second_run_changes_nothing(
    mentions: list[StoredMention], nights: list[int]
) -> None:
    past = Recollection()
    for night in [*sorted(nights), len(mentions)]:
        last = run(mentions[:night], FACTS, past)
        past = remembered(past, last)
    assert groups(last.events) == groups(run(mentions, FACTS).events)
    again = run(mentions, FACTS, past, now=LATER)
    assert again.events == last.events
    assert again.changes == () and again.learned == Recollection()


@given(STORED)
@settings(max_examples=150)
def test_what_never_joins(mentions: list[StoredMention]) -> None:
    events = run(mentions, FACTS).events
    assert len({event.id for event in events}) == len(events)
    for event in events:
        parts = [each.mention for each in event.mentions]
        assert len({(each.platform, each.action) for each in parts}) == 1
        assert len({each.country for each in parts if each.country}) <= 1
        for currency in {each.currency for each in parts}:
            sums = [each.amount for each in parts if each.currency == currency and each.amount is not None]
            assert all(same_amount(min(sums), amount) for amount in sums)


@given(STORED)
@settings(max_examples=100)
def test_no_mention_is_lost_or_told_twice(mentions: list[StoredMention]) -> None:
    found = [each.key for event in run(mentions, FACTS).events for each in event.mentions]
    assert sorted(found) == sorted(each.key for each in mentions)


SPANS = [
    ("2025-12-04", 1), ("2025-12", 31), ("2024-02", 29), ("2025", 365), ("2024", 366),
    ("", None), (None, None), ("2025-13", None), ("2025-02-30", None), ("2025-12-04-01", None), ("soon", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), SPANS)
def test_days_of_a_date(text: str | None, days: int | None) -> None:
    found = span(text)
    assert (found.last - found.first + 1 if found else None) == days


@pytest.mark.parametrize(("announced", "kept"), [("2025-12-01", "2025-12-01"), ("2025-12-04", None), (None, None)])
def test_the_announcement_is_kept_where_it_is_of_another_day(announced: str | None, kept: str | None) -> None:
    (event,) = run(told(PLAIN, but(announced=announced))).events
    assert (event.date, event.announced) == ("2025-12-04", kept)
