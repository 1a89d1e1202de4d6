"""Grounds and scopes of actions: a table of sentences (labels.yaml), and the words behind each label."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from spacy.tokens import Doc

from data.models import Document
from nlp.acting import acting_authority
from nlp.candidates import Candidate
from nlp.country import document_country
from nlp.grounds import grounds_of
from nlp.jurisdiction import Found
from nlp.pipeline import pipeline, read
from nlp.scope import scope_of

TABLE = yaml.safe_load(Path(__file__).with_name("labels.yaml").read_text("utf-8"))
LINES = [(lang, line["text"], line["told"]) for lang, lines in TABLE.items() for line in lines]


def _doc(lang: str, text: str) -> Doc:
    title, _, body = text.rpartition("\n\n")
    document = Document("a", title or "News of the day", body, published="2025-12-04")
    return read(document, pipeline(lang, exclude=("mentions",)))


def _told(candidate: Candidate, doc: Doc) -> tuple[Found | None, Found | None]:
    country = candidate.jurisdiction or document_country(doc)
    return grounds_of(candidate, doc, acting_authority(candidate, doc, country)), scope_of(candidate, doc)


def _line(candidate: Candidate, doc: Doc) -> str:
    labels = [found.value if found else "-" for found in _told(candidate, doc)]
    return " ".join([candidate.platform, candidate.action, *labels])


@pytest.mark.parametrize(("lang", "text", "told"), LINES)
def test_labels(lang: str, text: str, told: str) -> None:
    doc = _doc(lang, text)
    assert told in [_line(candidate, doc) for candidate in doc._.candidates]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "Italy fined Uber for collecting drivers' personal data",
            ("collecting drivers' personal data", "personal data"),
        ),
        ("Belgium banned TikTok from government phones, citing espionage", ("espionage", "government phones")),
        ("The CNIL fined Google", ("CNIL", None)),
        ("Ohio banned TikTok", (None, "Ohio")),
        ("Poland blocked Signal", (None, "blocked")),
    ],
)
def test_a_label_quotes_its_words(text: str, quotes: tuple[str | None, str | None]) -> None:
    doc = _doc("en", text)
    found = _told(doc._.candidates[0], doc)
    assert tuple(each and doc.text[each.start : each.end] for each in found) == quotes


def test_of_two_reasons_that_which_stands_nearer_is_told() -> None:
    doc = _doc("en", "India blocked Telegram over exam fraud.\n\nIndia blocked Viber amid protests.")
    told: dict[str, Any] = {each.platform: _told(each, doc)[0] for each in doc._.candidates}
    assert told["viber"].value == "unrest" and told["telegram"].value in ("exams", "fraud")


def test_documents_without_an_event_are_not_searched() -> None:
    doc = _doc("en", "Personal data of users of Telegram leaked.")
    assert doc._.grounds == doc._.scopes == ()
