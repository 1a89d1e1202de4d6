"""In which country an action counts, where no frame, or more than one, tells it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.country import country_of, document_country
from nlp.jurisdiction import Found


def test_a_document_is_about_the_country_that_it_names_most(read: Callable[..., Doc]) -> None:
    assert (found := document_country(read("Apps", "Italy, Italy and Spain."))) and found.value == "IT"


def test_the_title_counts_more_than_the_text(read: Callable[..., Doc]) -> None:
    assert (found := document_country(read("Spain acts", "Italy. Italy."))) and found.value == "ES"


@pytest.mark.parametrize(
    "tie", ["tied to the Chinese government", "controlled by communist China", "headquartered in Beijing"]
)
def test_whom_a_company_belongs_to_is_not_what_a_document_is_about(read: Callable[..., Doc], tie: str) -> None:
    assert (found := document_country(read(f"App {tie} is banned", "Italy."))) and found.value == "IT"


def test_of_two_places_with_a_hyphen_neither_is_a_home(read: Callable[..., Doc]) -> None:
    assert (found := document_country(read("Fine over EU-US transfers", "An app is silent."))) and found.value == "EU"


@pytest.mark.parametrize("home", ["Chinese-owned app", "Chinese tech giant", "Beijing-based company"])
def test_a_home_of_a_company_is_not_what_a_document_is_about(read: Callable[..., Doc], home: str) -> None:
    doc = read(f"The {home} is banned", f"The {home} is popular in Italy. The {home} is silent.")
    assert (found := document_country(doc)) and found.value == "IT"


def test_a_country_that_acts_on_an_app_is_no_home_of_it(read: Callable[..., Doc]) -> None:
    assert (found := document_country(read("Albania bans app", "An app is silent."))) and found.value == "AL"


def test_the_surest_of_what_frames_tell_counts(read: Callable[..., Doc]) -> None:
    told = [Found("ES", 0, 1, "beside"), Found("FR", 0, 1, "place"), Found("IT", 0, 1, "actor")]
    assert (found := country_of(told, read("Spain"), 0)) and found.value == "IT"


def test_the_country_last_named_in_the_paragraph_counts_where_frames_tell_none(read: Callable[..., Doc]) -> None:
    doc = read("Digest", "Spain, Spain and Spain.\nItaly has news. Viber was banned.")
    assert (found := country_of([], doc, doc.text.index("banned"))) and found.value == "IT"


def test_a_document_without_places_is_about_none(read: Callable[..., Doc]) -> None:
    assert document_country(read("Apps", "Nothing here.")) is None
