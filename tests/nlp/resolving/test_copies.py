"""One text printed by many is one source's; two reports of one action are two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.models import Document
from nlp.resolving.copies import origins
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.sketches import sketch

WIRE = [
    "Regulators in Freedonia said on Monday that they had ordered carriers to cut off the messenger Telegram.",
    "The decision follows a court ruling from last week that found the company had ignored eleven requests for data.",
    "Carriers have been given forty-eight hours to comply, a spokeswoman told reporters outside the ministry.",
    "Telegram did not answer questions sent to its press address.",
    "The messenger counts some nine million people in the country among its users, according to a local pollster.",
    "Rights groups called the step a blow to the free flow of news ahead of an election due in October.",
    "A similar order in 2018 was lifted after two years, having hardly worked.",
    "The opposition said it would take the matter to the constitutional court.",
]
OWN = [
    "Telegram went dark in Freedonia overnight after the telecoms authority told providers to block it.",
    "Our tests from three networks in the capital showed that neither the app nor its website could be reached.",
    "People were queueing at kiosks for prepaid cards of a foreign carrier, which still let messages through.",
    "A shopkeeper said that orders from her customers had stopped at about four in the morning.",
    "The authority's notice gives no reason, but officials have long complained of channels that mock the president.",
]
CASES = [
    pytest.param(WIRE, WIRE, True, id="whole"),
    pytest.param(WIRE, WIRE[:3], True, id="cut from below"),
    pytest.param(WIRE, [OWN[0], *WIRE[1:5]], True, id="another lead"),
    pytest.param(WIRE, [*WIRE[:4], OWN[3], *WIRE[4:]], True, id="a sentence put in"),
    pytest.param(WIRE, OWN, False, id="written apart"),
    pytest.param(WIRE, [*OWN, WIRE[5]], False, id="one sentence quoted"),
    pytest.param(WIRE, ["Freedonia cuts off the messenger Telegram."], False, id="a line that anybody may write"),
    pytest.param(["More soon."], ["More soon."], False, id="hardly any text, other titles"),
    pytest.param([], WIRE, False, id="no text"),
]


def facts(name: str, sentences: list[str], published: str | None = "2026-03-02", title: str = "") -> DocumentFacts:
    document = Document(name, title or f"The news of {name}", " ".join(sentences))
    return DocumentFacts(published, name, sketch=sketch(document))


@pytest.mark.parametrize(("one", "other", "copied"), CASES)
def test_what_is_a_copy(one: list[str], other: list[str], copied: bool) -> None:
    found = origins({"a": facts("a", one), "b": facts("b", other, "2026-03-03")})
    assert found == {"a": "a", "b": "a" if copied else "b"}


def test_titles_count_where_there_is_no_other_text() -> None:
    title = "Freedonia cuts off Telegram"
    assert set(origins({name: facts(name, [], title=title) for name in "abc"}).values()) == {"a"}


DATES = [
    ("2026-03-02", "2026-03-01", "b"),
    ("2026-03-02T09:00:00Z", "2026-03-02T08:00:00Z", "b"),
    ("2026-03-02", None, "a"),
    ("soon", "2026-03-01", "b"),
    (None, None, "a"),
]


@pytest.mark.parametrize(("first", "second", "origin"), DATES)
def test_a_text_is_the_source_s_that_published_it_first(first: str | None, second: str | None, origin: str) -> None:
    found = origins({"a": facts("a", WIRE, first), "b": facts("b", WIRE, second)})
    assert set(found.values()) == {origin}


def test_a_roundup_does_not_make_one_of_what_it_gathers() -> None:
    both = facts("c", [*WIRE, *OWN], "2026-03-09")
    found = origins({"a": facts("a", WIRE), "b": facts("b", OWN), "c": both})
    assert found == {"a": "a", "b": "b", "c": "a"}


def test_documents_without_sketch_or_source_stand_for_themselves() -> None:
    told = {"a": DocumentFacts(source="a"), "b": DocumentFacts(source="b"), "c": DocumentFacts(), "d": DocumentFacts()}
    assert origins(told) == {"a": "a", "b": "b", "c": None, "d": None}


SENTENCES = st.lists(st.sampled_from([*WIRE, *OWN]), min_size=1, max_size=6, unique=True)
SHELVES = st.lists(st.tuples(SENTENCES, st.sampled_from(["2026-03-02", "2026-03-03", None])), min_size=1, max_size=6)


@given(SHELVES, st.data())
@settings(max_examples=60)
def test_a_later_copy_is_no_other_s_origin_and_order_means_nothing(
    shelf: list[tuple[list[str], str | None]], data: st.DataObject
) -> None:
    told = {f"d{n}": facts(f"s{n % 4}", sentences, date) for n, (sentences, date) in enumerate(shelf)}
    before = origins(told)
    assert origins(dict(data.draw(st.permutations(list(told.items()))))) == before
    copy = data.draw(st.sampled_from(sorted(told)))
    later = DocumentFacts(None, "other", sketch=told[copy].sketch)
    assert origins(told | {"later": later}) == before | {"later": before[copy]}
