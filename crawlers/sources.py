"""Source files: what we watch, one YAML a source (crawlers/sources/<cc>/<id>.yaml), loaded and validated here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError

from crawlers.source_file import Expect, Selectors, SourceFile

__all__ = [
    "SOURCES",
    "Expect",
    "Selectors",
    "SourceError",
    "SourceFile",
    "SourceProblem",
    "load_sources",
    "read_source",
    "read_sources",
]

SOURCES = Path(__file__).with_name("sources")
"""The folder of the real sources."""


@dataclass(frozen=True, slots=True)
class SourceProblem:
    """One thing wrong in one source file; `line` counts from 1."""

    file: Path
    line: int | None
    field: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.field}: {self.reason}"


class SourceError(ValueError):
    """Source files were refused; `problems` holds every one of them."""

    def __init__(self, problems: Sequence[SourceProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def load_sources(folder: Path = SOURCES) -> list[SourceFile]:
    """All sources under `folder`, by id. Raises SourceError naming every bad file at once."""
    sources, problems = read_sources(folder)
    if problems:
        raise SourceError(problems)
    return sources


def read_sources(folder: Path = SOURCES) -> tuple[list[SourceFile], list[SourceProblem]]:
    """The good sources under `folder`, by id, and what is wrong with the others: one bad file stops no other."""
    if not folder.is_dir():
        return [], [SourceProblem(folder, None, "folder", "there is no such folder of source files")]
    sources: dict[str, SourceFile] = {}
    problems: list[SourceProblem] = []
    for file in sorted(folder.rglob("*.yaml")):
        try:
            source = read_source(file)
        except SourceError as error:
            problems.extend(error.problems)
            continue
        if source.id in sources:
            problems.append(SourceProblem(file, None, "id", f"{source.id!r} is the id of another file, too"))
        sources.setdefault(source.id, source)
    return sorted(sources.values(), key=lambda source: source.id), problems


def choose_sources(sources: Sequence[SourceFile], ids: Sequence[str]) -> list[SourceFile]:
    """The sources of these ids, enabled or not; without ids every enabled one. ValueError names unknown ids."""
    known = {source.id: source for source in sources}
    if unknown := [id for id in ids if id not in known]:
        raise ValueError(f"no source {', '.join(unknown)}; there are {', '.join(sorted(known)) or 'none'}")
    return [known[id] for id in dict.fromkeys(ids)] if ids else [source for source in sources if source.enabled]


def read_source(file: Path) -> SourceFile:
    """One source file. Raises SourceError with file, line, field and reason of everything that is wrong in it."""
    try:
        text = file.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        source = SourceFile.model_validate(yaml.safe_load(text))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError([SourceProblem(file, None, "file", f"cannot be read: {error}")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise SourceError([SourceProblem(file, mark.line + 1 if mark else None, "yaml", reason)]) from error
    except ValidationError as error:
        raise SourceError(list(_problems(file, root, error))) from error
    if source.id != file.stem:
        raise SourceError([SourceProblem(file, None, "id", f"is {source.id!r}; the file must be {source.id}.yaml")])
    return source


def _problems(file: Path, root: yaml.Node | None, error: ValidationError) -> Iterator[SourceProblem]:
    for one in error.errors(include_url=False):
        path, reason = one["loc"], one["msg"].removeprefix("Value error, ")
        if not path and ": " in reason:  # a rule over several fields names the one to mend
            field, reason = reason.split(": ", 1)
            path = (field,)
        yield SourceProblem(file, _line(root, path), ".".join(map(str, path)) or "file", reason)


def _line(node: yaml.Node | None, path: tuple[int | str, ...]) -> int | None:
    """The line where `path` stands in the file; None for a field that is not there."""
    if path and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == path[0]:
                return _line(value, path[1:]) if path[1:] else int(key.start_mark.line) + 1
        return None
    if path and isinstance(node, yaml.SequenceNode) and isinstance(path[0], int):
        return _line(node.value[path[0]], path[1:])
    return int(node.start_mark.line) + 1 if node else None
