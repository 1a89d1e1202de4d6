"""The fields of an event: how each is told, which values of it agree, and which win."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.models import Action, DateBasis, DatePrecision, Event, Mention
from data.reference import Reference
from nlp.currencies import home_currency
from nlp.resolving import agreement
from nlp.resolving.agreement import Sum
from nlp.resolving.amounts import digits
from nlp.resolving.choice import Answers, Field
from nlp.resolving.facts import Told
from nlp.resolving.kin import akin
from nlp.resolving.spans import span

PRECISION: dict[int, DatePrecision] = {10: "day", 7: "month", 4: "year"}
BASES: tuple[DateBasis | None, ...] = ("stated", "relative", "published", None)


class Fields:
    """The fields of events but for `status`, of which nlp.resolving.certainty judges. Some depend on others."""

    def __init__(self, reference: Reference) -> None:
        self._authorities = reference.authorities
        self._same_authority = agreement.authorities(reference)
        self._one_country = agreement.countries(reference)
        self.platform = Field("platform", lambda mention: mention.platform, agreement.platforms(reference))
        self.action: Field[Action] = Field(
            "action", lambda mention: mention.action, lambda one, other: other in akin(one)
        )
        self.date = Field("date", _date, agreement.dates, exact=len, basis=lambda mention: mention.date_basis)
        self.grounds = Field("grounds", lambda mention: mention.grounds, agreement.terms(reference.grounds))
        self.scope = Field("scope", lambda mention: mention.scope, agreement.terms(reference.scopes))

    def country(self, authority: str | None) -> Field[str]:
        """The jurisdiction: of the Union and its member rather the authority's."""
        home = self._home(authority)
        return Field("country", lambda mention: mention.country, self._one_country, exact=lambda value: value == home)

    def authority(self, country: str | None) -> Field[str]:
        """Who acted: rather one of the jurisdiction, or of none, and one that is listed."""

        def fit(value: str) -> bool:
            home = self._home(value)
            return country is None or home is None or self._one_country(home, country)

        order = lambda value: (value not in self._authorities, value)  # noqa: E731
        return Field("authority", lambda mention: mention.authority, self._same_authority, fit=fit, order=order)

    def announced(self, date: str | None) -> Field[str]:
        """The date of the announcement, where it is another."""
        return Field("announced", lambda mention: _besides(mention.announced, date), agreement.dates, exact=len)

    def amount(self, country: str | None, date: str | None) -> Field[Sum]:
        """The sum: rather in the currency of the jurisdiction, which set it, and as exact as it is told."""
        home = home_currency(country)
        exact = lambda told: (told[1] == home, digits(told[0]))  # noqa: E731
        return Field("amount", _sum, agreement.sums(date), exact)

    def of(self, event: Event) -> list[tuple[Field[Any], Any]]:
        """Each field with the event's value."""
        plain = (self.platform, self.action, self.date, self.grounds, self.scope)
        amount = None if event.amount is None else (event.amount, event.currency)
        return [
            *((field, getattr(event, field.name)) for field in plain),
            (self.authority(event.country), event.authority),
            (self.country(event.authority), event.country),
            (self.announced(event.date), event.announced),
            (self.amount(event.country, event.date), amount),
        ]

    def _home(self, authority: str | None) -> str | None:
        known = self._authorities.get(authority or "")
        return known.country if known else None


def values(told: Sequence[Told], fields: Fields) -> dict[str, Any]:
    """What wins in each field, by the names of Event; a date with its precision and what it rests on."""

    def best(field: Field[Any]) -> Any:
        return Answers(field, told).best()

    plain = (fields.platform, fields.action, fields.date, fields.grounds, fields.scope)
    found = {field.name: best(field) for field in plain}
    authority = best(fields.authority(best(fields.country(None))))
    country = best(fields.country(authority))
    amount, currency = best(fields.amount(country, found["date"])) or (None, None)
    return found | {
        "date_precision": PRECISION.get(len(found["date"] or "")),
        "date_basis": _basis(found["date"], told),
        "announced": best(fields.announced(found["date"])),
        "country": country,
        "authority": authority,
        "amount": amount,
        "currency": currency,
    }


def _date(mention: Mention) -> str | None:
    """What is no date is none told."""
    date = mention.date
    return date if date and len(date) in PRECISION and span(date) else None


def _basis(date: str | None, told: Sequence[Told]) -> DateBasis | None:
    """The best foundation on which anybody tells just this date."""
    mentions = [each.stored.mention for each in told]
    found = {mention.date_basis for mention in mentions if date and mention.date == date}
    return next((basis for basis in BASES if basis in found), None)


def _besides(announced: str | None, date: str | None) -> str | None:
    return None if announced and date and agreement.dates(announced, date) else announced


def _sum(mention: Mention) -> Sum | None:
    return None if mention.amount is None else (float(mention.amount), mention.currency)
