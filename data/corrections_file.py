"""The file of corrections: read with every bad entry told, appended to without touching what is there.

Scalars are read as they are written: YAML's own reading makes false of NO, which is Norway, and a date of 2025-12-04.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from data.checked_yaml import Problem, ProblemsError, invalid, unreadable
from data.corrections import KINDS, Corrections, Entry
from data.output import whole_file
from data.reference import Reference

HEADER = """\
# What people corrected; it wins over what is read in documents. A later entry wins over an earlier one, and an entry
# that is deleted is undone by the next build. docs/corrections.md tells what an entry may say.
"""


class CorrectionsError(ProblemsError):
    """A file of corrections, or an entry, that cannot be used."""


def read_corrections(file: Path, reference: Reference) -> tuple[Corrections, list[Problem]]:
    """The good entries and what is wrong with the others; none where there is no file.

    CorrectionsError where it is no list at all, since then nothing is known of what people said.
    """
    return _parsed(file, _text(file), reference)


def append_correction(file: Path, said: dict[str, Any], reference: Reference) -> Entry:
    """Write one more entry, whole or not at all; what is there stays as it is. CorrectionsError where it is refused.

    `said` has strings and lists of strings, as they would stand in the file.
    """
    with _alone(file):
        text = _text(file) or HEADER
        before, _ = _parsed(file, text, reference)
        old = text.rstrip()
        text = f"{old}\n{_indented(said, text)}"
        try:
            after, problems = _parsed(file, text, reference)
        except CorrectionsError as error:
            raise _closed(file) from error
        mine = [each for each in problems if (each.line or 0) > len(old.splitlines())]
        if mine:
            raise CorrectionsError([replace(each, line=None) for each in mine])
        if after.entries[:-1] != before.entries:
            raise _closed(file)
        with whole_file(file) as out:
            out.write(text)
    return after.entries[-1]


def _closed(file: Path) -> CorrectionsError:
    return CorrectionsError([Problem(file, None, "file", "ends so that no entry can be added; write it by hand")])


def _parsed(file: Path, text: str, reference: Reference) -> tuple[Corrections, list[Problem]]:
    loader = yaml.BaseLoader(text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        raise CorrectionsError([unreadable(file, error)]) from error
    if root is None:
        return Corrections(), []
    if not isinstance(root, yaml.SequenceNode):
        raise CorrectionsError([Problem(file, 1, "file", "must be a list of entries, each behind a dash")])
    entries: list[Entry] = []
    lines: list[int] = []
    problems: list[Problem] = []
    for node in root.value:
        line = node.start_mark.line + 1
        try:
            entries.append(_entry(loader.construct_object(node, deep=True), node, reference))
            lines.append(line)
        except ValidationError as error:
            problems += [replace(each, line=each.line or line) for each in invalid(file, node, error)]
        except (ValueError, yaml.YAMLError) as error:
            problems.append(Problem(file, line, "entry", str(error)))
    return Corrections(tuple(entries), tuple(lines)), problems


def _entry(said: Any, node: yaml.Node, reference: Reference) -> Entry:
    if not isinstance(said, dict):
        raise ValueError("must be keys and values, such as `reject: 2025-12-ru-facetime-block`")
    if len(said) < len(node.value):
        raise ValueError("has a key twice; make two entries of it")
    kinds = [kind for kind in KINDS if kind in said]
    if len(kinds) != 1:
        raise ValueError(f"must have one of the keys {', '.join(KINDS)}, and one alone")
    return KINDS[kinds[0]].model_validate(said, context={"reference": reference})


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode()  # line ends as they are
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionsError([unreadable(file, error)]) from error


def _indented(said: dict[str, Any], text: str) -> str:
    """The entry as YAML, behind as many spaces as those of `text`."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    indent = " " * root.start_mark.column if root else ""
    entry = yaml.safe_dump([said], sort_keys=False, allow_unicode=True, width=110)
    return "".join(indent + line for line in entry.splitlines(keepends=True))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Two writers at once would lose a word. The lock lies on the folder, so that no file is left of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
