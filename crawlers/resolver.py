"""Names of hosts into addresses that a crawler may connect to: what is checked here is what is connected to."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

PERMITTED: set[str] = set()
"""Hosts that may be private, since a source of this process has the permission (`allow_private`)."""


class NotPublicError(DNSLookupError):
    """A name that leads to an address which is not public."""


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, which finds no private address: a name checked earlier may lead elsewhere now."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Any:  # noqa: N802
        """The Deferred of an IPv4 address; of NotPublicError where it is not public."""
        return super().getHostByName(name, timeout).addCallback(self._public, name)

    def _public(self, address: str, name: str) -> str:
        if name not in PERMITTED and not is_public(address):
            raise NotPublicError(f"{name} leads to {address}, which is no public address")
        return address


def is_public(address: str) -> bool:
    """Whether it is a global unicast address (RFC 6890): not loopback, private, link-local, multicast or reserved."""
    parsed = ip_address(address.partition("%")[0])
    return parsed.is_global and not parsed.is_multicast
