"""What mentions tell, in the words of the public tables."""

from __future__ import annotations

import re
from collections.abc import Collection

from data.models import Mention


def authority_id(words: str, known: Collection[str]) -> str:
    """The id of a listed authority is itself; of an unlisted one, its words in a form fit for addresses."""
    return words if words in known else re.sub(r"\W+", "-", words.casefold()).strip("-") or "unnamed"


def value_of(mention: Mention, field: str) -> str | None:
    """As text, "3000000 RUB" for a sum. What stands for the whole event ("event") tells its status."""
    if field == "amount":
        return None if mention.amount is None else f"{mention.amount:.15g} {mention.currency or ''}".rstrip()
    return getattr(mention, "status" if field == "event" else field, None)
