"""The file of subscriptions: who is told of which changes, and how."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qsl

import yaml
from datasette.utils import MultiParams
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.addresses import mail_address, web_address
from data.checked_yaml import ProblemsError, invalid, unreadable
from datasette_config.site.filters import Filters, read_filters


class SubscriptionsError(ProblemsError):
    """A file of subscriptions that cannot be used."""


def _web(value: str) -> str:
    if not web_address(value):
        raise ValueError("must be an address that begins with https:// or http://")
    return value


def _mail(value: str) -> str:
    if not mail_address(value):
        raise ValueError("must be a mail address, such as desk@example.org or Desk <desk@example.org>")
    return value


def _query(value: str) -> str:
    filters_of(value)  # BadFilterError is a ValueError that says what would be right
    return value


Web = Annotated[str, AfterValidator(_web)]
Address = Annotated[str, AfterValidator(_mail)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class MailServer(_Strict):
    """Where mail is handed in: `password_env` names the variable of the environment that has the password."""

    sender: Address
    server: str = "localhost"
    port: int = Field(25, ge=1, le=65535)
    security: Literal["none", "starttls", "tls"] = "none"
    user: str | None = None
    password_env: str | None = None

    @model_validator(mode="after")
    def _no_open_password(self) -> MailServer:
        if self.user and (self.security == "none" or not self.password_env):
            raise ValueError("user: needs password_env, and security: starttls or tls, so that nobody reads it")
        return self


class Subscription(_Strict):
    """One who is told: by mail (`to`) or at an address that takes JSON (`webhook`), of all changes or of some."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    filters: Annotated[str, AfterValidator(_query)] = ""
    to: list[Address] = []
    webhook: Web | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Subscription:
        if bool(self.to) == bool(self.webhook):
            raise ValueError("to: must be here, or webhook, and not both")
        return self

    @property
    def targets(self) -> list[str]:
        """Each that is told apart from the others, by what `splinterlog digest` remembers it by."""
        return [f"{self.name} {address}" for address in self.to] or [self.name]


class Subscriptions(_Strict):
    """All of them, and the address of the public site, for links."""

    site: Web
    mail: MailServer | None = None
    subscriptions: list[Subscription]

    @model_validator(mode="after")
    def _whole(self) -> Subscriptions:
        names = [each.name for each in self.subscriptions]
        if len(names) > len(set(names)):
            raise ValueError("subscriptions: each must have a name of its own")
        if self.mail is None and any(each.to for each in self.subscriptions):
            raise ValueError("mail: must say how mail is sent, since somebody is told by mail")
        return self


def read_subscriptions(file: Path) -> Subscriptions:
    """What the file says. SubscriptionsError, with lines, where it cannot be used as a whole."""
    try:
        text = file.read_text("utf-8")
        root, said = yaml.compose(text), yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SubscriptionsError([unreadable(file, error)]) from error
    try:
        return Subscriptions.model_validate(said)
    except ValidationError as error:
        raise SubscriptionsError(list(invalid(file, root, error))) from error


def filters_of(query: str) -> Filters:
    """The filters of a query as /find has them in its address. BadFilterError where they cannot be meant."""
    told: dict[str, list[str]] = {}
    for name, value in parse_qsl(query.removeprefix("?")):
        told.setdefault(name, []).append(value)
    return read_filters(MultiParams(told))
