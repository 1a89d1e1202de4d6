"""How an event is cited: as BibTeX has it (https://ctan.org/pkg/biblatex, entry type @online)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def bibtex(event: Mapping[str, Any], address: str) -> str:
    """An entry for the event's page as it was when the event last changed; `address` is for good."""
    changed = str(event["last_changed"] or "")[:10]
    fields = {
        "author": "{Splinterlog}",
        "title": f"{{{_plain(str(event['summary'] or event['id']))}}}",
        "year": changed[:4],
        "version": changed,
        "url": address,
        "note": "Facts under CC BY 4.0",
    }
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{splinterlog:{re.sub(r'[^A-Za-z0-9.:/+-]', '-', str(event['id']))},\n{told}}}"


def _plain(words: str) -> str:
    """Words in which no character is a command of TeX."""
    return re.sub(r"[\\~^&%$#_{}]", lambda sign: SPECIAL.get(sign[0], f"\\{sign[0]}"), " ".join(words.split()))
