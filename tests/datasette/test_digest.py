"""Digests reach real mail servers and real addresses, once each, and whoever could not be told is told later."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any

import pytest
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from data.serving import free_port
from splinterlog import main
from tests.datasette.database import new_database

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
COLUMNS = "id, event_id, changed, field, old, new, why"
BEFORE, NOW = "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"


class Mailbox:
    """Keeps what it is handed; refuses who is named."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address == self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


class Hook:
    """An address that takes JSON; answers with `status`."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.status = 204
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                outer.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def hook() -> Iterator[Hook]:
    hook = Hook()
    threading.Thread(target=hook.server.serve_forever, daemon=True).start()
    yield hook
    hook.server.shutdown()
    hook.server.server_close()


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield mailbox, controller.port
    controller.stop()


@pytest.fixture
def events(tmp_path: Path) -> Path:
    """An event of the night before the last refresh, and one of that refresh."""
    path = tmp_path / "events.db"
    with new_database(path) as db:
        for id_, country, summary in (("old", "RU", "Russia: an old block"), ("new", "IE", "Irland: „Geldbuße“ für X")):
            db.execute("INSERT INTO events (id, country, summary) VALUES (?, ?, ?)", [id_, country, summary])
        db.execute("INSERT INTO evidence VALUES ('new', 'd', 'event', NULL, 1, 'the regulator fined X', 0, 4)")
        db.execute(f"INSERT INTO changes ({COLUMNS}) VALUES (1, 'old', ?, 'event', NULL, 'x', 'document')", [BEFORE])
        db.execute(f"INSERT INTO changes ({COLUMNS}) VALUES (2, 'new', ?, 'event', NULL, 'x', 'document')", [NOW])
        db.execute("INSERT INTO runs (id, started, finished) VALUES (1, ?, ?)", [BEFORE, BEFORE])
        db.execute("INSERT INTO runs (id, started, finished) VALUES (2, ?, ?)", [NOW, NOW])
    return path


def change(path: Path, number: int, event: str) -> None:
    """One more change."""
    with sqlite3.connect(path) as db:
        values = [number, event, "2026-01-04T00:00:00Z"]
        db.execute(f"INSERT INTO changes ({COLUMNS}) VALUES (?, ?, ?, 'status', 'reported', 'denied', 'merge')", values)


def digest(events: Path, said: Any, *arguments: str) -> Result:
    events.with_name("subscriptions.yaml").write_text(said if isinstance(said, str) else yaml.safe_dump(said), "utf-8")
    return CliRunner().invoke(main, ["digest", "--events", str(events), *arguments])


def to(*subscriptions: dict[str, Any], port: int = 1, **mail: Any) -> dict[str, Any]:
    server = {"sender": "Splinterlog <log@site.test>", "server": "127.0.0.1", "port": port} | mail
    return {"site": "https://site.test/", "mail": server, "subscriptions": list(subscriptions)}


def test_subscribers_are_told_once_of_what_they_asked_for(
    events: Path, mailbox: tuple[Mailbox, int], hook: Hook
) -> None:
    box, port = mailbox
    said = to(
        {"name": "all", "to": ["a@x.test", "B <b@x.test>"]},
        {"name": "russia", "filters": "country=RU", "webhook": hook.address},
        port=port,
    )
    first = digest(events, said)
    assert first.exit_code == 0, first.output
    assert first.output.splitlines()[-1] == "russia: nothing new" and not hook.taken
    assert [mail["To"] for mail in box.mails] == ["a@x.test", "B <b@x.test>"]
    assert {mail["Subject"] for mail in box.mails} == {"Splinterlog: 1 new event (all)"}
    text = box.mails[0].get_content()
    assert (
        "„Geldbuße“" in text
        and "“the regulator fined X”" in text
        and "Confidence of the reading: not known." in text
        and "https://site.test/event/new" in text
    )
    assert "old block" not in text and box.mails[0]["Auto-Submitted"] == "auto-generated"
    change(events, 3, "old")
    assert digest(events, said).exit_code == 0 and digest(events, said).exit_code == 0
    assert len(box.mails) == 4 and "Status: reported → denied (merge)" in box.mails[3].get_content()
    [told] = hook.taken
    assert told["number"] == 1 and told["changes"][0]["url"] == "https://site.test/event/old"
    assert told["text"].startswith("Splinterlog: 1 change (russia)\n\nRussia: an old block\n")
    assert told["text"].endswith("All events: https://site.test/find?country=RU\n")


def test_who_could_not_be_told_is_told_the_next_time(events: Path, mailbox: tuple[Mailbox, int], hook: Hook) -> None:
    box, port = mailbox
    box.refused, hook.status = "a@x.test", 500
    said = to({"name": "hook", "webhook": hook.address}, {"name": "all", "to": ["a@x.test", "b@x.test"]}, port=port)
    failed = digest(events, said)
    assert failed.exit_code == 1 and "2 could not be told" in failed.output
    assert "hook: could not be told: HTTPStatusError: Server error '500" in failed.output
    assert [mail["To"] for mail in box.mails] == ["b@x.test"]
    box.refused, hook.status = "", 200
    assert digest(events, said).exit_code == 0
    assert [mail["To"] for mail in box.mails] == ["b@x.test", "a@x.test"] and len(hook.taken) == 2


def test_a_dry_run_shows_all_and_sends_nothing(events: Path, hook: Hook) -> None:
    shown = digest(events, to({"name": "hook", "webhook": hook.address}), "--dry-run")
    assert shown.exit_code == 0 and "hook: 1 new event (hook)" in shown.output and "event/new" in shown.output
    assert not hook.taken and sorted(file.name for file in events.parent.glob("subscriptions*")) == [
        "subscriptions.yaml"
    ]


def test_no_more_than_so_many_are_told_one_by_one(events: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasette_config.digest.writing.MOST", 2)
    for number in range(3, 8):
        change(events, number, "new" if number % 2 else "old")
    digest(events, to({"name": "hook", "webhook": hook.address}))
    [told] = hook.taken
    assert [each["id"] for each in told["changes"]] == [7, 6] and told["number"] == 6
    assert "1 new event, 5 changes" in told["text"] and "And 4 changes more." in told["text"]


def test_mail_goes_in_after_tls_and_a_password(events: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box, seen = Mailbox(), []

    def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        seen.append((session.ssl is not None, data.login, data.password))
        return AuthResult(success=True)

    certificate, context = tmp_path / "certificate.pem", SSLContext(PROTOCOL_TLS_SERVER)
    write_certificate(certificate)
    context.load_cert_chain(certificate)
    controller = Controller(
        box, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True, authenticator=known
    )
    controller.start()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setenv("DESK_PASSWORD", "secret")
    mail = {"server": "localhost", "security": "starttls", "user": "desk", "password_env": "DESK_PASSWORD"}
    told = digest(events, to({"name": "all", "to": ["a@x.test"]}, port=controller.port, **mail))
    controller.stop()
    assert told.exit_code == 0, told.output
    assert seen == [(True, b"desk", b"secret")] and len(box.mails) == 1


def write_certificate(file: Path) -> None:
    """A key and a certificate for localhost by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))


@pytest.mark.parametrize(
    ("said", "place", "reason"),
    [
        ("site: [", "yaml:1: yaml", "expected the node content"),
        ("site: ftp://x\nsubscriptions: []", "yaml:1: site", "must be an address that begins with https"),
        ("site: https://x\nsubscriptions:\n- name: a\n  filters: from=soon\n  webhook: https://y",
         "yaml:4: subscriptions.0.filters", "from: must be a day, month or year"),
        ("site: https://x\nsubscriptions:\n- name: a", "yaml:3: subscriptions.0: to", "must be here, or webhook"),
        ("site: https://x\nsubscriptions:\n- name: a\n  to: [b@c.d]", "yaml: mail", "must say how mail is sent"),
        ("site: https://x\nmail: {sender: a@b.c, user: u}\nsubscriptions: []", "yaml:2: mail: user", "needs password"),
        ("site: https://x\nmail: {sender: nobody}\nsubscriptions: []", "yaml:2: mail.sender", "must be a mail address"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_its_line(events: Path, said: str, place: str, reason: str) -> None:
    told = digest(events, said)
    assert told.exit_code == 2 and place in told.output and reason in told.output


def test_a_broken_memory_is_told_and_nothing_is_sent(events: Path, hook: Hook) -> None:
    events.with_name("subscriptions.told.json").write_text("{")
    told = digest(events, to({"name": "hook", "webhook": hook.address}))
    assert told.exit_code == 1 and "subscriptions.told.json: not the JSON" in told.output and not hook.taken


def test_without_a_file_there_is_nobody_to_tell(events: Path) -> None:
    told = CliRunner().invoke(main, ["digest", "--events", str(events)])
    assert told.exit_code == 2 and "subscriptions.yaml" in told.output and "No such file" in told.output


def test_the_file_of_the_documentation_is_right(events: Path) -> None:
    [said] = re.findall(r"^```yaml\n(.+?)^```$", OPERATIONS.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    shown = digest(events, said, "--dry-run")
    assert shown.exit_code == 0, shown.output
