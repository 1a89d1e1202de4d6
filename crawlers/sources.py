"""Source files: what we watch, one YAML a source (crawlers/sources/<cc>/<id>.yaml), loaded and validated here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from data.models import Source

SOURCES = Path(__file__).with_name("sources")


def _web_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a full http or https address")
    return url


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
WebAddress = Annotated[str, AfterValidator(_web_address)]


class _Part(BaseModel):
    """A part of a source file: unknown keys are refused, and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Selectors(_Part):
    """CSS selectors of a listing; `link`, `title` and `date` are looked up inside `item`, or are the item if ""."""

    item: Text
    link: str = "a"
    title: str | None = None
    date: str | None = None
    date_format: Text | None = None
    """strptime format of the date's text; without it the date is parsed by `date_languages`."""
    date_languages: list[Language] = []


class Expect(_Part):
    """How many items one run finds when all is well: below `floor` the run is a failure, above `ceiling` a warning."""

    floor: int = Field(default=1, ge=0)
    ceiling: int | None = Field(default=None, ge=1)


class SourceFile(_Part):
    """One source: facts, address, format, selectors, expectations."""

    id: Id
    name: Text
    kind: Literal["news", "regulator", "court", "ngo", "measurement", "registry"]
    official: bool = False
    """The publisher is itself an authority, so what it states is confirmed."""
    country: Country
    """ISO 3166-1 alpha-2; EU for the Union's institutions, XX for international publishers."""
    languages: list[Language] = Field(min_length=1)
    spider: Literal["feed", "listing"]
    url: WebAddress
    format: Literal["rss", "atom", "html"]
    selectors: Selectors | None = None
    enabled: bool = True
    reason: Text | None = None
    """Why the source is off."""
    verified: Literal["feed-autodiscovery", "public scraper", "documentation", "none"]
    """What says that the address is right; `verified_where` names the place."""
    verified_where: Text | None = None
    expect: Expect = Expect()
    allow_private: bool = False
    """Permission to fetch from loopback and private addresses; for the sample and tests alone."""
    notes: Text | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> SourceFile:
        if (self.spider == "listing") != (self.selectors is not None):
            raise ValueError("selectors: a listing needs them, a feed must not have them")
        if (self.spider == "listing") != (self.format == "html"):
            raise ValueError("format: a listing is html, a feed is rss or atom")
        if not self.enabled and self.reason is None:
            raise ValueError("reason: say why the source is off")
        if self.enabled and self.verified == "none" and not self.allow_private:
            raise ValueError("verified: an address that rests on nothing must be off (enabled: false)")
        if self.verified != "none" and self.verified_where is None:
            raise ValueError("verified_where: say where the address was seen")
        return self

    def facts(self) -> Source:
        """The source as the archive keeps it."""
        return Source(
            id=self.id,
            name=self.name,
            kind=self.kind,
            official=self.official,
            country=self.country,
            languages=tuple(self.languages),
            url=self.url,
        )


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
    """The line of the deepest part of `path` that the file has."""
    if node is None:
        return None
    if path and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == path[0]:
                return _line(value, path[1:]) if path[1:] else int(key.start_mark.line) + 1
    if path and isinstance(node, yaml.SequenceNode) and isinstance(path[0], int):
        return _line(node.value[path[0]], path[1:])
    return int(node.start_mark.line) + 1
