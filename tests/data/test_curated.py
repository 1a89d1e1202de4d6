"""Data sets that people keep: which rows count, what a row states, counts that agree."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from data.archive import Archive
from data.curated import Reading, TableError, load_data_sets, read_data_set, read_table
from data.curated.dataset import DataSetError
from data.curated.dataset import load_data_sets as load_from
from data.curated.places import Places
from data.models import Mention
from data.reference import load_reference

EVAL = Path(__file__).parents[3] / "shared" / "eval"
REFERENCE = load_reference()
STOP = load_data_sets()[0]
SHUTDOWN = {
    "start_date": "44235.0", "country": "Uganda", "geo_scope": "It affected more than one state", "area_name": "",
    "shutdown_type": "Shutdown", "shutdown_extent": "Service-based", "ordered_by": "Executive government",
    "decision_maker": "Uganda Communications Commission", "info_source_link": "see https://example.org/a, and others",
    "end_date": "44300", "gov_justification": "National security/ Counter-terrorism", "gov_ack": "Yes",
    "facebook_affected": "Yes", "twitter_affected": "No", "whatsapp_affected": "Unknown", "instagram_affected": "No",
    "telegram_affected": "No", "other_affected": "YouTube and Signal", "actual_cause": "Elections",
}  # fmt: skip
CASE = {
    "title": "DPC (Ireland) - IN-99", "authority": "DPC (Ireland)", "jurisdiction": "Ireland", "type": "Investigation",
    "outcome": "Violation Found", "started": "", "decided": "02.09.2021", "published": "02.09.2021",
    "fine": "1,234,500 EUR", "parties": "WhatsApp Ireland Ltd.Complainant", "case_no": "IN-99", "original_source": "",
    "lead": "The DPC fined WhatsApp for unclear notices.", "summary": "Facts\nThe notices were long.",
}  # fmt: skip


def sheet(tmp_path: Path, *rows: dict[str, str]) -> Path:
    file = tmp_path / "sheet.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, list(SHUTDOWN))
        writer.writeheader()
        writer.writerows(rows)
    return file


def cases(tmp_path: Path, *rows: dict[str, str]) -> Path:
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return file


def reading(file: Path) -> Reading:
    table = read_table(file)
    assert table
    return read_data_set(table, REFERENCE)


def facts(mention: Mention) -> tuple[Any, ...]:
    return mention.platform, mention.action, mention.status, mention.date, mention.country, mention.authority


def test_row_of_a_sheet_states_block_and_restore_of_each_platform(tmp_path: Path) -> None:
    (record,) = reading(sheet(tmp_path, SHUTDOWN)).records
    assert {facts(each) for each in record.mentions} == {
        (platform, action, "confirmed", when, "UG", "ucc-ug")
        for platform in ("facebook", "youtube", "signal")
        for action, when in (("block", "2021-02-08"), ("restore", "2021-04-14"))
    }
    assert {each.grounds for each in record.mentions} == {"security", None}
    assert (record.document.url, record.document.lang) == ("https://example.org/a", "zxx")


def test_evidence_quotes_the_cells(tmp_path: Path) -> None:
    for file in (sheet(tmp_path, SHUTDOWN), cases(tmp_path, CASE)):
        (record,) = reading(file).records
        for mention in record.mentions:
            assert {"platform", "country", "authority", "date"} <= {each.field for each in mention.evidence}
            for each in mention.evidence:
                assert record.document.body[each.start : each.end] == each.quote


@pytest.mark.parametrize(
    ("changed", "actions"),
    [
        ({"shutdown_extent": "Full network"}, None),
        ({"facebook_affected": "No", "other_affected": "VPN services"}, None),
        ({"shutdown_type": "Throttle"}, {"throttle", "restore"}),
        ({"end_date": ""}, {"block"}),
        ({"start_date": "soon", "end_date": ""}, set()),
    ],
)
def test_which_rows_count_and_what_they_tell(changed: dict[str, str], actions: set[str] | None, tmp_path: Path) -> None:
    found = reading(sheet(tmp_path, SHUTDOWN | changed))
    assert len(found.records) == (actions is not None)
    if actions is not None:
        assert {each.action for record in found.records for each in record.mentions} == actions
        assert bool(found.problems) == (not actions)


def test_unknown_country_is_told_by_line_and_kept(tmp_path: Path) -> None:
    found = reading(sheet(tmp_path, SHUTDOWN, SHUTDOWN | {"country": "Atlantis"}))
    assert [record.country for record in found.records] == ["UG", None]
    assert found.problems == ("sheet.csv, line 3: no country is called 'Atlantis'; kept without one",)


def test_case_states_the_fine_on_a_party(tmp_path: Path) -> None:
    (record,) = reading(cases(tmp_path, CASE)).records
    (fine,) = record.mentions
    assert facts(fine) == ("whatsapp", "fine", "confirmed", "2021-09-02", "IE", "dpc-ie")
    assert (fine.amount, fine.currency, fine.grounds) == (1_234_500, "EUR", "data-protection")
    assert record.document.text.startswith(CASE["lead"])


@pytest.mark.parametrize(
    ("parties", "lang"), [("WhatsApp Ireland", "en"), ("n/a", "en"), ("A hospital", "zxx"), ("Google2 SA", "en")]
)
def test_prose_is_read_unless_all_parties_are_others(parties: str, lang: str, tmp_path: Path) -> None:
    (record,) = reading(cases(tmp_path, CASE | {"parties": parties})).records
    assert record.document.lang == lang


def test_half_a_character_costs_no_more_than_itself(tmp_path: Path) -> None:
    file = cases(tmp_path, CASE | {"lead": "Fined \ud800.", "authority": "A \ud800 board"})
    (record,) = reading(file).records
    assert record.document.text.startswith("Fined ?.")
    with Archive(tmp_path / "archive.db") as archive:
        assert archive.add_curated([record]) == 1


def test_later_edition_knows_its_rows_again(tmp_path: Path) -> None:
    with Archive(tmp_path / "archive.db") as archive:
        first = reading(sheet(tmp_path, SHUTDOWN, SHUTDOWN | {"country": "Chad"})).records
        assert [archive.add_curated(first), archive.add_curated(first)] == [2, 0]
        later = reading(sheet(tmp_path, SHUTDOWN | {"country": "Chad"}, SHUTDOWN | {"gov_ack": "No"})).records
        assert archive.add_curated(later) == 1
        kept = archive.curated_of(record.document for record in later)
        assert kept == {record.document.id: record for record in later}


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"country\xff\n", "no UTF-8 at byte 8"), (b'start_date,country\n"1,' + b"x" * 11_000_000, "field larger")],
)
def test_file_that_is_no_table_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(TableError, match=reason):
        read_table(file)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "country\nUganda\n"])
def test_columns_of_no_data_set(content: str, tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text(content, "utf-8")
    assert read_table(file) is None


@pytest.mark.parametrize("line", ["lang: [", "lang: en", "confidence: 2"])
def test_bad_declaration_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(line, "utf-8")
    with pytest.raises(DataSetError, match=r"bad\.yaml: "):
        load_from(tmp_path)


SERVICES = re.compile(
    r"facebook|twitter|whatsapp|instagram|telegram|youtube|skype|viber|signal|dropbox|gmail|tiktok|linkedin|wechat|google"
    r"|clubhouse|zoom|\bimo\b|tango|line\b|messenger|periscope|tinder|snapchat|pinterest|teams|odnoklassniki",
    re.I,
)


@pytest.mark.skipif(not EVAL.exists(), reason="the data sets are not here")
@pytest.mark.parametrize("name", ["2016_2017_2018", "2019", "2020_Data", "2021_Data", "2022_Data"])
def test_counts_by_country_and_year_agree_with_the_sheets(name: str) -> None:
    file = EVAL / "stop" / f"{name}.csv"
    owed: Counter[tuple[str | None, int]] = Counter()
    for row in csv.DictReader(file.open(encoding="utf-8-sig")):
        cells = {key.strip().casefold(): (value or "").strip() for key, value in row.items() if key}
        extents = ("shutdown_extent", "full or service-based", "shutdown_type_group")
        extent = next(cells[each] for each in extents if each in cells)
        flagged = any(cells.get(f"{each}_affected") in ("1", "Yes") for each in ("facebook", "twitter", "whatsapp"))
        flagged |= any(cells.get(f"{each}_affected") in ("1", "Yes") for each in ("instagram", "telegram"))
        words = " ".join(cells.get(each, "") for each in ("service_details", "other_affected"))
        if re.search("service|throttl", extent, re.I) and (flagged or SERVICES.search(words)):
            started = date(1899, 12, 30) + timedelta(days=int(float(cells["start_date"])))
            owed[Places(STOP, REFERENCE).country(cells["country"]), started.year] += 1
    found = Counter(
        (record.country, min(int((mention.date or "0")[:4]) for mention in record.mentions))
        for record in reading(file).records
    )
    assert found == owed


@pytest.mark.skipif(not EVAL.exists(), reason="the data sets are not here")
def test_all_case_records_are_in_by_country_and_year() -> None:
    file = EVAL / "gdprhub.jsonl"
    rows = [json.loads(line) for line in file.read_text("utf-8").split("\n") if line]
    owed = Counter((row["jurisdiction"], row["decided"].strip()[-4:]) for row in rows)
    names = {each.id: each.name for each in REFERENCE.countries.values()}
    found: Counter[tuple[str, str]] = Counter()
    for record in reading(file).records:
        decided = re.search("^Decided: (.*)$", record.document.text, re.M)
        found[names[record.country or ""], decided[1][-4:] if decided else ""] += 1
    assert found == owed
    assert sum(owed.values()) == len(rows)
