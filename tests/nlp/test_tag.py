"""Document in, mentions out: whole documents through the tagger."""

from __future__ import annotations

import logging
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.models import QUOTE_LIMIT, Document, Mention
from nlp.tag import Tagger

NEWS = Document(
    "kenya",
    "Kenya blocks Telegram during school exams",
    """NAIROBI - Kenya's government blocked Telegram on Thursday, saying that cheats sell exam papers in its channels.

The order came from the Communications Authority, which said access would return when the exams end.

TikTok was fined 345 million euros by the Irish Data Protection Commission in September 2023.

"Services that do not listen can be fined or banned anywhere," a teacher said. Many pupils got round the
restrictions with a VPN. The price of a taxi in Nairobi has risen by a fifth since spring.""",
    "2025-12-04",
    "en",
)
ORDINARY = [
    Document(id, title, text, "2025-10-01", "en")
    for id, title, text in [
        ("cake", "A cake for autumn", "Stir the apple into the batter. Bake for an hour. Serve with cream."),
        ("goal", "Ferrero's block saves the day", "The keeper blocked two shots. A fine match, fans said."),
        ("phone", "Google shows a new phone", "Google showed a phone on Tuesday. It costs $799."),
        ("rules", "Spotify tightens its rules", "Spotify bans songs by bots. Telegram removed channels."),
        ("deal", "Microsoft buys a studio", "Microsoft agreed to pay $2 billion for a maker of games."),
    ]
]


def _read(*documents: Document) -> list[tuple[Document, list[Mention]]]:
    return list(Tagger().read(documents))


def test_a_news_item_tells_its_news_and_its_background() -> None:
    ((_, found),) = _read(NEWS)
    told = {(m.platform, m.action): m for m in found}
    assert set(told) == {("telegram", "block"), ("tiktok", "fine")}
    block, fine = told["telegram", "block"], told["tiktok", "fine"]
    assert (block.country, block.date, block.date_basis, block.status) == ("KE", "2025-12-04", "relative", "confirmed")
    assert (fine.country, fine.authority) == ("IE", "dpc-ie")
    assert (fine.date, fine.date_precision, fine.date_basis) == ("2023-09", "month", "stated")
    assert (fine.amount, fine.currency) == (345e6, "EUR")


@pytest.mark.parametrize("document", ORDINARY, ids=lambda document: document.id)
def test_ordinary_documents_tell_nothing(document: Document) -> None:
    assert _read(document) == [(document, [])]


def test_the_language_is_found_where_it_is_not_told() -> None:
    ((_, told),), ((_, found),) = _read(NEWS), _read(replace(NEWS, lang=None))
    assert told == found != []


def test_a_language_that_nobody_reads_tells_nothing() -> None:
    assert _read(replace(NEWS, lang="fi")) == [(replace(NEWS, lang="fi"), [])]


@pytest.mark.parametrize("lang", ["en", "ru"])
@pytest.mark.parametrize(("title", "text"), [("", ""), ("", "Russia blocked Viber."), ("Russia blocks Viber", "")])
def test_title_or_text_may_be_empty(lang: str, title: str, text: str) -> None:
    ((_, found),) = _read(Document("a", title, text, "2025-12-04", lang))
    assert {(m.platform, m.action) for m in found} == ({("viber", "block")} if lang == "en" and title + text else set())


def test_reading_has_no_memory_and_keeps_the_order() -> None:
    documents = [NEWS, ORDINARY[0], replace(NEWS, id="fi", lang="fi"), ORDINARY[3]]
    alone = {document.id: _read(document)[0] for document in documents}
    for order in permutations(documents):
        assert _read(*order) == [alone[document.id] for document in order]


def test_one_document_never_stops_the_rest(caplog: pytest.LogCaptureFixture) -> None:
    bad = replace(NEWS, id="bad", title="Kenya blocks Telegram \ud800")  # no character, so no word either
    with caplog.at_level(logging.ERROR, "nlp.tag"):
        found = [(document.id, bool(mentions)) for document, mentions in Tagger().read_all([bad, NEWS])]
    assert found == [("bad", False), ("kenya", True)]
    assert "bad" in caplog.text


def test_the_version_is_twelve_hex_digits_and_stays() -> None:
    assert len(bytes.fromhex(Tagger().version)) == 6
    assert Tagger().version == Tagger().version


WORDS = (
    "Russia Telegram Viber blocked fined the app it court of €5 million on Thursday , . \n \n\n “ may not Google's X "
    "Roskomnadzor ? ban by and 4 March 2024 $ users App Store 😀 ́ заблокировал"
)
strange_documents = st.lists(
    st.builds(
        Document,
        st.just("any"),
        st.text(max_size=30),
        st.text(max_size=200) | st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join),
        st.none() | st.dates().map(str),
        st.sampled_from(["en", "ru"]),
    ),
    min_size=25,
    max_size=25,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.data_too_large])
@given(strange_documents)
def test_no_text_is_too_strange(documents: list[Document]) -> None:
    for document, mentions in _read(*documents):
        for evidence in (each for mention in mentions for each in mention.evidence):
            assert document.body[evidence.start : evidence.end] == evidence.quote
            assert len(evidence.quote) <= QUOTE_LIMIT
