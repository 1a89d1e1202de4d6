"""The commands by which people correct events, on a real archive: what they say lasts, and bad words are told."""

from __future__ import annotations

import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from data.models import Document, Evidence, Mention
from splinterlog import main

ROOT = Path(__file__).parents[2]
LINES = {
    "1": ("2025-12-04", "facetime block RU 2025-12-04 reported 0.9\ngoogle fine RU 2025-12-04 confirmed 0.9"),
    "2": ("2025-12-05", "facetime block RU 2025-12-05 reported 0.9"),
    "3": ("2025-12-05", "signal block RU 2025-12-05 reported 0.4"),
    "4": ("2025-12-05", "x ban FR 2025-12-05 reported 0.6"),
    "5": ("2025-12-05", "tiktok order FR 2025-12-05 reported 0.8"),
}
BLOCKED, FINED, CUT = "2025-12-ru-facetime-block", "2025-12-ru-google-fine", "2025-12-ru-signal-block"
BANNED, ORDERED = "2025-12-fr-x-ban", "2025-12-fr-tiktok-order"


@dataclass
class LineTagger:
    """Reads each line of a text, as those above, as a mention."""

    version: str = "v1"
    day: str | None = None

    def read(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Mention]]]:
        for document in documents:
            yield document, [self._mention(document, line) for line in document.text.splitlines()]

    def _mention(self, document: Document, line: str) -> Mention:
        words: list[Any] = line.split()
        platform, action, country, date, status, confidence = words
        start = document.body.index(line)
        evidence = (Evidence("action", start, start + len(line), line),)
        told = {"date": self.day or date, "date_basis": "stated", "country": country, "evidence": evidence}
        return Mention(platform, action, status, confidence=float(confidence), **told)


@dataclass
class Desk:
    """An editor's folder: an archive with its public database and its corrections, and the real commands."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch

    @property
    def file(self) -> Path:
        return self.folder / "corrections.yaml"

    def clock(self, time: str) -> None:
        self.monkeypatch.setattr("data.clock.now", lambda: time)

    def run(self, command: str, *arguments: str, by: str | None = "A. Editor", **values: Any) -> Result:
        paths = ["--archive", str(self.folder / "archive.db")]
        if command in ("build", "review"):
            paths += ["--events", str(self.folder / "events.db")]
        environment = {"SPLINTERLOG_BY": by} if by else {}
        return CliRunner().invoke(main, [command, *arguments, *paths], env=environment, **values)

    def say(self, command: str, *arguments: str) -> None:
        result = self.run(command, *arguments, "--why", "Seen.")
        assert result.exit_code == 0, result.output

    def add(self, **lines: tuple[str, str]) -> None:
        file = self.folder / "docs.jsonl"
        documents = [
            {"id": id, "title": f"Title {id}", "text": text, "published": day, "url": f"https://n.example/{id}",
             "source": f"s{id}"}
            for id, (day, text) in lines.items()
        ]  # fmt: skip
        file.write_text("".join(json.dumps(each) + "\n" for each in documents))
        assert self.run("import", str(file)).exit_code == 0

    def build(self, tagger: LineTagger | None = None) -> Result:
        self.monkeypatch.setattr("nlp.tag.Tagger", lambda: tagger or LineTagger())
        return self.run("build")

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.folder / "events.db")) as db:
            return db.execute(sql).fetchall()

    def state(self) -> dict[str, list[tuple[Any, ...]]]:
        tables = ("events", "evidence", "documents", "changes", "redirects", "corrections")
        return {table: sorted(self.rows(f"SELECT * FROM {table}"), key=repr) for table in tables}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path, monkeypatch)
    made.clock("2026-01-01T00:00:00Z")
    made.add(**LINES)
    assert made.build().exit_code == 0
    return made


@pytest.fixture
def edited(desk: Desk) -> Desk:
    """A desk at which a person has said one thing of each kind."""
    desk.clock("2026-01-02T00:00:00Z")
    desk.say("correct", BLOCKED, "date", "2025-12-03")
    desk.say("correct", FINED, "country", "none")
    desk.say("split", BLOCKED, "https://n.example/2")
    desk.say("merge", ORDERED, "--into", BANNED)
    desk.say("reject", CUT)
    desk.say("accept", BANNED)
    assert desk.build().exit_code == 0
    return desk


EVENTS = [
    (BANNED, "2025-12-05", "FR", 2, 1, None),
    (BLOCKED, "2025-12-03", "RU", 1, 1, "date"),
    (f"{BLOCKED}-part2", "2025-12-05", "RU", 1, 1, None),
    (FINED, "2025-12-04", None, 1, 1, "country"),
]
SEEN = "SELECT id, date, country, documents, reviewed, corrected FROM events ORDER BY id"


def test_what_people_say_is_published_with_who_and_why(edited: Desk) -> None:
    assert edited.rows(SEEN) == EVENTS
    assert edited.rows("SELECT old_id, event_id FROM redirects") == [(ORDERED, BANNED)]
    assert edited.rows('SELECT kind, event_id, field, old, value, others, why, "by" FROM corrections ORDER BY id') == [
        ("correct", BLOCKED, "date", "2025-12-04", "2025-12-03", None, "Seen.", "A. Editor"),
        ("correct", FINED, "country", "RU", None, None, "Seen.", "A. Editor"),
        ("split", BLOCKED, None, None, None, f"{BLOCKED}-part2", "Seen.", "A. Editor"),
        ("merge", BANNED, None, None, None, ORDERED, "Seen.", "A. Editor"),
        ("reject", CUT, None, None, None, None, "Seen.", "A. Editor"),
        ("accept", BANNED, None, None, None, None, "Seen.", "A. Editor"),
    ]
    whys = {why for (why,) in edited.rows("SELECT DISTINCT why FROM changes WHERE id > 5")}
    assert whys == {"correction"}


def test_it_lasts(edited: Desk) -> None:
    before = edited.state()
    assert " 0 changes" in edited.build().stdout
    assert edited.state() == before
    for file in edited.folder.glob("events.db*"):
        file.unlink()
    assert edited.build().exit_code == 0
    assert edited.state() == before
    assert "(5 read now)" in edited.build(LineTagger("v2", day="2025-12-06")).stdout
    moved = [
        (id, date if corrected == "date" else "2025-12-06", *rest, corrected) for id, date, *rest, corrected in EVENTS
    ]
    assert edited.rows(SEEN) == moved


def test_an_accepted_event_stays_though_no_document_is_read_to_tell_it(edited: Desk) -> None:
    edited.clock("2026-01-03T00:00:00Z")
    edited.say("accept", BANNED)
    edited.clock("2026-01-04T00:00:00Z")
    edited.add(**{"4": ("2025-12-05", ""), "5": ("2025-12-05", "")})
    edited.build()
    told = f"SELECT field, quote, url FROM evidence JOIN documents d ON d.id = document_id WHERE event_id = '{BANNED}'"
    assert sorted(edited.rows(told)) == [("event", f"Title {id}", f"https://n.example/{id}") for id in (4, 5)]
    first = json.loads(edited.run("review", "--json").stdout.splitlines()[0])
    assert (first["event"], first["points"]) == (BANNED, 7)
    for file in edited.folder.glob("events.db*"):
        file.unlink()
    edited.build()
    assert sorted(edited.rows(told)) == [("event", f"Title {id}", f"https://n.example/{id}") for id in (4, 5)]
    assert edited.build().exit_code == 0


def test_it_holds_in_an_archive_elsewhere(edited: Desk, tmp_path_factory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Desk(tmp_path_factory.mktemp("elsewhere"), monkeypatch)
    other.add(**LINES)
    other.file.write_bytes(edited.file.read_bytes())
    assert other.build().exit_code == 0
    assert other.rows(SEEN) == EVENTS


def test_an_entry_that_is_deleted_is_undone(edited: Desk) -> None:
    edited.file.write_text("[]\n")
    assert edited.build().exit_code == 0
    assert [row[0] for row in edited.rows(SEEN)] == sorted([BLOCKED, FINED, CUT, BANNED, ORDERED])
    assert edited.rows("SELECT sum(reviewed), count(corrected) FROM events") == [(0, 0)]
    assert edited.rows("SELECT old_id, event_id FROM redirects") == [(f"{BLOCKED}-part2", BLOCKED)]


def test_a_later_document_that_tells_otherwise_calls_for_review(edited: Desk) -> None:
    edited.clock("2026-01-03T00:00:00Z")
    edited.add(**{"8": ("2030-01-01", "facetime block RU 2025-12-04 reported 0.9"),
                  "9": ("2030-01-01", "signal block RU 2025-12-05 reported 0.9")})  # fmt: skip
    edited.build()
    found = edited.rows("SELECT event_id, contradicted FROM corrections WHERE contradicted IS NOT NULL ORDER BY id")
    assert found == [(BLOCKED, "8"), (CUT, "9")]
    assert (BLOCKED, "2025-12-03") in edited.rows("SELECT id, date FROM events")
    first, second = [json.loads(line) for line in edited.run("review", "--json").stdout.splitlines()[:2]]
    assert (first["event"], second["event"]) == (BLOCKED, CUT)
    assert first["reasons"] == ["a later document tells another date than 2025-12-03, set by A. Editor"]
    assert first["quotes"][0]["quote"] == "facetime block RU 2025-12-04 reported 0.9"
    assert second["quotes"] == [{"field": "event", "quote": "Title 9", "title": "Title 9", "source": "s9",
                                 "url": "https://n.example/9", "published": "2030-01-01", "chosen": 1}]  # fmt: skip
    edited.clock("2026-01-04T00:00:00Z")
    edited.say("accept", BLOCKED)
    assert BLOCKED not in edited.run("review", "--list").stdout
    edited.build()
    assert edited.rows("SELECT event_id FROM corrections WHERE contradicted IS NOT NULL") == [(CUT,)]


BAD = [
    (("correct", "2025-12-ru-facetime-blok", "date", "2025"), f"did you mean {BLOCKED}"),
    (("correct", BLOCKED, "date", "yesterday"), "value: 'yesterday' is no date; write 2025-12-04"),
    (("correct", BLOCKED, "colour", "red"), "field: 'colour' cannot be corrected; platform, action"),
    (("correct", BLOCKED, "platform", "facetme"), "did you mean facetime"),
    (("merge", BLOCKED, "--into", "2025-12-ru-none-block"), "no event '2025-12-ru-none-block'"),
    (("split", BLOCKED, "https://n.example/none"), "no document"),
    (("split", BLOCKED, "1", "--into", "Two"), "into: 'Two' is no event's id"),
    (("reject", "x"), "no event 'x'"),
]


@pytest.mark.parametrize(("arguments", "words"), BAD)
def test_bad_words_are_told_and_not_written(desk: Desk, arguments: tuple[str, ...], words: str) -> None:
    result = desk.run(*arguments, "--why", "Seen.")
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert not desk.file.exists()


@pytest.mark.parametrize("given", [("--why", "Seen."), ("--why", " ", "--by", "A."), ("--by", "A.")])
def test_who_and_why_must_be_said(desk: Desk, given: tuple[str, ...]) -> None:
    result = desk.run("accept", BLOCKED, *given, by=None)
    assert result.exit_code == 2
    assert "Say it with --" in result.stderr
    assert not desk.file.exists()


def test_a_bad_entry_is_told_by_the_build_which_obeys_the_others(edited: Desk) -> None:
    bad = edited.file.read_text() + "- reject: X\n  why: Seen.\n"
    said = "\n  why: Seen.\n  by: A.\n  when: 2026-01-01\n"
    edited.file.write_text(f"{bad}- reject: {FINED}{said}- accept: 2025-12-ru-none-block{said}")
    result = edited.build()
    assert result.exit_code == 2
    line = bad[: bad.index("- reject: X")].count("\n") + 1
    assert f"refused: {edited.file}:{line}: reject: 'X' is no event's id" in result.stderr
    assert f"warning: {edited.file}:{line + 6}: accept: there is no event 2025-12-ru-none-block" in result.stderr
    assert f"mend what was refused in {edited.file}" in result.stderr
    assert edited.rows(SEEN) == [row for row in EVENTS if row[0] != FINED]


def test_a_file_that_is_no_list_stops_the_build_before_anything_changes(edited: Desk) -> None:
    before = edited.state()
    edited.file.write_text("- a: [\n")
    edited.add(**{"6": ("2025-12-09", "telegram block RU 2025-12-09 reported 0.9")})
    for result in (edited.build(), edited.run("accept", BLOCKED, "--why", "x"), edited.run("review", "--list")):
        assert result.exit_code == 2
        assert f"{edited.file}:2: yaml: " in result.stderr
    assert edited.state() == before


def test_a_mistyped_file_of_corrections_is_no_empty_one(edited: Desk) -> None:
    for command in (("build",), ("review", "--list"), ("accept", BLOCKED, "--why", "x")):
        result = edited.run(*command, "--corrections", str(edited.folder / "corections.yaml"))
        assert result.exit_code == 2
        assert "there is no such file of corrections" in result.stderr


def test_review_lists_what_most_needs_a_person(desk: Desk) -> None:
    found = [json.loads(line) for line in desk.run("review", "--json").stdout.splitlines()]
    assert [each["event"] for each in found] == [CUT, BANNED, BLOCKED]
    assert found[0]["reasons"] == ["a nation-wide block that a single source tells", "confidence is 0.4"]
    assert found[2]["reasons"] == ["documents differ: date is also 2025-12-05"]
    assert found[0]["points"] > found[1]["points"] > found[2]["points"] > 0
    shown = desk.run("review", "--list", "--limit", "1").stdout
    assert CUT in shown and "“signal block RU 2025-12-05 reported 0.4” (s3, 2025-12-05, https://n.example/3)" in shown
    assert BANNED not in shown
    for event in (CUT, BANNED, BLOCKED):
        desk.say("accept", event)
    assert desk.run("review", "--list").stderr == "nothing to review\n"
    desk.build()
    assert desk.run("review", "--json").stdout == ""


def test_review_needs_a_terminal_and_a_database_of_this_version(desk: Desk) -> None:
    assert "answers are taken on a terminal" in desk.run("review").stderr
    with closing(sqlite3.connect(desk.folder / "events.db")) as db:
        db.execute("PRAGMA user_version = 1")
    result = desk.run("review", "--list")
    assert result.exit_code == 1
    assert "made by another version" in result.stderr
    for file in desk.folder.glob("events.db*"):
        file.unlink()
    assert "`splinterlog build` makes it" in desk.run("review", "--list").stderr
    assert not (desk.folder / "events.db").exists()


def test_review_takes_answers_on_a_terminal(desk: Desk) -> None:
    answers = [
        "B. Reader",
        "c",
        "date",
        "soon",
        "Seen.",
        "c",
        "date",
        "2025-12-01",
        "Seen.",
        "m",
        BLOCKED,
        "One act.",
        "q",
    ]
    shown = _typed(desk, answers)
    assert "is no date; write 2025-12-04" in shown
    assert "2/3" in shown and "3/3" not in shown
    assert "Traceback" not in shown
    text = desk.file.read_text()
    assert [text.count(word) for word in ("- correct:", "- merge:", "by: B. Reader")] == [1, 1, 2]


def _typed(desk: Desk, answers: list[str]) -> str:
    """What review shows on a terminal at which these lines are typed."""
    mine, theirs = pty.openpty()
    command = [sys.executable, "-c", "from splinterlog import main; main()", "review"]
    for name in ("archive", "events"):
        command += [f"--{name}", str(desk.folder / f"{name}.db")]
    os.write(mine, "".join(f"{answer}\n" for answer in answers).encode())
    done = subprocess.run(command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT, timeout=60)
    os.close(theirs)
    os.close(mine)
    return done.stdout.decode()


def test_the_example_of_the_docs_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "corrections.md").read_text("utf-8")
    (example,) = re.findall(r"^```sh\n(.+?)^```$", page, re.MULTILINE | re.DOTALL)
    stories = {
        "https://news.example/1": ("Russia blocks FaceTime", "Roskomnadzor blocked FaceTime on 4 December 2025."),
        "https://news.example/2": ("FaceTime blocked in Russia", "Russia blocked FaceTime on 4 December 2025."),
        "https://news.example/3": ("Russia blocks Skype", "Roskomnadzor blocked Skype on 4 December 2025."),
        "https://news.example/4": ("France fines X", "France's CNIL fined X 5 million euros on 5 December 2025."),
    }
    lines = [json.dumps({"id": url[-1], "title": title, "text": text, "published": "2025-12-06", "url": url})
             for url, (title, text) in stories.items()]  # fmt: skip
    (tmp_path / "docs.jsonl").write_text("\n".join(lines))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    script = ["bash", "-euo", "pipefail", "-c", example]
    done = subprocess.run(script, cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "4 documents (0 read now)" in done.stdout
