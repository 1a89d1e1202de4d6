"""What is declared of a data set: how its files are known, what columns are called, what a row says in our words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

FOLDER = Path(__file__).parent
Column = str


class DataSetError(ValueError):
    """A declaration that cannot be used: which file and field, why."""


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from None
    return text


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Publisher(_Strict):
    """Who keeps the data set; becomes a source."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    name: str
    url: str
    official: bool = False
    languages: tuple[str, ...] = ()


class Choice(_Strict):
    """A value by what a column holds: of the first key of `values` that the cell contains, whatever the case."""

    column: Column
    values: dict[str, str | None]
    otherwise: str | None = None

    def of(self, cell: str) -> str | None:
        """The value; None where it has none."""
        words = normal(cell)
        return next((value for key, value in self.values.items() if normal(key) in words), self.otherwise)


class Platforms(_Strict):
    """Whom a row is about. `flags`: a column that says yes or no of one platform; `lists`: columns of words with names
    of platforms among them; `parties`: columns of companies' names, to which `company_words` may be added."""

    flags: dict[str, Column] = {}
    yes: tuple[str, ...] = ("1", "yes")
    lists: tuple[Column, ...] = ()
    parties: tuple[Column, ...] = ()
    split: Annotated[str, AfterValidator(_pattern)] = r"[,;/]"
    company_words: tuple[str, ...] = ()


class Telling(_Strict):
    """One event that a row tells of each of its platforms, unless a column of `needs` says nothing."""

    action: str | Choice
    status: str | Choice = "confirmed"
    date: Column
    amount: Column | None = None
    grounds: str | Choice | None = None
    scope: str | Choice | None = None
    needs: tuple[Column, ...] = ()


class DataSet(_Strict):
    """One data set. `columns`: how a file may spell each; `rows`: which rows count; `prose`: columns of running text;
    `date`: the day of what the prose tells.

    `lang` is the language of the prose, or zxx (no linguistic content) where there is none to read.
    """

    source: Publisher
    lang: str
    confidence: Annotated[float, Field(gt=0, lt=1)]
    columns: dict[Column, tuple[str, ...]]
    known_by: tuple[Column, ...]
    key: tuple[Column, ...]
    rows: Choice | None = None
    title: str
    prose: tuple[Column, ...] = ()
    published: Column | None = None
    date: Column | None = None
    url: Column | None = None
    country: Column
    countries: dict[str, str] = {}
    authority: tuple[Column, ...] = ()
    nobody: tuple[str, ...] = ()
    dates: tuple[Literal["serial"] | str, ...]
    platforms: Platforms
    tells: tuple[Telling, ...]

    @model_validator(mode="after")
    def _columns_are_declared(self) -> DataSet:
        used = {*self.known_by, *self.key, *self.prose, *self.authority, *self.platforms.lists, self.country}
        used |= {
            *self.platforms.flags.values(),
            *self.platforms.parties,
            *filter(None, (self.published, self.date, self.url)),
        }
        used |= {name for each in self.tells for name in (each.date, *each.needs, *filter(None, (each.amount,)))}
        if unknown := used - self.columns.keys():
            raise ValueError(f"columns that are not declared: {', '.join(sorted(unknown))}")
        return self

    def fits(self, header: Iterable[str]) -> bool:
        """Whether a file with these columns is of this data set."""
        there = {normal(each) for each in header}
        return all(there & set(map(normal, self.columns[name])) for name in self.known_by)


def normal(text: str) -> str:
    """A column's name or a cell's word without case and stray spaces."""
    return " ".join(text.split()).casefold()


@cache
def load_data_sets(folder: Path = FOLDER) -> tuple[DataSet, ...]:
    """All declarations, by file name. Raises DataSetError for the first that is wrong."""
    return tuple(_load(file) for file in sorted(folder.glob("*.yaml")))


def _load(file: Path) -> DataSet:
    try:
        return DataSet.model_validate(yaml.safe_load(file.read_text("utf-8")))
    except yaml.YAMLError as error:
        raise DataSetError(f"{file.name}: no YAML ({error})") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise DataSetError(f"{file.name}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
