"""Whatever the order in which documents come, and the nights on which: the same events; and a kill at any moment."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from itertools import islice, pairwise
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.news import LAST, START, News
from data.models import Document
from tests.nlp.nights import Nights


def news(seed: int, number: int) -> list[Document]:
    return list(islice(News(seed).documents(START, LAST), number))


def split(documents: Sequence[Document], seed: int) -> list[list[Document]]:
    """The documents in any order, on two to four nights."""
    random = Random(seed)
    shuffled = random.sample(documents, len(documents))
    cuts = sorted(random.choices(range(len(documents) + 1), k=random.randint(1, 3)))
    return [shuffled[one:other] for one, other in pairwise([0, *cuts, len(documents)])]


def same_events(documents: Sequence[Document], seed: int) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        once, nights = Nights(Path(one)), Nights(Path(other))
        once.night(documents)
        for each in split(documents, seed):
            nights.night(each)
        assert nights.told() == once.told()
        before = nights.public()
        nights.forget()
        assert nights.night().changes == 0
        assert nights.public() == before


@given(st.integers(0, 999), st.integers(1, 60), st.integers(0, 999))
@settings(max_examples=12)
def test_order_and_nights_mean_nothing(seed: int, number: int, order: int) -> None:
    same_events(news(seed, number), order)


@given(st.integers(0, 999))
@settings(max_examples=2)
def test_order_and_nights_mean_nothing_to_two_thousand_documents(order: int) -> None:
    same_events(news(5, 2000), order)


@pytest.mark.parametrize("seed", range(6))
def test_a_build_killed_at_any_moment_is_made_up_for(tmp_path: Path, seed: int) -> None:
    first, second = news(seed, 300)[:-30], news(seed, 300)[-30:]
    killed, whole = Nights(tmp_path / "killed"), Nights(tmp_path / "whole")
    for each in (killed, whole):
        each.night(first)
    began = monotonic()
    whole.night(second)
    child = get_context("fork").Process(target=killed.night, args=(second,))
    child.start()
    sleep(Random(seed).random() * (monotonic() - began))
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    killed.night(second)
    assert killed.public() == whole.public()
