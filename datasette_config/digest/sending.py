"""Digests go out, each to its subscriber; what was told is remembered, so that nothing is told twice or left out."""

from __future__ import annotations

import json
import os
import smtplib
import sqlite3
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from pathlib import Path
from typing import NamedTuple

import httpx

from data.output import whole_file
from datasette_config.digest.subscriptions import MailServer, Subscription, Subscriptions
from datasette_config.digest.writing import LAST, NEW, Digest, write

SECONDS = 30
"""How long a server may take to answer."""


class Outcome(NamedTuple):
    """What came of one target: its digest, None if nothing changed, and why it could not be sent, if so."""

    target: str
    digest: Digest | None
    failure: str | None = None


def send_digests(events: Path, said: Subscriptions, memory: Path, dry: bool = False) -> Iterator[Outcome]:
    """Tell every subscriber what changed since the last time; `dry` writes the same and sends nothing.

    `memory` is a JSON file of how far each has been told. Who could not be told is told all of it the next time; one
    failure keeps nobody else waiting. ValueError where `memory` is something else.
    """
    known = _known(memory)
    with closing(sqlite3.connect(f"{events.absolute().as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        db.execute("BEGIN")  # all are told of one state
        [first], [until] = db.execute(NEW).fetchone(), db.execute(LAST).fetchone()
        for subscription, target in [(each, target) for each in said.subscriptions for target in each.targets]:
            digest = write(db, said, subscription, known.get(target, first), until)
            failure = None if dry or not digest.number else _sent(said, subscription, target, digest)
            yield Outcome(target, digest if digest.number else None, failure)
            if not dry and not failure:
                known[target] = until
                with whole_file(memory) as out:
                    out.write(json.dumps(known, indent=1) + "\n")


def _known(memory: Path) -> dict[str, int]:
    try:
        told: dict[str, int] = json.loads(memory.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        remedy = "mend or delete it; without it everybody is told what the last refresh brought"
        raise ValueError(f"{memory}: not the JSON of how far each has been told ({error}): {remedy}") from error
    return told


def _sent(said: Subscriptions, subscription: Subscription, target: str, digest: Digest) -> str | None:
    """Send a digest; what kept it, if anything did."""
    try:
        if subscription.webhook:
            httpx.post(subscription.webhook, json=digest.json, timeout=SECONDS).raise_for_status()
        elif said.mail:
            with _connected(said.mail) as connection:
                connection.send_message(_letter(said.mail.sender, target.partition(" ")[2], digest))
    except (httpx.HTTPError, smtplib.SMTPException, OSError) as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return None


def _letter(sender: str, to: str, digest: Digest) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, digest.title
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence answers it
    message.set_content(digest.text)
    return message


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    trust = ssl.create_default_context()
    if server.security == "tls":
        begun: smtplib.SMTP = smtplib.SMTP_SSL(server.server, server.port, timeout=SECONDS, context=trust)
    else:
        begun = smtplib.SMTP(server.server, server.port, timeout=SECONDS)
    with begun as connection:
        if server.security == "starttls":
            connection.starttls(context=trust)
        if server.user:
            connection.login(server.user, os.environ.get(server.password_env or "", ""))
        yield connection
