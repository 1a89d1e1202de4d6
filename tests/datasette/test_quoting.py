"""An event's evidence: sentences with the words of each field marked in them, whatever the words are."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markupsafe import escape

from datasette_config.site.quoting import SHOWN, said_of, tellings

SENTENCE = "When the watchdog blocked <b>FaceTime</b> on Thursday, it gave no reason."


def row(field: str, quote: str, start: int, **told: Any) -> dict[str, Any]:
    told = {"document_id": "d", "value": None, "chosen": 1, "lang": "en"} | told
    return told | {"field": field, "quote": quote, "start": start, "end": start + len(quote)}


def words(field: str, quote: str, at: int = 100, **told: Any) -> dict[str, Any]:
    return row(field, quote, at + SENTENCE.index(quote), **told)


def marked(*rows: dict[str, Any]) -> list[tuple[str, str]]:
    """(words, label) of each mark in the one sentence of one document."""
    [telling] = tellings([row("event", SENTENCE, 100), *rows])
    [passage] = telling["passages"]
    tree = html.fragment_fromstring(str(passage), create_parent=True)
    assert tree.text_content().startswith("When")
    told = [(mark, mark.findtext("small", "")) for mark in tree.iter("mark")]
    return [
        (mark.text_content().removesuffix(f" {label}") if label else mark.text_content(), label) for mark, label in told
    ]


def test_words_are_marked_in_their_sentence_and_told_what_they_say() -> None:
    found = marked(words("platform", "<b>FaceTime</b>"), words("date", "Thursday"))
    assert found == [("<b>FaceTime</b>", "platform"), ("Thursday", "date")]


def test_the_same_words_may_say_several_things() -> None:
    found = marked(words("country", "watchdog"), words("authority", "watchdog"))
    assert found == [("watchdog", "country, authority")]


def test_words_that_overlap_are_marked_in_parts() -> None:
    found = marked(words("authority", "the watchdog blocked"), words("action", "blocked"))
    assert found == [("the watchdog ", ""), ("blocked", "authority, action")]


def test_a_value_that_is_not_the_events_is_told() -> None:
    assert marked(words("date", "Thursday", chosen=0, value="2025-12-03")) == [("Thursday", "date read as 2025-12-03")]


def test_words_that_stand_elsewhere_are_told_beside() -> None:
    rows = [row("event", SENTENCE, 100), row("date", "Thursday", 4), row("grounds", "no such", 110)]
    [telling] = tellings(rows)
    assert [each["field"] for each in telling["loose"]] == ["date", "grounds"]
    assert telling["passages"] == [
        "When the watchdog blocked &lt;b&gt;FaceTime&lt;/b&gt; on Thursday, it gave no reason."
    ]


def test_documents_come_in_order_and_their_sentences_in_that_of_their_text() -> None:
    rows = [row("event", "Second.", 50, document_id=name) for name in ("b", "a")]
    rows += [row("context", "First.", 0, document_id="a")]
    told = [(each["document"]["document_id"], each["passages"]) for each in tellings(rows)]
    assert told == [("b", ["Second."]), ("a", ["First.", "Second."])]


def test_a_field_is_told_by_different_words_once_each() -> None:
    rows = [row("date", quote, 0, document_id=quote) for quote in ("Monday", "monday", "1 May", "2 May", "3 May")]
    told = said_of([*rows, row("event", SENTENCE, 0)])
    assert list(told) == ["date"] and told["date"]["more"] == 1
    assert [each["quote"] for each in told["date"]["words"]] == ["Monday", "1 May", "2 May"] and SHOWN == 3


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_no_words_are_lost_or_made(text: str, spans: list[tuple[int, int]]) -> None:
    rows = [row("event", text, 10)]
    for first, last in spans:
        rows.append(row("date", text[max(first, 0) : max(last, 0)], 10 + first) | {"end": 10 + last})
    [telling] = tellings(rows)
    [passage] = telling["passages"]
    bare = str(passage).replace(" <small>date</small>", "").replace("<mark>", "").replace("</mark>", "")
    assert bare == str(escape(text))
