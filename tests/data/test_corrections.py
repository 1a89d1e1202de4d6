"""The file of corrections: every bad entry is told, none stops the others, and what people wrote stays as it is."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.corrections import Accept, Correct, Merge, Reject, Split
from data.corrections_file import HEADER, CorrectionsError, append_correction, read_corrections
from data.reference import load_reference

ROOT = Path(__file__).parents[2]
REFERENCE = load_reference()
EVENT = "2025-12-ru-facetime-block"
WHO = {"why": "Seen.", "by": "A. Editor", "when": "2026-01-31"}
GOOD = f"""# by hand
- accept: {EVENT}   # looked at twice
  why: Seen.
  by: A. Editor
  when: 2026-01-31
"""


def entry(text: str, rest: str = "  why: Seen.\n  by: A. Editor\n  when: 2026-01-31\n") -> str:
    return f"- {text}\n{rest}"


def test_the_shipped_file_and_the_example_of_the_docs_are_right() -> None:
    assert read_corrections(ROOT / "data" / "corrections.yaml", REFERENCE)[1] == []
    page = (ROOT / "docs" / "corrections.md").read_text("utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    file = ROOT / "docs" / "corrections.md"
    said, problems = read_corrections_of(file, example)
    assert problems == []
    assert [type(each) for each in said] == [Correct, Merge, Split, Reject, Accept]


def read_corrections_of(file: Path, text: str) -> tuple[Any, list[str]]:
    from data.corrections_file import _parsed

    said, problems = _parsed(file, text, REFERENCE)
    return said.entries, [str(each) for each in problems]


def test_scalars_are_taken_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    rows = [("country", "NO", "NO"), ("date", "2025-12-04", "2025-12-04"), ("date", "2025", "2025"),
            ("amount", "5e8", 5e8), ("country", "null", None), ("country", "~", None), ("grounds", "None", None),
            ("ended", '""', None), ("platform", "skype", "skype")]  # fmt: skip
    file.write_text("".join(entry(f"correct: {EVENT}\n  field: {field}\n  value: {text}") for field, text, _ in rows))
    said, problems = read_corrections(file, REFERENCE)
    assert not problems
    assert [each.value for each in said.entries if isinstance(each, Correct)] == [value for *_, value in rows]


BAD = [
    (entry(f"correct: {EVENT}\n  field: country\n  value: Russia"), 7, "value: no country 'Russia'"),
    (entry(f"correct: {EVENT}\n  field: platform\n  value: facetme"), 7, "did you mean facetime"),
    (entry(f"correct: {EVENT}\n  field: authority\n  value: rkm"), 7, "no authority 'rkm'"),
    (entry(f"correct: {EVENT}\n  field: status\n  value: none"), 7, "always a value of status"),
    (entry(f"correct: {EVENT}\n  field: date\n  value: 4 December"), 7, "is no date; write 2025-12-04"),
    (entry(f"correct: {EVENT}\n  field: date\n  value: 2025-02-30"), 7, "is no date"),
    (entry(f"correct: {EVENT}\n  field: amount\n  value: 5 million"), 7, "write the figure alone"),
    (entry(f"correct: {EVENT}\n  field: amount\n  value: nan"), 7, "is no amount"),
    (entry(f"correct: {EVENT}\n  field: currency\n  value: roubles"), 7, "ISO 4217"),
    (entry(f"correct: {EVENT}\n  field: date\n  value: [2025]"), 7, "a single value"),
    (entry(f"correct: {EVENT}\n  field: id\n  value: x"), 6, "'id' cannot be corrected; platform, action"),
    (entry(f"correct: {EVENT}\n  field: date"), 5, "value: Field required"),
    (entry("reject: FaceTime"), 5, "'FaceTime' is no event's id, such as"),
    (entry(f"reject: {EVENT}", "  why: Seen.\n  by: A.\n"), 5, "when: Field required"),
    (entry(f"reject: {EVENT}", "  why:\n  by: A.\n  when: 2026-01-31\n"), 6, "why: "),
    (entry(f"reject: {EVENT}", "  why: x\n  by: A.\n  when: today\n"), 8, "write 2026-01-31 or"),
    (entry(f"reject: {EVENT}\n  colour: red"), 6, "colour: "),
    (entry(f"reject: {EVENT}\n  accept: {EVENT}"), 5, "and one alone"),
    (entry(f"reject: {EVENT}\n  why: x"), 5, "has a key twice"),
    (entry("because: x"), 5, "must have one of the keys correct, merge"),
    (entry(f"merge: []\n  into: {EVENT}"), 5, "merge: "),
    (entry(f"split: {EVENT}\n  into: x-y"), 5, "documents: "),
    ("- nothing\n", 5, "must be keys and values"),
]


@pytest.mark.parametrize(("bad", "line", "words"), BAD)
def test_a_bad_entry_is_told_and_stops_no_other(tmp_path: Path, bad: str, line: int, words: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(GOOD.partition("\n")[2] + bad + GOOD)
    said, problems = read_corrections(file, REFERENCE)
    assert [type(each) for each in said.entries] == [Accept, Accept]
    assert str(problems[0]).startswith(f"{file}:{line}: ")
    assert words in str(problems[0])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"- a: [\n", ":2: yaml: "),
        (b"accept: x\n", ":1: file: must be a list"),
        (b"\xff", "cannot be read"),
        (b"- a\n--- \n- b\n", "yaml: "),
    ],
)
def test_what_is_no_list_is_refused_as_a_whole(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_bytes(content)
    for use in (
        lambda: read_corrections(file, REFERENCE),
        lambda: append_correction(file, {"accept": EVENT} | WHO, REFERENCE),
    ):
        with pytest.raises(CorrectionsError, match=words):
            use()
    assert file.read_bytes() == content


@pytest.mark.parametrize(
    "before",
    ["", HEADER, GOOD, GOOD.replace("\n", "\r\n"), GOOD.rstrip(), f"{GOOD}\n\n# the end\n", "\ufeff" + GOOD,
     "  # deep\n" + "".join(f"    {line}\n" for line in GOOD.splitlines()), GOOD + entry("reject: Bad")],
)  # fmt: skip
def test_an_entry_is_added_and_nothing_else_changes(tmp_path: Path, before: str) -> None:
    file = tmp_path / "new" / "c.yaml"
    if before:
        file.parent.mkdir()
        file.write_bytes(before.encode())
    old = read_corrections(file, REFERENCE)
    why = '«Так»: it\'s # "said"\nand - so: on'
    added = append_correction(file, {"merge": [EVENT], "into": "a-b"} | WHO | {"why": why}, REFERENCE)
    said, problems = read_corrections(file, REFERENCE)
    assert isinstance(added, Merge) and added.why == why
    assert said.entries == (*old[0].entries, added)
    assert problems == old[1]
    assert file.read_bytes().startswith((before or HEADER).encode().rstrip())
    assert [each.name for each in file.parent.iterdir()] == ["c.yaml"]


@pytest.mark.parametrize("before", [f"[{{accept: {EVENT}, why: x, by: A, when: 2026-01-31}}]\n", GOOD + "..."])
def test_a_file_that_cannot_be_added_to_says_so(tmp_path: Path, before: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(before)
    with pytest.raises(CorrectionsError, match="ends so that no entry can be added; write it by hand"):
        append_correction(file, {"accept": EVENT} | WHO, REFERENCE)
    assert file.read_text() == before


@pytest.mark.parametrize(
    "said", [{"accept": "FaceTime"}, {"correct": EVENT, "field": "date", "value": "x"}, {"x": "y"}]
)
@pytest.mark.parametrize("before", [GOOD, GOOD + entry("reject: Bad"), f"[{{accept: {EVENT}}}]\n"])
def test_a_bad_entry_is_not_added(tmp_path: Path, said: dict[str, str], before: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(before)
    with pytest.raises(CorrectionsError) as caught:
        append_correction(file, said | WHO, REFERENCE)
    assert "Bad" not in str(caught.value)
    assert file.read_text() == before


def test_two_writers_at_once_lose_no_word(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    writers = [get_context("fork").Process(target=_write, args=(file, number)) for number in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    said, problems = read_corrections(file, REFERENCE)
    assert (len(said.entries), problems) == (40, [])
    assert len(yaml.safe_load(file.read_text())) == 40


def _write(file: Path, number: int) -> None:
    for _ in range(20):
        append_correction(file, {"accept": f"a-{number}"} | WHO, REFERENCE)
