"""Reference rows as frozen types: what a platform, an authority, a country, a region and each vocabulary entry holds.

Names are case-sensitive, as written in text. "Ambiguous" names are ordinary words or belong to several rows, and count
only with context near them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(.*\S)?$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Continent = Literal["Africa", "Americas", "Antarctica", "Asia", "Europe", "Oceania"]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-[A-Z0-9]+$")]
CountryCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Row(BaseModel):
    """One entry of a reference file. Unknown fields are refused, so that a typo does not pass as an absent value."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: Text


class Named(Row):
    """A row with names; `ambiguous_aliases` are those of its names that need context."""

    id: Slug
    aliases: tuple[Text, ...] = ()
    ambiguous_aliases: tuple[Text, ...] = ()
    notes: str | None = None
    former_ids: tuple[Slug, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """The name and every alias, without doubles."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))

    @model_validator(mode="after")
    def _ambiguous_are_names(self) -> Named:
        if strange := set(self.ambiguous_aliases) - set(self.all_names):
            raise ValueError(f"ambiguous_aliases that are no alias: {sorted(strange)}")
        return self


class Platform(Named):
    """A service, app, site or the company behind them; `parent` is the id of the platform or company that runs it."""

    owner: str | None = None
    parent: Slug | None = None
    category: Slug
    domains: tuple[Text, ...] = ()
    ambiguous: bool = False
    context_words: tuple[Text, ...] = ()
    shared_aliases: dict[Text, tuple[Slug, ...]] = {}
    status: Literal["active", "changed", "discontinued"] = "active"

    def needs_context(self, name: str) -> bool:
        """Whether this name of the platform counts only with one of `context_words` near it."""
        return name in self.ambiguous_aliases or (self.ambiguous and name == self.name)

    @model_validator(mode="after")
    def _ambiguous_have_context(self) -> Platform:
        if (self.ambiguous or self.ambiguous_aliases) and not self.context_words:
            raise ValueError("context_words are missing: an ambiguous name could never count")
        return self


class Authority(Named):
    """Who acts. `country` is None for international bodies outside the Union.

    `region` is the region whose body it is; `parent` the authority that it is a part of: what is said of the kind of
    authority that a country has, means neither.
    """

    country: CountryCode | None = None
    region: RegionCode | None = None
    parent: Slug | None = None
    type: Slug
    also_types: tuple[Slug, ...] = ()

    @property
    def types(self) -> tuple[str, ...]:
        """All its types, the first of them what it is first of all."""
        return (self.type, *self.also_types)


class Country(Row):
    """A jurisdiction: ISO 3166-1 alpha-2, or "EU". `names`: by language, names, adjectives and capitals as lemmas.

    `continent`: a region of UN M49.
    """

    id: CountryCode = Field(validation_alias="code")
    continent: Continent
    aliases: tuple[Text, ...] = ()
    adjectives: tuple[Text, ...] = ()
    seats: tuple[Text, ...] = ()
    names: dict[str, tuple[Text, ...]] = {}
    members: tuple[CountryCode, ...] = ()
    ambiguous_aliases: tuple[Text, ...] = ()
    notes: str | None = None

    @property
    def code(self) -> str:
        """The key under its usual name."""
        return self.id

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every name in every language: short and long names, adjectives, capitals and seats of power."""
        others = (name for names in self.names.values() for name in names)
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.adjectives, *self.seats, *others)))


class Region(Row):
    """A jurisdiction inside a country (a state, province or city), under its ISO 3166-2 code where it has one."""

    id: RegionCode
    country: CountryCode
    aliases: tuple[Text, ...] = ()
    ambiguous_aliases: tuple[Text, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """The name and every alias, without doubles."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


class Term(Row):
    """An entry of a closed vocabulary. `broad`: told where no narrower one is, so that it contradicts none."""

    id: Slug
    description: Text
    broad: bool = False


class ActionType(Term):
    """What an authority does; `is_not` says what looks like it and is none."""

    is_not: Text


class StatusType(Term):
    """How sure it is that the action happened."""


class Phase(Term):
    """What becomes of an action; `ends` where it holds no longer."""

    ends: bool = False


class Ground(Term):
    """Why the authority acts."""


class Scope(Term):
    """How much of the platform, or whom, the action touches."""
