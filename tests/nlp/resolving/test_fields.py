"""Which of the values that documents tell becomes the event's, what backs it, and what stays as a conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.models import Event, Mention, StoredMention
from data.reference import load_reference
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.truth import Truth

PLAIN = Mention("facetime", "block", "reported", date="2025-12-04", date_basis="stated", country="RU", confidence=0.6)
FINE = replace(PLAIN, platform="google", action="fine", country="US", amount=5e6, currency="USD")
Facts = Mapping[str, DocumentFacts]


def but(**values: Any) -> Mention:
    return replace(PLAIN, **values)


def fine(amount: float | None, currency: str | None = "USD", **values: Any) -> Mention:
    return replace(FINE, amount=amount, currency=currency, **values)


def told(mentions: Sequence[Mention]) -> list[StoredMention]:
    """Each mention from a document of its own: d0, d1, …"""
    return [StoredMention(f"d{number}", 0, mention) for number, mention in enumerate(mentions)]


def event_of(mentions: Sequence[StoredMention], facts: Facts | None = None) -> Event:
    """The event that these tell, with its dissent; each document of a source of its own, if no fact says otherwise."""
    own = {each.document_id: DocumentFacts(source=each.document_id) for each in mentions}
    truth = Truth({**own, **(facts or {})}, load_reference())
    return truth.with_dissent(truth.event(mentions))


def official(*documents: str) -> Facts:
    return {each: DocumentFacts(source="rkn", official=True) for each in documents}


ONE_SOURCE = {f"d{number}": DocumentFacts(source="wire") for number in range(4)}
PUBLISHED, RELATIVE, FIFTH = but(date_basis="published"), but(date_basis="relative"), but(date="2025-12-05")
RKN, FSB = but(authority="rkn"), but(authority="fsb")
TWO = "outweighed"
CASES = [
    # date
    pytest.param([PUBLISHED, FIFTH], {}, "date", "2025-12-05", {}, id="stated beats published"),
    pytest.param([RELATIVE, FIFTH], {}, "date", "2025-12-05", {"2025-12-04": "relative"}, id="stated beats relative"),
    pytest.param([PUBLISHED, replace(RELATIVE, date="2025-12-05")], {}, "date", "2025-12-05", {}, id="relative, too"),
    pytest.param([RELATIVE, FIFTH], official("d0"), "date", "2025-12-04", {"2025-12-05": "unofficial"}, id="official"),
    pytest.param([FIFTH, FIFTH, PLAIN], {}, "date", "2025-12-05", {"2025-12-04": TWO}, id="two sources beat one"),
    pytest.param([FIFTH, FIFTH, PLAIN], ONE_SOURCE, "date", "2025-12-04", {"2025-12-05": "tie"}, id="one source twice"),
    pytest.param([FIFTH, PLAIN], {}, "date", "2025-12-04", {"2025-12-05": "tie"}, id="the earlier of two"),
    pytest.param([FIFTH, but(confidence=0.4)], {}, "date", "2025-12-05", {"2025-12-04": TWO}, id="the surer of two"),
    pytest.param([but(date="2025-12"), PLAIN], {}, "date", "2025-12-04", {}, id="a month and a day in it"),
    pytest.param([but(date="2025-12"), PUBLISHED], {}, "date", "2025-12-04", {}, id="a month and the news in it"),
    pytest.param([but(date="2025-11"), PUBLISHED], {}, "date", "2025-11", {}, id="a month before the news"),
    pytest.param([but(date="2025-11")] * 2 + [PLAIN], {}, "date", "2025-11", {"2025-12-04": TWO}, id="another month"),
    pytest.param(
        [but(date="2025")] * 2 + [PLAIN, FIFTH, FIFTH], {}, "date", "2025-12-05", {"2025-12-04": TWO}, id="a year"
    ),
    pytest.param([PUBLISHED, replace(PUBLISHED, date="2025-12-03")], {}, "date", "2025-12-03", {}, id="the first news"),
    pytest.param([but(date="soon")], {}, "date", None, {}, id="a date that is none"),
    pytest.param([but(date="2025-12")], {}, "date_precision", "month", {}, id="precision"),
    pytest.param([PUBLISHED, PLAIN], {}, "date_basis", "stated", {}, id="the best basis of a date"),
    pytest.param([PLAIN, but(announced="2025-12-01")], {}, "announced", "2025-12-01", {}, id="announcement"),
    pytest.param([but(announced="2025-12-04")], {}, "announced", None, {}, id="announced on the day itself"),
    pytest.param(
        [FIFTH, FIFTH, but(date="2025-12-05", announced="2025-12-04"), PLAIN], {}, "date", "2025-12-05", {},
        id="the day of the announcement is no other date",
    ),
    # authority and country
    pytest.param([FSB, RKN, RKN], {}, "authority", "rkn", {"fsb": TWO}, id="two tell of this authority"),
    pytest.param([RKN, FSB], official("d1"), "authority", "fsb", {"rkn": "unofficial"}, id="an official source's"),
    pytest.param([but(authority="cnil-fr"), RKN], {}, "authority", "rkn", {"cnil-fr": "foreign"}, id="of the country"),
    pytest.param(
        [but(authority="us-congress", country="US"), but(authority="us-house", country="US")] * 2, {}, "authority",
        "us-congress", {}, id="a part of an authority",
    ),
    pytest.param(
        [but(authority="Moscow court")] * 2 + [but(authority="a Moscow court")], {}, "authority", "Moscow court", {},
        id="more words for it",
    ),
    pytest.param([but(country="EU")] * 2 + [but(country="IE")], {}, "country", "EU", {}, id="union and member"),
    pytest.param(
        [but(country="EU")] * 2 + [but(country="IE", authority="dpc-ie")], {}, "country", "IE", {},
        id="the authority's of union and member",
    ),
    pytest.param([but(authority="cnil-fr")], {}, "authority", "cnil-fr", {}, id="foreign, but alone"),
    pytest.param(
        [but(authority="A court"), RKN], {}, "authority", "rkn", {"A court": "tie"}, id="rather one that is listed"
    ),
    # sums
    pytest.param([fine(5e6), fine(5e6), fine(7e6)], {}, "amount", 5e6, {"7000000 USD": TWO}, id="two sums"),
    pytest.param([fine(2.8e9), fine(2.8e9), fine(2.75e9)], {}, "amount", 2.75e9, {}, id="rounded"),
    pytest.param([fine(4.6e6, "EUR"), fine(4.6e6, "EUR"), fine(5.36e6)], {}, "currency", "USD", {}, id="converted"),
    pytest.param(
        [fine(9e6, "EUR"), fine(5e6), fine(5e6)], {}, "currency", "USD", {"9000000 EUR": TWO}, id="no conversion"
    ),
    pytest.param([fine(5e6), fine(7e6)], official("d1"), "amount", 7e6, {"5000000 USD": "unofficial"}, id="notice"),
    # what it was, on what, why
    pytest.param([but(action="ban"), PLAIN, PLAIN], {}, "action", "block", {}, id="two words for one action"),
    pytest.param([but(platform="apple"), PLAIN, PLAIN], {}, "platform", "facetime", {}, id="an owner and its product"),
    pytest.param(
        [but(grounds="fraud"), but(grounds="extremism", confidence=0.9)], {}, "grounds", "extremism", {"fraud": TWO},
        id="the surer ground",
    ),
    pytest.param(
        [but(scope="whole-service"), *[but(scope="calls")] * 2], {}, "scope", "calls", {}, id="a part of the whole"
    ),
    pytest.param(
        [but(grounds="non-compliance")] * 2 + [but(grounds="fraud")], {}, "grounds", "non-compliance", {},
        id="a ground where nothing more is told",
    ),
    pytest.param([but(scope="calls"), PLAIN, PLAIN], {}, "scope", "calls", {}, id="who is silent says nothing else"),
]  # fmt: skip


@pytest.mark.parametrize(("mentions", "facts", "field", "value", "conflicts"), CASES)
def test_which_value_wins_and_what_says_otherwise(
    mentions: list[Mention], facts: Facts, field: str, value: object, conflicts: dict[str, str]
) -> None:
    event = event_of(told(mentions), facts)
    assert getattr(event, field) == value
    assert {each.value: each.why for each in event.conflicts} == conflicts


def test_what_backs_a_value_is_told_from_what_does_not() -> None:
    mentions = [PLAIN, but(date="2025-12"), FIFTH, PUBLISHED, but(date=None)]
    event = event_of(told([*mentions, PLAIN]))
    assert {key for key, field in event.backing if field == "date"} == {"d0#0", "d1#0", "d3#0", "d5#0"}


def test_conflicts_count_documents_sources_and_texts() -> None:
    facts = {"d0": DocumentFacts(source="a"), "d1": DocumentFacts(source="b")}
    mentions = [*told([FSB, FSB, RKN, RKN, RKN]), StoredMention("d1", 1, FSB)]
    (conflict,) = event_of(mentions, facts).conflicts
    assert (conflict.documents, conflict.sources, conflict.independent) == (2, 2, 2)


MENTIONS = st.builds(
    Mention,
    platform=st.sampled_from(["google", "youtube"]),
    action=st.sampled_from(["ban", "block"]),
    status=st.sampled_from(["threatened", "reported", "confirmed", "denied"]),
    date=st.sampled_from(["2025-12-01", "2025-12-03", "2025-12", "2026-01", "2025", None]),
    date_basis=st.sampled_from(["stated", "relative", "published"]),
    announced=st.sampled_from(["2025-12-01", None]),
    country=st.sampled_from(["EU", "IE", None]),
    authority=st.sampled_from(["ec", "dpc-ie", "rkn", "a court", None]),
    amount=st.sampled_from([None, 1e6, 2e6, 2.02e6]),
    currency=st.sampled_from(["USD", "EUR"]),
    grounds=st.sampled_from(["fraud", "hate", None]),
    confidence=st.sampled_from([0.3, 0.7, 0.75]),
)
SHELVES = st.lists(st.tuples(st.integers(0, 5), MENTIONS), min_size=1, max_size=10).map(
    lambda pairs: [StoredMention(f"d{document}", ordinal, each) for ordinal, (document, each) in enumerate(pairs)]
)
# the documents of one text have one sketch; d0 and d3 are of one source
LIBRARY = {
    f"d{number}": DocumentFacts(published, f"s{number % 3}", number == 4, sketch=bytes([number // 2 % 2]) * 1028)
    for number, published in enumerate(["2025-12-02", "2025-12-05", "2026-02-01", None, "2025-12-04", "2026-01-03"])
}


@given(SHELVES, st.data())
@settings(max_examples=150)
def test_order_means_nothing(mentions: list[StoredMention], data: st.DataObject) -> None:
    assert event_of(data.draw(st.permutations(mentions)), LIBRARY) == event_of(mentions, LIBRARY)


@given(SHELVES, st.data())
@settings(max_examples=150)
def test_a_copy_changes_no_value_nor_the_number_of_independent_sources(
    mentions: list[StoredMention], data: st.DataObject
) -> None:
    copied = data.draw(st.sampled_from([each.document_id for each in mentions]))
    copy = [replace(each, document_id="d9") for each in mentions if each.document_id == copied]
    facts = {**LIBRARY, "d9": replace(LIBRARY[copied], source="other", official=False)}
    before, after = event_of(mentions, facts), event_of([*mentions, *copy], facts)
    counted: dict[str, Any] = {"sources": before.sources + 1, "documents": before.documents + 1}
    assert after.conflicts == tuple(
        replace(each, documents=own.documents, sources=own.sources)
        for each, own in zip(before.conflicts, after.conflicts, strict=True)
    )
    assert replace(after, mentions=(), backing=frozenset(), conflicts=()) == replace(
        before, mentions=(), backing=frozenset(), conflicts=(), **counted
    )


@given(SHELVES)
@settings(max_examples=150)
def test_every_value_is_somebody_s_and_no_claim_both_backs_it_and_contradicts_it(mentions: list[StoredMention]) -> None:
    event = event_of(mentions, LIBRARY)
    for field in ("platform", "action", "country", "authority", "grounds", "date"):
        claims = {value for each in mentions if (value := getattr(each.mention, field))}
        assert getattr(event, field) in (claims or {None})
        for each in mentions:
            value = getattr(each.mention, field)
            lost = value in {conflict.value for conflict in event.conflicts if conflict.field == field}
            assert not (lost and (each.key, field) in event.backing)
