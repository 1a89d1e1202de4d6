"""What is wrong in a YAML file that people write: by file, line, field and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import ValidationError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one file; `line` counts from 1."""

    file: Path
    line: int | None
    field: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.field}: {self.reason}"


class ProblemsError(ValueError):
    """A file that people wrote and that cannot be used: where, why, and what would be right."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(each) for each in problems))


def unreadable(file: Path, error: OSError | UnicodeDecodeError | yaml.YAMLError) -> Problem:
    """A file that cannot be read, or is no YAML."""
    if not isinstance(error, yaml.YAMLError):
        return Problem(file, None, "file", f"cannot be read: {error}")
    mark = getattr(error, "problem_mark", None)
    return Problem(file, mark.line + 1 if mark else None, "yaml", getattr(error, "problem", None) or str(error))


def invalid(file: Path, root: yaml.Node | None, error: ValidationError) -> Iterator[Problem]:
    """Everything that a model refused in what `root` says."""
    for one in error.errors(include_url=False):
        path, reason = one["loc"], one["msg"].removeprefix("Value error, ")
        if not path and ": " in reason:  # a rule over several fields names the one to mend
            field, reason = reason.split(": ", 1)
            path = (field,)
        yield Problem(file, _line(root, path), ".".join(map(str, path)) or "file", reason)


def _line(node: yaml.Node | None, path: tuple[int | str, ...]) -> int | None:
    """The line where `path` stands in the file; None for a field that is not there."""
    if path and path[0] == 0 and isinstance(node, yaml.MappingNode):  # one of what may be several, written alone
        return _line(node, path[1:])
    if path and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == path[0]:
                return _line(value, path[1:]) if path[1:] else int(key.start_mark.line) + 1
        return None
    if path and isinstance(node, yaml.SequenceNode) and isinstance(path[0], int):
        return _line(node.value[path[0]], path[1:])
    return int(node.start_mark.line) + 1 if node else None
