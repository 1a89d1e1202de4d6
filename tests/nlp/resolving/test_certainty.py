"""How certain an event is, from all who tell of it together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.models import Event, Mention, Status, StoredMention
from data.reference import load_reference
from nlp.resolving.facts import DocumentFacts
from nlp.resolving.truth import Truth

PLAIN = Mention("facetime", "block", "reported", date="2025-12-04", date_basis="stated", country="RU", confidence=0.6)
KINDS: dict[str, Status] = {"t": "threatened", "r": "reported", "c": "confirmed", "d": "denied"}


def event_of(story: str) -> Event:
    """The event of a story such as "r1 d2! r3=r1": each word is a document of a source of its own, with what it tells,
    the day of December on which it came out (none where it is not known), "!" where its source is official, and the
    word of which it is a copy."""
    facts, mentions, sketches = dict[str, DocumentFacts](), list[StoredMention](), dict[str, bytes]()
    for number, word in enumerate(story.split()):
        own, _, copied = word.partition("=")
        day = own.strip("trcd!")
        sketches[own] = sketches.get(copied, bytes([number + 1]) * 1028)
        facts[f"d{number}"] = DocumentFacts(
            f"2025-12-{int(day):02}" if day else None, f"s{number}", "!" in own, sketch=sketches[own]
        )
        mentions.append(StoredMention(f"d{number}", 0, replace(PLAIN, status=KINDS[own[0]])))
    truth = Truth(facts, load_reference())
    return truth.with_dissent(truth.event(mentions))


STORIES = [
    # story, status, what is told against it
    pytest.param("r1", "reported", {}, id="a report"),
    pytest.param("r1 r1 r2 r3 r4 r5", "reported", {}, id="many reports confirm nothing"),
    pytest.param("r1 r2 c3", "confirmed", {}, id="one confirms what others report"),
    pytest.param("r1! r1", "confirmed", {}, id="an official source confirms by itself"),
    pytest.param("t1! t2", "threatened", {}, id="an official threat is a threat"),
    pytest.param("t1 t1 t2 r4", "reported", {}, id="a threat carried out"),
    pytest.param("t1 t1 t2 c4!", "confirmed", {}, id="a threat carried out, says who made it"),
    pytest.param("t4 t4 t5 r4", "threatened", {"reported": "outweighed"}, id="who calls it done is alone"),
    pytest.param("t4 r4 c5", "confirmed", {"threatened": "outweighed"}, id="who calls it a threat is alone"),
    pytest.param("t4 r4", "reported", {"threatened": "tie"}, id="as many call it done as a threat"),
    pytest.param("d1", "denied", {}, id="a denial"),
    pytest.param("t1 d2", "denied", {"threatened": "tie"}, id="a threat denied"),
    pytest.param("t1 t1 d2", "threatened", {"denied": "outweighed"}, id="a threat of many denied by one"),
    pytest.param("r1 d2", "denied", {"reported": "tie"}, id="a report denied: who denies must know"),
    pytest.param("r1 r1 d2", "reported", {"denied": "outweighed"}, id="reports of many denied by one"),
    pytest.param("r1 r1=r1 d2", "denied", {"reported": "tie"}, id="reports of one, copied, denied"),
    pytest.param("d1 r3", "reported", {"denied": "tie"}, id="denied before it was done"),
    pytest.param("r1 r1 r2 d3!", "denied", {"reported": "unofficial"}, id="an official denial of reports"),
    pytest.param("c1 c1 d3!", "denied", {"confirmed": "unofficial"}, id="an official denial of what others confirm"),
    pytest.param("c1 d3! c4", "confirmed", {"denied": "outweighed"}, id="confirmed after an official denial"),
    pytest.param("c1 d2", "confirmed", {"denied": "tie"}, id="confirmed by one, denied by one"),
    pytest.param("c1 d2 d2", "denied", {"confirmed": "outweighed"}, id="confirmed by one, denied by two"),
    pytest.param("c1! d2 d2 d3!", "confirmed", {"denied": "tie"}, id="an authority and its denial"),
    pytest.param("r d", "denied", {"reported": "tie"}, id="days that are not known"),
]  # fmt: skip


@pytest.mark.parametrize(("story", "status", "conflicts"), STORIES)
def test_what_all_support_together(story: str, status: str, conflicts: dict[str, str]) -> None:
    event = event_of(story)
    assert event.status == status
    assert {each.value: each.why for each in event.conflicts} == conflicts


CONFIDENCES = [("r1", 0.6), ("r1 r2", 0.84), ("r1 r2=r1", 0.6), ("r1 r2=r1 r3", 0.84), ("r1 r1 r1 r1 r1 r1", 0.99)]


@pytest.mark.parametrize(("story", "confidence"), CONFIDENCES)
def test_independent_sources_make_it_surer_and_copies_do_not(story: str, confidence: float) -> None:
    assert event_of(story).confidence == confidence


def test_sources_documents_and_texts_are_counted_apart() -> None:
    event = event_of("r1 r2=r1 c3")
    assert (event.documents, event.sources, event.independent) == (3, 3, 2)


def test_what_backs_a_status() -> None:
    assert {key for key, field in event_of("r1! r2 c3 d4").backing if field == "status"} == {"d0#0", "d2#0"}
