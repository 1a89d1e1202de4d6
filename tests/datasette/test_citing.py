"""An event as a citation program takes it."""

from __future__ import annotations

import re

import pytest

from datasette_config.site.citing import bibtex

ADDRESS = "https://site.test/event/2025-12-ru-facetime-block"


def entry(
    summary: str | None, id_: str = "2025-12-ru-facetime-block", changed: str | None = "2025-12-05T03:00:00Z"
) -> str:
    return bibtex({"id": id_, "summary": summary, "last_changed": changed}, ADDRESS)


def test_an_entry_says_what_when_and_where() -> None:
    assert entry("Russia: Roskomnadzor blocked FaceTime (2025-12-04, confirmed)").splitlines() == [
        "@online{splinterlog:2025-12-ru-facetime-block,",
        "  author = {{Splinterlog}},",
        "  title = {{Russia: Roskomnadzor blocked FaceTime (2025-12-04, confirmed)}},",
        "  year = {2025},",
        "  version = {2025-12-05},",
        f"  url = {{{ADDRESS}}},",
        "  note = {Facts under CC BY 4.0},",
        "}",
    ]


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("AT&T 50 % #1 $5 a_b", r"AT\&T 50 \% \#1 \$5 a\_b"),
        ("{x} } {", r"\{x\} \} \{"),
        ("a\\b ~ ^", r"a\textbackslash{}b \textasciitilde{} \textasciicircum{}"),
        ("two\nlines", "two lines"),
        ("Роскомнадзор", "Роскомнадзор"),
    ],
)
def test_no_character_of_a_title_is_a_command(words: str, plain: str) -> None:
    assert f"title = {{{{{plain}}}}}," in entry(words)


def test_an_event_that_knows_little_has_an_entry() -> None:
    told = entry(None, "odd id, {}", None)
    assert told.startswith("@online{splinterlog:odd-id----,\n") and "year" not in told
    assert re.search(r"title = \{\{odd id, \\\{\\\}\}\}", told)
