"""The country of a document's source stands in where an institution acts whose country the text leaves unsaid."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from data.models import Document
from nlp.homeland import homeland_of, set_homeland
from nlp.mentions import Mentions

US = "https://www.nytimes.com/a"


def _read(english: Language, text: str, **facts: str) -> Doc:
    document = Document("1", text, "", **facts)  # type: ignore[arg-type]
    return english(set_homeland(english.make_doc(document.body), document))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Court orders Google to open its app store", "Court"),
        ("Google pays $700M to settle with states", "states"),
        ("The county bans TikTok on its devices", "county"),
        ("Why lawmakers want TikTok banned", "lawmakers"),
        ("TikTok was banned from phones of federal agencies", "agencies"),
        ("TikTok was banned", None),  # by nobody
        ("The school bans TikTok", None),
    ],
)
def test_an_institution_without_a_country_is_of_the_source_s(english: Language, text: str, words: str | None) -> None:
    doc = _read(english, text, url=US)
    found = homeland_of(doc._.candidates[0], doc)
    assert (doc.text[found.start : found.end] if found else None) == words
    assert found is None or (found.value, found.acts) == ("US", False)


def test_nobody_knows_where_the_source_is(english: Language) -> None:
    doc = _read(english, "Court orders Google to open its app store", url="https://a.io/a")
    assert homeland_of(doc._.candidates[0], doc) is None


def test_the_source_s_file_knows_better_than_its_address(english: Language) -> None:
    doc = _read(english, "Court orders Google to open its app store", url=US, country="KE")
    assert (found := homeland_of(doc._.candidates[0], doc)) and found.value == "KE"


class Sure:
    """A judge that keeps all."""

    threshold = 0.0
    confidence = is_news = staticmethod(lambda names: 1.0)
    status_of = staticmethod(lambda names: "confirmed")


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Court orders Google to open its app store", "US"),
        ("Court in Kenya orders Google to open its app store", "KE"),
        ("Court orders Google to open its app store, papers in Kenya say", "KE"),
    ],
)
def test_what_the_text_says_comes_first(english: Language, text: str, country: str) -> None:
    doc = Mentions(Sure())(_read(english, text, url=US))  # type: ignore[arg-type]
    assert [mention.country for mention in doc._.mentions] == [country]
