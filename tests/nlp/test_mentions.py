"""Mentions: fields chosen among what the document says, each with the words that say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from data.models import QUOTE_LIMIT, Mention
from nlp.judge import Judge
from nlp.mentions import Mentions

TEXTS = [
    ("Russia blocks Viber", "Roskomnadzor blocked access to Viber on 13 December 2024."),
    (
        "Google fined",
        "A Moscow court fined Google 4 million roubles on Tuesday. Another fined it 7 million roubles.",
    ),
    (
        "TikTok",
        "TikTok was banned in India, Afghanistan and Nepal, " + "and in many other places, " * 20 + "in 2023.",
    ),
    ("Turkey blocks Facebook, Instagram and WhatsApp", "The apps were blocked on 4 October 2021."),
]


def _mentions(doc: Doc, threshold: float | None = None) -> tuple[Mention, ...]:
    judge = Judge.load()
    told = Mentions(judge if threshold is None else Judge(judge.event, judge.status, judge.news, threshold))(doc)
    found: tuple[Mention, ...] = told._.mentions
    return found


@pytest.mark.parametrize(("title", "text"), TEXTS)
def test_evidence_is_in_the_text(read: Callable[..., Doc], title: str, text: str) -> None:
    doc = read(title, text)
    found = _mentions(doc, 0)
    assert len(found) == len(doc._.candidates) > 0
    for mention in found:
        fields = [each.field for each in mention.evidence if each.field != "context"]
        assert {"event", "platform", "action"} <= set(fields) and len(fields) == len(set(fields))
        for each in mention.evidence:
            assert doc.text[each.start : each.end] == each.quote
            assert 0 < len(each.quote) <= QUOTE_LIMIT


FAR = [
    ("Viber is gone", "Russia blocked Viber. Roskomnadzor said so on 13 December 2024. It gave no reasons.", 1),
    (
        "X",
        "Russia blocked Viber. " + "The service, " * 40 + "Roskomnadzor said so on 13 December 2024, and nothing more.",
        1,
    ),
]


@pytest.mark.parametrize(("title", "text"), [*TEXTS, *((title, text) for title, text, _ in FAR)])
def test_the_words_of_a_field_stand_in_a_sentence_that_is_quoted(
    read: Callable[..., Doc], title: str, text: str
) -> None:
    for mention in _mentions(read(title, text), 0):
        passages = [each for each in mention.evidence if each.field in ("event", "context")]
        assert len({(each.start, each.end) for each in passages}) == len(passages)
        for words in mention.evidence:
            assert any(one.start <= words.start and words.end <= one.end for one in passages)


@pytest.mark.parametrize(("title", "text", "sentences"), FAR)
def test_a_context_is_the_sentence_of_words_that_stand_elsewhere(
    read: Callable[..., Doc], title: str, text: str, sentences: int
) -> None:
    contexts = [each.quote for each in _mentions(read(title, text), 0)[-1].evidence if each.field == "context"]
    assert len(contexts) == sentences
    assert all(context == context.strip() and len(context) <= QUOTE_LIMIT for context in contexts)
    assert all("Roskomnadzor said so on 13 December 2024" in context for context in contexts)


@pytest.mark.parametrize(("title", "text"), TEXTS)
def test_a_field_that_is_told_has_evidence(read: Callable[..., Doc], title: str, text: str) -> None:
    for mention in _mentions(read(title, text), 0):
        fields = {each.field for each in mention.evidence}
        told = {"country": mention.country, "authority": mention.authority, "amount": mention.amount}
        told |= {"grounds": mention.grounds, "scope": mention.scope}
        assert all((value is not None) == (name in fields) for name, value in told.items())
        assert ("date" in fields) == (mention.date_basis in ("stated", "relative"))
        assert (mention.date is None) == (mention.date_basis is None) == (mention.date_precision is None)
        assert (mention.amount is None) == (mention.currency is None)


def test_the_threshold_disposes_and_the_text_orders(read: Callable[..., Doc]) -> None:
    doc = read("Russia blocks Viber", "Users talk of fines for Viber. The ban on TikTok may be lifted.")
    everything = _mentions(doc, 0)
    places = [next(each.start for each in mention.evidence if each.field == "action") for mention in everything]
    assert places == sorted(places)
    assert not _mentions(doc, 1)
    surest = max(everything, key=lambda mention: mention.confidence)
    assert surest in _mentions(doc, surest.confidence - 0.01)


@pytest.mark.parametrize(
    ("published", "date", "basis"), [("2025-12-04", "2025-12-04", "published"), (None, None, None)]
)
def test_news_without_a_date_has_the_day_of_publication(
    read: Callable[..., Doc], published: str | None, date: str | None, basis: str | None
) -> None:
    (mention,) = _mentions(read("Russia blocks Viber", "", published))
    assert (mention.date, mention.date_basis) == (date, basis)


@pytest.mark.parametrize(
    ("title", "text", "country", "authority"),
    [
        ("Apps", "Viber was blocked. Roskomnadzor gave no reason.", "RU", "rkn"),  # elsewhere in the document
        ("Russia", "Italy blocked Viber.", "IT", None),  # the sentence beats the title
        ("Apps", "Viber was blocked in Italy. The Garante spoke.", "IT", "garante-it"),
        ("Apps", "Viber was blocked.", None, None),
    ],
)
def test_where_and_by_whom(
    read: Callable[..., Doc], title: str, text: str, country: str | None, authority: str | None
) -> None:
    (mention,) = _mentions(read(title, text), 0)
    assert (mention.country, mention.authority) == (country, authority)


def test_the_day_of_the_announcement_has_evidence(read: Callable[..., Doc]) -> None:
    (mention,) = _mentions(read("News", "The ministry said on Tuesday that it would block Viber on 1 March."), 0)
    assert (mention.date, mention.announced) == ("2026-03-01", "2025-12-02")
    assert {each.field: each.quote for each in mention.evidence}["announced"] == "Tuesday"
