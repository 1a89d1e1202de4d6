"""Sketches of texts, small enough to keep, from which one text is known in another: whole, shortened or retitled.

A sketch is a MinHash (Broder, https://doi.org/10.1109/SEQUEN.1997.666900) over runs of words, with their number before
it. Two texts are one where about half of the shorter is surely in the other: editors cut wire stories from below and
write their own titles and leads, while two reports of one action that were written apart share a name and a sum.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from data.models import Document

Sketch = NDArray[np.uint32]
"""Number of runs, then their minima under each permutation."""

PERMUTATIONS = 256
"""A kilobyte a document; the share of a text of 30 words in one of 600 is then off by a quarter, rarely by more."""
LENGTH = 1 + PERMUTATIONS
RUN = 3
"""Words that stand together."""
SHARED = 0.45
"""How much of the shorter text must be in the other."""
FEWEST = 10
"""Runs that the shared part must have: less than a sentence may be anybody's."""
_WORD = re.compile(r"\w+")


def sketch(document: Document) -> bytes:
    """The sketch of a document's text, as the archive keeps it; where that is hardly any, of the title with it."""
    runs = _runs(document.text)
    if len(runs) < FEWEST:
        runs = _runs(document.body)
    minima = _empty().copy()
    minima.update_batch(runs)
    return np.array([len(runs), *minima.hashvalues], "<u4").tobytes()


def unpacked(kept: bytes) -> Sketch:
    """A sketch from the archive's bytes."""
    return np.frombuffer(kept, "<u4")


def copied(own: Sketch, others: Sketch) -> NDArray[np.bool_]:
    """For each of the others (rows) whether it and this one are one text."""
    alike: NDArray[np.float64] = (others[:, 1:] == own[1:]).mean(axis=1)
    together, shorter = others[:, 0].astype(float) + own[0], np.minimum(others[:, 0], own[0])
    shared = alike / (1 + alike) * together
    # what is told of a short text in a long one rests on few minima, so that it must be more
    error = np.sqrt(alike * (1 - alike) / PERMUTATIONS) / (1 + alike) ** 2 * together
    copies: NDArray[np.bool_] = (alike == 1) | (shared - error >= np.maximum(FEWEST, SHARED * shorter))
    return copies


def _runs(text: str) -> set[bytes]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return {" ".join(words[at : at + RUN]).encode() for at in range(max(1, len(words) - RUN + 1))}


@cache
def _empty() -> MinHash:
    return MinHash(PERMUTATIONS)
