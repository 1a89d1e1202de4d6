"""What `splinterlog explain` says: every candidate and trigger, and which component dropped what."""

from __future__ import annotations

import pytest

from data.models import Document
from nlp.explain import explain
from nlp.judge import Judge
from nlp.tag import Tagger

TEXT = """Kenya blocked Telegram on Thursday, the Communications Authority said. Apple blocked a user.

The ministry was fined. Spain's regulator may sanction Viber."""


def _lines(title: str, text: str, lang: str | None = "en") -> list[str]:
    document = Document("kenya", title, text, "2025-12-05", lang)
    return list(explain(document, Tagger().doc(document), Judge.load()))


@pytest.mark.parametrize(
    "line",
    [
        "platforms: telegram “Telegram”, apple “Apple”, viber “Viber”",
        "places: KE “Kenya”, ES “Spain”",
        "1. telegram block",
        "kept, ≥",
        "country KE",
        "“blocked” (verb) to “Telegram”: object",
        "actor place “Kenya”",
        "for it: +",
        "apple block",
        "dropped by the judge, <",
        "triggers without a frame:",
        "“sanction” (fine): frames: wants in its sentence one of",
    ],
)
def test_every_step_is_told(line: str) -> None:
    assert line in "\n".join(_lines("Kenya blocks Telegram", TEXT))


def test_candidates_stand_surest_first() -> None:
    told = [line for line in _lines("Kenya blocks Telegram", TEXT) if " block " in line and line[:1].isdigit()]
    sure = [float(line.split(":")[0].split()[-1]) for line in told]
    assert len(sure) == 2
    assert sure == sorted(sure, reverse=True)


@pytest.mark.parametrize(
    ("title", "lang", "line"),
    [
        ("Nepal bans a film", "en", "“bans” (ban): platforms: the document names none"),
        ("Viber estetään", "fi", "language: nobody reads it; no mentions"),
    ],
)
def test_what_ends_the_reading_early_is_named(title: str, lang: str, line: str) -> None:
    assert line in "\n".join(_lines(title, "", lang))
