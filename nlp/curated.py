"""What a record of a data set states, laid over what is read in its words: a keeper's columns win over our reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from data.models import CuratedRecord, Mention
from data.reference import load_reference


def with_stated(read: Sequence[Mention], record: CuratedRecord) -> list[Mention]:
    """The stated mentions, each with the sentences that tell it, too, and what else was read, where it stands alone."""
    told = [[each for each in read if _tells(each, stated)] for stated in record.mentions]
    others = [each for each in read if not any(each in group for group in told)]
    stated = [_joined(one, group) for one, group in zip(record.mentions, told, strict=True)]
    return stated + [_located(each, record) for each in others]


def _tells(read: Mention, stated: Mention) -> bool:
    """Whether a mention read in the words is the stated one: the same action, a platform or its owner, no other sum."""
    kin = _line(read.platform) & {stated.platform} or _line(stated.platform) & {read.platform}
    sums = {each.amount for each in (read, stated) if each.amount is not None}
    return bool(kin) and read.action == stated.action and len(sums) < 2 and read.country in (None, stated.country)


def _line(platform: str) -> set[str]:
    """A platform, its owner, the owner's owner."""
    known, line = load_reference().platforms, set[str]()
    at: str | None = platform
    while at and at not in line:
        line.add(at)
        at = known[at].parent if at in known else None
    return line


def _joined(stated: Mention, read: Sequence[Mention]) -> Mention:
    """The stated mention with what only the words tell."""
    missing: dict[str, Any] = {
        name: next((value for each in read if (value := getattr(each, name))), None)
        for name in ("date", "date_precision", "date_basis", "grounds", "scope")
        if getattr(stated, name) is None
    }
    evidence = (*stated.evidence, *(quote for each in read for quote in each.evidence))
    return replace(stated, **missing, evidence=tuple(dict.fromkeys(evidence)))


def _located(read: Mention, record: CuratedRecord) -> Mention:
    """A mention with the record's country, authority and day where its words name none."""
    if read.country not in (None, record.country):
        return read
    facts: dict[str, Any] = {"country": record.country, "authority": read.authority or record.authority}
    if record.date and read.date_basis in (None, "published"):
        facts |= {"date": record.date, "date_precision": "day", "date_basis": "stated"}
    return replace(read, **facts)
