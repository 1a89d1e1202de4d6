"""Dumps of registries: every form of them gives the same rows."""

from __future__ import annotations

import gzip

import pytest

from crawlers import dumps
from crawlers.dumps import Listed, listed
from crawlers.entries import MalformedIndexError
from crawlers.source_layouts import Registry

ROWS = [
    Listed("example.org", "", "суд", "1-2/3", "2026-01-05"),
    Listed("other.example", "https://other.example/x", "", "", ""),
]
CSV = "ip;name;address;by;no;on\n1.1.1.1 | 2.2.2.2;*.Example.org.;;суд;1-2/3;2026-01-05\n;www.other.example;https://other.example/x\n"
XML = (
    '<r:register xmlns:r="http://rsoc.example"><content on="2026-01-05"><decision org="суд" number="1-2/3"/>'
    "<domain><![CDATA[*.example.org]]></domain></content><content><domain>other.example</domain>"
    "<url>https://other.example/x</url></content></r:register>"
)
JSON = '{"data": [{"d": ["example.org"], "by": {"name": "суд"}, "no": "1-2/3", "on": "2026-01-05"}, {"d": "other.example", "u": "https://other.example/x"}]}'  # noqa: E501
NAMED = {"domain": "name", "url": "address", "body": "by", "number": "no", "date": "on", "delimiter": ";"}
PLACED = {"domain": 2, "url": 3, "body": 4, "number": 5, "date": 6, "delimiter": ";", "skip": 1}
ELEMENTS = {"rows": "content", "domain": "domain", "url": "url", "body": "decision/@org", "number": "decision/@number"}
PATHS = {"rows": "data", "domain": "d", "url": "u", "body": "by.name", "number": "no", "date": "on"}


@pytest.mark.parametrize(
    ("form", "dump", "columns"),
    [
        ("csv", CSV.encode(), NAMED),
        ("csv", CSV.encode(), PLACED),
        ("csv", CSV.encode("cp1251"), NAMED | {"encoding": "windows-1251"}),
        ("csv", gzip.compress(CSV.encode()), NAMED),
        ("xml", XML.encode(), ELEMENTS | {"date": "@on"}),
        ("xml", gzip.compress(XML.encode()), ELEMENTS | {"date": "@on"}),
        ("json", JSON.encode(), PATHS),
    ],
)
def test_every_form_gives_the_same_rows(form: str, dump: bytes, columns: dict[str, object]) -> None:
    assert list(listed(dump, form, Registry.model_validate(columns))) == ROWS


def test_plain_lines() -> None:
    dump = b"# list\n0.0.0.0 example.org\n\nwww.other.example\n"
    found = [row.domain for row in listed(dump, "lines", Registry(domain=1))]
    assert found == ["0.0.0.0", "example.org", "other.example"]


@pytest.mark.parametrize(
    ("form", "dump", "columns"),
    [
        ("csv", gzip.compress(CSV.encode())[:-20], NAMED),
        ("csv", b"\x1f\x8bno gzip", NAMED),
        ("csv", b"<html>Log in</html>", NAMED),
        ("csv", b"", NAMED),
        ("csv", CSV.encode(), NAMED | {"encoding": "klingon"}),
        ("xml", XML.encode()[:-40], ELEMENTS),
        ("xml", b"", ELEMENTS),
        ("json", b'{"data": [', PATHS),
        ("json", b'{"other": []}', PATHS),
    ],
)
def test_what_is_no_such_dump_is_refused(form: str, dump: bytes, columns: dict[str, object]) -> None:
    with pytest.raises(MalformedIndexError, match=f"no {form} of a registry"):
        list(listed(dump, form, Registry.model_validate(columns)))


@pytest.mark.parametrize("dump", [CSV.encode() * 50, gzip.compress(CSV.encode() * 50)])
def test_a_dump_that_unpacks_without_end_is_cut_off(dump: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "MOST", 1000)
    with pytest.raises(MalformedIndexError, match="more than 1000 bytes"):
        list(listed(dump, "csv", Registry.model_validate(NAMED)))


def test_entities_of_a_dump_are_left_alone() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/hostname">]><r><content><domain>a.b&e;</domain></content></r>'
    assert [row.domain for row in listed(bomb, "xml", Registry(rows="content", domain="domain"))] == ["a.b"]
