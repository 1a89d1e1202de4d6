"""Versions of what makes mentions and events: digests of the code and data that do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

NLP = Path(__file__).parent
DATA = NLP.parent / "data"
_RESOLVING = (
    *("build.py", "edition.py", "resolve.py", "touched.py", "versions.py", "resolving/**/*"),
    *("../data/*.py", "../data/*.yaml", "../data/reference/**/*"),
)


def digest(files: Iterable[Path]) -> str:
    """Twelve hex digits over what stands in these files, in the order of their names."""
    found = hashlib.sha256()
    for file in sorted(files):
        found.update(file.read_bytes())
    return found.hexdigest()[:12]


@cache
def resolver() -> str:
    """Changes whenever the code or data do by which mentions become public events."""
    found = {file for pattern in _RESOLVING for file in NLP.glob(pattern)}
    return digest(file for file in found if file.suffix in (".py", ".yaml", ".csv"))
