"""The address guard: what must never be asked for."""

from __future__ import annotations

import asyncio
import socket

import pytest
from scrapy.http import Request

from crawlers.middlewares import AddressGuard, AddressRefusedError

PRIVATE = [
    "http://127.0.0.1/", "http://localhost:8001/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/",
    "http://10.1.2.3/", "http://192.168.0.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data",
    "http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://100.64.0.1/",
    "http://224.0.0.1/",
]  # fmt: skip
NO_WEB = ["ftp://example.org/", "file:///etc/passwd", "data:text/plain,x", "https:///nowhere"]


async def resolve(host: str) -> str:
    return socket.gethostbyname(host)


def passes(url: str, allow_private: bool) -> bool:
    try:
        asyncio.run(AddressGuard(allow_private, resolve).process_request(Request(url)))
    except AddressRefusedError:
        return False
    return True


@pytest.mark.parametrize("url", PRIVATE)
def test_private_hosts_need_permission(url: str) -> None:
    assert not passes(url, allow_private=False)
    assert passes(url, allow_private=True)


@pytest.mark.parametrize("url", NO_WEB)
def test_other_schemes_are_refused_always(url: str) -> None:
    assert not passes(url, allow_private=True)


@pytest.mark.parametrize("url", ["http://93.184.215.14/", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"])
def test_public_hosts_pass(url: str) -> None:
    assert passes(url, allow_private=False)
