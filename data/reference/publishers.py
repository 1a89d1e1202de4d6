"""Where publishers are at home, by the domain of what they publish: the listed ones, else the country of its ending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def homes_of(countries: Iterable[str], listed: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Codes of countries by domain or ending ("uk"); `listed` by code, with the endings that tell nothing as "open"."""
    endings = {code.lower(): code for code in countries if code.lower() not in listed.get("open", ())}
    return endings | {domain: code for code, domains in listed.items() if code != "open" for domain in domains}
