"""Output that appears whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def whole_file(output: Path) -> Iterator[TextIO]:
    """Text for `output`, which changes only once all is written; "-" is standard output. OSError where it cannot be.

    What UTF-8 cannot hold is written as an escape, which is what JSON calls it, too.
    """
    if str(output) == "-":
        yield sys.stdout
        return
    target = output.resolve()
    if target.exists() and not target.is_file():  # a device or a pipe has no older content to keep
        with target.open("w", encoding="utf-8", errors="backslashreplace") as out:
            yield out
        return
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("w", encoding="utf-8", errors="backslashreplace") as out:
            yield out
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
