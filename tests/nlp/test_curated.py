"""What columns state, laid over what is read in a record's words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from data.archive import Archive
from data.models import CuratedRecord, Document, Evidence, Mention
from nlp.build import build
from nlp.curated import with_stated
from nlp.tag import Tagger

LEAD = "The Irish data protection commission fined WhatsApp €225 million for unclear notices."
DOCUMENT = Document("g1", "Decision IN-1", LEAD, lang="en", source="cases")
STATED = Mention(
    "whatsapp", "fine", "confirmed", date="2021-08-20", date_precision="day", date_basis="stated", country="IE",
    authority="dpc-ie", amount=225e6, currency="EUR", grounds="data-protection", confidence=0.95,
)  # fmt: skip
READ = replace(STATED, date=None, date_precision=None, date_basis=None, grounds=None, scope="data", confidence=0.6)
QUOTE = Evidence("action", 0, 5, "fined")
QUOTED = replace(READ, evidence=(QUOTE,))
OTHER = replace(READ, amount=5e6)
DATED = replace(OTHER, date="2021-08-20", date_precision="day", date_basis="stated")
RECORD = CuratedRecord(DOCUMENT, (STATED,), "IE", "dpc-ie", "2021-08-20")


@pytest.mark.parametrize(
    ("read", "mentions"),
    [
        pytest.param([], [STATED], id="nothing read"),
        pytest.param([READ], [replace(STATED, scope="data")], id="the same"),
        pytest.param([replace(READ, platform="meta")], [replace(STATED, scope="data")], id="its owner"),
        pytest.param([QUOTED], [replace(STATED, scope="data", evidence=(QUOTE,))], id="words"),
        pytest.param([OTHER], [STATED, DATED], id="another sum"),
        pytest.param(
            [replace(READ, country="DE", authority=None)],
            [STATED, replace(READ, country="DE", authority=None)],
            id="another country",
        ),
    ],
)  # fmt: skip
def test_columns_win_over_words(read: list[Mention], mentions: list[Mention]) -> None:
    assert with_stated(read, RECORD) == mentions


def test_words_that_name_nobody_are_the_record_s(tmp_path: Path) -> None:
    bare = Mention("google", "order", "confirmed", date="2021-09-01", date_basis="published")
    (located,) = with_stated([bare], replace(RECORD, mentions=()))
    assert (located.country, located.authority, located.date) == ("IE", "dpc-ie", "2021-08-20")


def test_what_is_stated_outlives_readings_and_a_later_edition_is_news(tmp_path: Path) -> None:
    class Other(Tagger):
        version = "another"

    with Archive(tmp_path / "archive.db") as archive:
        for record, tagger in ((RECORD, Tagger()), (RECORD, Other())):
            archive.add_curated([record])
            build(archive, tmp_path / "events.db", tagger=tagger, now=lambda: "2026-01-01T00:00:00Z")
            (mention,) = [each.mention for each in archive.mentions() if each.mention.action == "fine"]
            assert (mention.date, mention.confidence) == ("2021-08-20", 0.95)
            assert any(each.quote in LEAD for each in mention.evidence)
        archive.add_curated([replace(RECORD, mentions=(replace(STATED, date="2021-09-02"),))])
        summary = build(archive, tmp_path / "events.db", tagger=Other(), now=lambda: "2026-01-02T00:00:00Z")
        assert (summary.tagged, [change.field for change in archive.memory.changes()][-1]) == (1, "date")
        assert archive.memory.changes()[-1].why == "document"
