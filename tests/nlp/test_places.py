"""Names of places, and other names that hold one."""

from __future__ import annotations

import pytest
from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Wellington banned Viber, and New Zealand is glad", ["NZ", "NZ"]),
        ("Judge Wellington Silva banned Viber in Brazil", ["BR"]),
        ("Senator Chad Smith asked France", ["FR"]),
        ("The Washington Post and the Times of India report from Italy", ["IT"]),
        ("Bank of America and the South China Morning Post", []),
        ("Times are hard in India, the bank of India says", ["IN", "IN"]),
        ("It asked for US dollars and Swiss francs", []),
        ("US courts and Swiss banks", ["US", "CH"]),
        ("The post about Italy", ["IT"]),
    ],
)
def test_a_place_in_another_name_is_none(english: Language, text: str, places: list[str]) -> None:
    doc = english.get_pipe("places")(english.make_doc(f"{text}\n\n"))
    assert [span.id_ for span in doc.spans["places"]] == places
