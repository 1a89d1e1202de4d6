"""A platform in its paragraph."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.paragraphs import paragraph_features

TEXT = "Temu was late.\nIn Chad it rained. Viber and Signal were blocked.\nTelegram was banned in Peru."


@pytest.mark.parametrize(
    ("platform", "expected"),
    [
        ("viber", "body platform platform-first platforms=2"),
        ("signal", "body platform platforms=2"),
        ("telegram", "lead platform platform-first platforms=1"),
        ("temu", "body none platforms=2"),
    ],
)
def test_what_a_paragraph_says_of_a_platform(read: Callable[..., Doc], platform: str, expected: str) -> None:
    doc = read("Apps", TEXT)
    sentence = doc._.sentences[1 if platform == "telegram" else 0]
    found = paragraph_features(doc, sentence, platform)
    assert found == {f"paragraph:{name}" for name in expected.split()}


def test_a_title_has_no_paragraph(read: Callable[..., Doc]) -> None:
    doc = read("Peru bans Viber", "It rained.")
    assert paragraph_features(doc, doc._.sentences[0], "viber") == set()
