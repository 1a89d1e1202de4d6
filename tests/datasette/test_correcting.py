"""A reader's way to the editors: a letter that is begun for her, where the site names somebody to write to."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from click.testing import CliRunner

from data.addresses import mail_address
from datasette_config.site.correcting import letter
from splinterlog import main
from tests.datasette.database import new_database

ID = "2025-12-ru-odd&id-block"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letters") / "events.db"
    with new_database(path) as db:
        db.execute("INSERT INTO events (id, platform_id, action) VALUES (?, 'x', 'block')", [ID])
    return path


def opened(address: str) -> tuple[str, str, str]:
    """To whom the letter goes, its subject and its body, as a mail program has them."""
    parts = urlsplit(address)
    assert parts.scheme == "mailto" and "+" not in parts.query
    fields = parse_qs(parts.query, strict_parsing=True)
    return parts.path, fields["subject"][0], fields["body"][0]


@pytest.mark.parametrize("contact", ["desk@site.test", "The Desk <desk@site.test>"])
def test_a_letter_is_begun_for_the_reader(contact: str) -> None:
    to, subject, body = opened(letter(contact, ID, "https://site.test/event/1"))
    assert (to, subject) == ("desk@site.test", f"Correction: {ID}") and "https://site.test/event/1\r\n" in body
    [entry] = yaml.safe_load(body[body.index("- correct:") :])
    assert entry == {"correct": ID, "field": "date", "value": None, "why": None, "by": None}


def test_an_event_opens_the_letter_where_somebody_is_named(
    asking: Any, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPLINTERLOG_CONTACT", "The Desk <desk@site.test>")
    event, about = asking(database, {"url": f"/event/{ID.replace('&', '~26')}"}, {"url": "/about"})
    [address] = re.findall(r'href="(mailto:[^"]+)">Write to the editors', event.text)
    assert opened(unescape(address))[1] == f"Correction: {ID}"
    assert '<a href="mailto:desk@site.test">' in about.text


@pytest.mark.parametrize("contact", [None, "", "nobody", "a@b\nBcc: c@d"])
def test_nobody_is_written_to_who_is_not_named(
    asking: Any, database: Path, monkeypatch: pytest.MonkeyPatch, contact: str | None
) -> None:
    monkeypatch.delenv("SPLINTERLOG_CONTACT", raising=False)
    if contact is not None:
        monkeypatch.setenv("SPLINTERLOG_CONTACT", contact)
    [event] = asking(database, {"url": f"/event/{ID.replace('&', '~26')}"})
    assert event.status_code == 200 and "mailto:" not in event.text and "Send the editors of this site" in event.text


@pytest.mark.parametrize("contact", ["nobody", "@site.test", "desk@", "a@b\nBcc: c@d"])
def test_a_bad_address_is_refused_before_anything_is_served(database: Path, contact: str) -> None:
    told = CliRunner().invoke(main, ["serve", "--events", str(database), "--contact", contact])
    assert told.exit_code == 2 and "must be a mail address" in told.output and mail_address(contact) is None
