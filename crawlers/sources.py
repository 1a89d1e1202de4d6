"""Source files: what we watch, one YAML a source (crawlers/sources/<cc>/<id>.yaml), loaded and validated here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml
from pydantic import ValidationError

from crawlers.source_file import SourceFile
from crawlers.source_layouts import Selectors
from crawlers.source_parts import Expect
from data.checked_yaml import Problem, invalid, unreadable

__all__ = [
    "SOURCES",
    "Expect",
    "Problem",
    "Selectors",
    "SourceError",
    "SourceFile",
    "load_sources",
    "read_source",
    "read_sources",
]

SOURCES = Path(__file__).with_name("sources")
"""The folder of the real sources."""


class SourceError(ValueError):
    """Source files were refused; `problems` holds every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def load_sources(folder: Path = SOURCES) -> list[SourceFile]:
    """All sources under `folder`, by id. Raises SourceError naming every bad file at once."""
    sources, problems = read_sources(folder)
    if problems:
        raise SourceError(problems)
    return sources


def read_sources(folder: Path = SOURCES) -> tuple[list[SourceFile], list[Problem]]:
    """The good sources under `folder`, by id, and what is wrong with the others: one bad file stops no other."""
    if not folder.is_dir():
        return [], [Problem(folder, None, "folder", "there is no such folder of source files")]
    sources: dict[str, SourceFile] = {}
    problems: list[Problem] = []
    for file in sorted(folder.rglob("*.yaml")):
        try:
            source = read_source(file)
        except SourceError as error:
            problems.extend(error.problems)
            continue
        if source.id in sources:
            problems.append(Problem(file, None, "id", f"{source.id!r} is the id of another file, too"))
        sources.setdefault(source.id, source)
    return sorted(sources.values(), key=lambda source: source.id), problems


def choose_sources(sources: Sequence[SourceFile], ids: Sequence[str]) -> list[SourceFile]:
    """The sources of these ids, enabled or not; without ids every one that is not off.

    ValueError names unknown ids, tokens that are not in the environment, and files that tell no way to read.
    """
    known = {source.id: source for source in sources}
    if unknown := [id for id in ids if id not in known]:
        raise ValueError(f"no source {', '.join(unknown)}; there are {', '.join(sorted(known)) or 'none'}")
    if shut := [f"{id} {known[id].off}" for id in ids if known[id].enabled and known[id].off]:
        raise ValueError("; ".join(shut))
    if blank := [f"{id} is off, and its file has no {known[id].undeclared} yet" for id in ids if known[id].undeclared]:
        raise ValueError("; ".join(blank))
    return [known[id] for id in dict.fromkeys(ids)] if ids else [source for source in sources if not source.off]


def read_source(file: Path) -> SourceFile:
    """One source file. Raises SourceError with file, line, field and reason of everything that is wrong in it."""
    try:
        text = file.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        source = SourceFile.model_validate(yaml.safe_load(text))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SourceError([unreadable(file, error)]) from error
    except ValidationError as error:
        raise SourceError(list(invalid(file, root, error))) from error
    if source.id != file.stem:
        raise SourceError([Problem(file, None, "id", f"is {source.id!r}; the file must be {source.id}.yaml")])
    return source
