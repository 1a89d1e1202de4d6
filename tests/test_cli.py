"""The command line's contract, which other programs rely on: what goes in, what comes out, and how it fails."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from nlp.tag import Tagger
from splinterlog import main

SPLINTERLOG = Path(sys.executable).with_name("splinterlog")
ROOT = Path(__file__).parents[1]
GUIDE = ROOT.parent / "shared" / "eval"
KEYS = [
    *("platform", "action", "date", "date_precision", "date_basis", "status", "country", "authority"),
    *("amount", "currency", "confidence", "evidence"),
]
BLOCK = {
    "id": "block",
    "title": "Russia blocks FaceTime",
    "text": "Roskomnadzor said on Thursday that it had blocked FaceTime.",
    "published": "2025-12-04",
    "lang": "en",
    "url": "https://news.test/1",
    "source": "news",
}
FINE = BLOCK | {
    "id": "fine",
    "title": "Ireland fines TikTok",
    "text": "The Data Protection Commission fined TikTok €530 million on 2 May 2025.",
}
NULLS = {"published": None, "lang": None, "url": None, "source": None}


def run(*arguments: object, input: str | bytes | None = None) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments], input=input)


def write(path: Path, records: Sequence[Any]) -> Path:
    """The records as JSON lines; a string or bytes among them stands for itself."""
    path.write_bytes(b"".join(_line(record) + b"\n" for record in records))
    return path


def _line(record: Any) -> bytes:
    if isinstance(record, bytes):
        return record
    return (record if isinstance(record, str) else json.dumps(record)).encode()


def tagged(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def test_tag_writes_a_line_a_document_in_the_same_order(tmp_path: Path) -> None:
    ids = ["z", "a", "m", "a", "0"]
    docs = write(tmp_path / "docs.jsonl", [BLOCK | {"id": id} for id in ids])
    result = run("tag", docs, "-o", tmp_path / "events.jsonl")
    assert (result.exit_code, result.output) == (0, "")
    lines = tagged((tmp_path / "events.jsonl").read_text("utf-8"))
    assert [line["id"] for line in lines] == ids
    assert all(list(line) == ["id", "events"] for line in lines)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs.jsonl", "events.jsonl"]


def test_tag_writes_the_agreed_keys_and_true_offsets(tmp_path: Path) -> None:
    documents = [BLOCK, FINE, BLOCK | {"id": "astral", "title": "🦊 𝕏: Russia blocks FaceTime"}]
    lines = tagged(run("tag", write(tmp_path / "docs.jsonl", documents)).output)
    for document, line in zip(documents, lines, strict=True):
        body = f"{document['title']}\n\n{document['text']}"
        assert line["events"], document["id"]
        for event in line["events"]:
            assert list(event) == KEYS
            assert 0 <= event["confidence"] <= 1
            assert event["evidence"]
            for quote in event["evidence"]:
                assert list(quote) == ["field", "start", "end", "quote"]
                assert body[quote["start"] : quote["end"]] == quote["quote"] != ""


def test_tag_reads_what_is_told(tmp_path: Path) -> None:
    block, fine = (line["events"][0] for line in tagged(run("tag", write(tmp_path / "d.jsonl", [BLOCK, FINE])).output))
    wanted = {"platform": "facetime", "action": "block", "date": "2025-12-04", "date_precision": "day"}
    wanted |= {"date_basis": "relative", "status": "confirmed", "country": "RU", "authority": "rkn"}
    assert wanted.items() <= block.items()
    assert (block["amount"], block["currency"]) == (None, None)
    wanted = {"platform": "tiktok", "action": "fine", "date": "2025-05-02", "date_basis": "stated", "country": "IE"}
    assert (wanted | {"authority": "dpc-ie", "amount": 530e6, "currency": "EUR"}).items() <= fine.items()


@pytest.mark.parametrize(
    "record",
    [
        BLOCK | NULLS,
        {key: BLOCK[key] for key in ("id", "title", "text")},
        BLOCK | {"title": "", "text": ""},
        BLOCK | {"lang": "xx"},
        BLOCK | {"published": "no date at all"},
        BLOCK | {"events": [], "anything": {"else": 1}},
        b"\xef\xbb\xbf" + _line(BLOCK),
        BLOCK | {"text": f"{BLOCK['text']} \ud800 and \x00 and \u2028 and \u202e."},
        BLOCK | {"id": "\ud800"},
        BLOCK | {"text": f"{BLOCK['text']}\n\n{'word ' * 100_000}"},
        BLOCK | {"text": "x" * 300_000},
    ],
    ids=[
        "nulls",
        "keys left out",
        "empty",
        "language",
        "date",
        "more keys",
        "BOM",
        "odd",
        "odd id",
        "long",
        "one word",
    ],
)
def test_tag_takes_what_strangers_write(record: Any, tmp_path: Path) -> None:
    docs = write(tmp_path / "docs.jsonl", [record, "", FINE])
    result = run("tag", docs)
    assert result.exit_code == 0, result.output
    first, last = tagged(result.stdout)
    assert result.stderr == ""
    assert last["events"]
    if isinstance(record, dict) and record.get("text", "").startswith(BLOCK["text"]) and record.get("lang") != "xx":
        assert [event["platform"] for event in first["events"]] == ["facetime"]


BAD_LINES = {
    "not JSON": "{",
    "an array": "[1]",
    "a string": '"id"',
    "no id": {"title": "", "text": ""},
    "no title": {"id": "x", "text": ""},
    "no text": {"id": "x", "title": ""},
    "text no string": {"id": "x", "title": "", "text": 5},
    "url no string": {"id": "x", "title": "", "text": "", "url": 5},
    "no UTF-8": b'{"id": "x", "title": "\xff", "text": ""}',
    "too deep": "[" * 200_000,
    "too large a number": '{"id": ' + "9" * 5000 + "}",
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_bad_line_is_told_by_number_and_nothing_is_written(line: Any, tmp_path: Path) -> None:
    docs = write(tmp_path / "docs.jsonl", [BLOCK, "", line, BLOCK])
    older = tmp_path / "events.jsonl"
    older.write_text("older\n")
    for result in (run("tag", docs, "-o", older), run("tag", docs)):
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"{docs}, line 3: " in result.stderr
        assert "id, title and text" in result.stderr
        assert len(result.stderr) < 500
    assert older.read_text() == "older\n"
    assert {path.name for path in tmp_path.iterdir()} == {"docs.jsonl", "events.jsonl"}


def test_failure_in_the_middle_leaves_the_older_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(tagger: Tagger, documents: Sequence[Any]) -> Any:
        yield documents[0], []
        raise OSError("no space left")

    monkeypatch.setattr(Tagger, "read_all", fails)
    older = tmp_path / "events.jsonl"
    older.write_text("older\n")
    result = run("tag", write(tmp_path / "docs.jsonl", [BLOCK, FINE]), "-o", older)
    assert result.exit_code == 1
    assert "no space left" in result.stderr
    assert older.read_text() == "older\n"
    assert {path.name for path in tmp_path.iterdir()} == {"docs.jsonl", "events.jsonl"}


def test_tag_is_a_filter_that_needs_no_database_and_gives_the_same_again(tmp_path: Path) -> None:
    command = [str(SPLINTERLOG), "tag", "-", "-o", "-"]
    lines = b"".join(_line(record) + b"\n" for record in (BLOCK, FINE))
    environment = os.environ | {"LC_ALL": "C", "PYTHONHASHSEED": "1"}
    first = subprocess.run(command, input=lines, cwd=tmp_path, env=environment, capture_output=True, check=True)
    assert first.stderr == b""
    assert [line["id"] for line in tagged(first.stdout.decode())] == ["block", "fine"]
    assert run("tag", "-", input=lines).stdout_bytes == first.stdout
    assert not list(tmp_path.iterdir())


def test_tag_writes_into_a_device_and_through_a_link(tmp_path: Path) -> None:
    docs = write(tmp_path / "docs.jsonl", [BLOCK])
    assert run("tag", docs, "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert run("tag", docs, "-o", tmp_path / "link").exit_code == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text()


def test_tag_says_where_it_cannot_write(tmp_path: Path) -> None:
    result = run("tag", write(tmp_path / "docs.jsonl", [BLOCK]), "-o", tmp_path / "nowhere" / "events.jsonl")
    assert result.exit_code == 1
    assert "nowhere" in result.stderr


PAGE = """<html lang="en"><head><title>A page</title><link rel="canonical" href="/news/1">
<meta property="article:published_time" content="2025-12-04T10:00:00Z"></head><body><article><h1>A page</h1>
<p>The ministry said on Thursday that the harbour will open again in spring, once the cranes are repaired.</p>
<p>Fishermen had asked for an earlier day, but the council found that the work could not be hurried.</p></article>"""


def test_extract_writes_a_line_a_page_and_tells_bad_ones(tmp_path: Path) -> None:
    pages = [tmp_path / name for name in ("a.html", "gone.html", "b.html")]
    for page in (pages[0], pages[2]):
        page.write_text(PAGE)
    result = run("extract", "--url", "https://news.test/old", *pages, tmp_path)
    assert result.exit_code == 1
    lines = tagged(result.stdout)
    assert [line["file"] for line in lines] == [str(pages[0]), str(pages[2])]
    keys = ["file", "url", "title", "text", "published", "published_basis", "lang", "authors", "section", "partial"]
    assert all(list(line) == keys for line in lines)
    facts = {"url": "https://news.test/news/1", "title": "A page", "published": "2025-12-04", "lang": "en"}
    assert facts.items() <= lines[0].items()
    assert "harbour" in lines[0]["text"]
    assert str(pages[1]) in result.stderr
    assert "2 of 4 pages" in result.stderr


@pytest.mark.parametrize("page", [b"", b"\x00\xff\xfe", b"no markup", b"<p>\xff\xd8</p>", b"<" * 10_000])
def test_extract_reads_anything_from_standard_input(page: bytes) -> None:
    result = run("extract", "-", input=page)
    assert result.exit_code == 0
    (line,) = tagged(result.stdout)
    assert (line["file"], line["url"]) == ("-", None)


def test_import_puts_in_whole_files_or_nothing_of_them(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    good = write(tmp_path / "good.jsonl", [BLOCK])
    bad = write(tmp_path / "bad.jsonl", [FINE, "{"])
    result = run("import", bad, good, "--archive", archive)
    assert result.exit_code == 2
    assert f"{bad}, line 2: " in result.stderr
    assert stored(archive) == {"block"}
    assert "0 new or revised" in run("import", good, "--archive", archive).output
    assert "1 new or revised" in run("import", "-", "--archive", archive, input=json.dumps(FINE)).output
    assert stored(archive) == {"block", "fine"}


def stored(archive: Path) -> set[str]:
    with sqlite3.connect(archive) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM documents")}


def test_import_refuses_other_files_before_it_writes(tmp_path: Path) -> None:
    other = write(tmp_path / "page.html", [])
    result = run("import", write(tmp_path / "good.jsonl", [BLOCK]), other, "--archive", tmp_path / "archive.db")
    assert result.exit_code == 2
    assert f"{other}: only .jsonl, .csv, .warc and .warc.gz files" in result.stderr
    assert not (tmp_path / "archive.db").exists()


CASE = {
    "title": "Case 1", "authority": "DPC (Ireland)", "jurisdiction": "Atlantis", "outcome": "Violation Found",
    "decided": "02.09.2021", "fine": "5,000,000 EUR", "parties": "TikTok", "case_no": "1", "lead": "", "summary": "",
}  # fmt: skip


def test_import_knows_data_sets_by_their_columns(tmp_path: Path) -> None:
    archive, sheet = tmp_path / "archive.db", tmp_path / "sheet.csv"
    sheet.write_text("year,country\n2021,Uganda\n")
    result = run("import", write(tmp_path / "cases.jsonl", [CASE]), sheet, "--archive", archive)
    assert result.exit_code == 2
    assert "1 new or revised records; 1 of 1 rows count (GDPRhub)" in result.stdout
    assert "cases.jsonl, line 1: no country is called 'Atlantis'; kept without one" in result.stderr
    assert f"{sheet}: its columns are of no declared data set" in result.stderr
    assert run("build", "--archive", archive, "--events", tmp_path / "events.db").output.startswith(
        "1 documents (1 read now), 1 mentions, 1 events"
    )


def test_street_by_commands_of_its_own(tmp_path: Path) -> None:
    archive, events = tmp_path / "archive.db", tmp_path / "public.db"
    assert run("import", write(tmp_path / "d.jsonl", [BLOCK, FINE]), "--archive", archive).exit_code == 0
    first = run("build", "--archive", archive, "--events", events)
    assert first.exit_code == 0
    assert first.output.startswith("2 documents (2 read now), 2 mentions, 2 events")
    assert run("build", "--archive", archive, "--events", events).output.startswith("2 documents (0 read now)")
    status = run("status", "--archive", archive)
    assert status.exit_code == 0
    assert "2 documents" in status.output
    assert "last refresh: 20" in status.output


def test_paths_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    text = write(tmp_path / "text.db", ["no database, but long enough to be taken for one by its size" * 20])
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE cats (name)")
    good = tmp_path / "archive.db"
    run("import", write(tmp_path / "docs.jsonl", [BLOCK]), "--archive", good)
    missing, below = tmp_path / "missing.db", text / "archive.db"
    for arguments, word in [
        (("build", "--archive", missing, "--events", tmp_path / "e.db"), "no such archive; `splinterlog crawl`"),
        (("status", "--archive", missing), "no such archive; `splinterlog crawl`"),
        (("status", "--archive", text), "not a database"),
        (("build", "--archive", other), "not a Splinterlog archive"),
        (("import", tmp_path / "docs.jsonl", "--archive", below), "give another path"),
        (("build", "--archive", good, "--events", good), "not a public database"),
        (("build", "--archive", good, "--events", other), "not a public database"),
        (("serve", "--events", missing), "no such database; `splinterlog build`"),
        (("serve", "--events", good), "not a public database"),
        (("serve", "--events", text), "not a public database"),
    ]:
        result = run(*arguments)
        assert result.exit_code == 1, arguments
        assert word in result.stderr, arguments
        assert result.stderr.startswith("Error: "), arguments
    assert not missing.exists()
    assert not (tmp_path / "e.db").exists()


SOURCE = """id: {id}
name: A source
kind: news
country: XX
languages: [en]
spider: feed
url: http://127.0.0.1:9/feed.xml
format: rss
verified: none
allow_private: true
"""


def crawl(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A crawl in a process of its own, since Scrapy's loop cannot be started twice in one."""
    paths = ["--sources", str(folder), "--archive", str(folder.parent / "archive.db")]
    command = [str(SPLINTERLOG), "crawl", *paths, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(
    ("files", "arguments", "code", "words"),
    [
        ({}, [], 1, ["no enabled source under"]),
        ({"dead": SOURCE}, [], 3, ["dead: failed", "refused", "more than half of the sources failed"]),
        ({"dead": SOURCE}, ["--source", "alive"], 2, ["no source alive; there are dead"]),
        ({"dead": SOURCE, "bad": SOURCE + "colour: red\n"}, [], 3, ["bad.yaml:11: colour: ", "dead: failed"]),
        ({"bad": SOURCE.replace("feed\n", "spoon\n")}, [], 1, ["bad.yaml:6: spider: ", "'feed'"]),
        ({"bad": "id: [\n"}, [], 1, ["bad.yaml:2: yaml: "]),
    ],
)
def test_crawl_tells_what_it_could_not_do(
    files: dict[str, str], arguments: list[str], code: int, words: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text.format(id=name))
    result = crawl(folder, *arguments)
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    for word in words:
        assert word in result.stderr


def test_every_command_explains_itself() -> None:
    wanted = {"crawl", "import", "build", "tag", "extract", "serve", "eval", "status", "demo"}
    assert wanted <= set(main.commands)
    for name, command in main.commands.items():
        shown = run(name, "--help")
        assert shown.exit_code == 0
        assert len(command.help or "") > 40, name
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, (name, parameter.name)
    assert run("nonsense").exit_code == 2
    assert run("--version").output.startswith("splinterlog, version ")


GOLD = {"platform": ["facetime"], "action": ["block"], "date": "2025-12-04", "status": ["confirmed"], "country": "RU"}


def test_eval_scores_what_it_reads(tmp_path: Path) -> None:
    other = BLOCK | {"id": "other", "title": "The harbour opens", "text": "Ships came in.", "events": []}
    gold = write(tmp_path / "gold.jsonl", [BLOCK | {"events": [GOLD]}, other, FINE | {"events": []}])
    result = run("eval", gold, "--misses")
    assert result.exit_code == 0
    assert "documents 3  events owed 1  predicted 2" in result.stdout
    assert "event   P 0.500  R 1.000  F1 0.667" in result.stdout
    assert "false alarms per 1,000 irrelevant documents 500.0 of 2" in result.stdout
    assert "EXTRA   fine  tiktok fine 2025-05-02" in result.stderr


@pytest.mark.parametrize("line", ["{", BLOCK, BLOCK | {"events": [{}]}, {"id": "x", "events": []}, b"\xff"])
def test_eval_names_the_line_that_is_no_gold(line: Any, tmp_path: Path) -> None:
    result = run("eval", write(tmp_path / "gold.jsonl", [BLOCK | {"events": []}, line]))
    assert result.exit_code == 2
    assert "line 2: " in result.stderr


def test_the_article_that_the_project_grew_from_tells_one_event() -> None:
    if not (GUIDE / "seed.jsonl").exists():
        pytest.skip("needs ../shared/eval, which is not here")
    (document,) = tagged(run("tag", GUIDE / "seed.jsonl").stdout)
    (event,) = document["events"]
    assert (event["platform"], event["action"], event["country"], event["date"]) == ("facetime", "block", "RU", None)
    assert event["status"] in ("reported", "confirmed")
    assert event["authority"] in ("rkn", None)


def test_eval_gives_the_figures_of_the_guide(tmp_path: Path) -> None:
    if not (GUIDE / "dev.jsonl").exists():
        pytest.skip("needs ../shared/eval, which is not here")
    lines = (GUIDE / "dev.jsonl").read_text("utf-8").split("\n")
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(lines[::12]), "utf-8")
    events = tmp_path / "events.jsonl"
    assert run("tag", gold, "-o", events).exit_code == 0
    shutil.copy(GUIDE / "score.py", tmp_path / "score.py")
    judge = [sys.executable, str(tmp_path / "score.py"), str(gold), str(events), "--misses"]
    theirs = subprocess.run(judge, capture_output=True, text=True, check=True)
    ours = run("eval", gold, "--misses")
    assert ours.stdout == theirs.stdout
    assert sorted(ours.stderr.splitlines()) == sorted(theirs.stderr.splitlines())
