"""Made-up news, as skewed as the real: documents that are lists of mentions, and what reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any

from data.models import Document, Evidence, Mention
from data.reference import load_reference
from nlp.build import Read

START, LAST = date(2016, 1, 1), date(2025, 12, 1)
ACTIONS = {"block": 25, "fine": 25, "order": 15, "investigation": 13, "ban": 8, "lawsuit": 6, "restore": 8}
PRECISIONS = [10] * 16 + [7] * 2 + [4, 0]
"""Letters of a date that a mention keeps: a day, a month, a year, none."""
SUMS = [1e5, 8e5, 3e6, 4e6, 7.5e6, 2.4e7, 1.5e8, 3.9e8, 1.2e9]


class Told:
    """A tagger for texts that are lists of mentions, as JSON; fails on others."""

    def __init__(self, version: str = "told") -> None:
        self.version = version

    def read(self, documents: Iterable[Document]) -> Iterator[Read]:
        for document in documents:
            yield document, [_mention(document, each) for each in json.loads(document.text)]


def _mention(document: Document, values: dict[str, Any]) -> Mention:
    evidence = tuple(Evidence(field, 0, len(document.title), document.title) for field in ("action", "date", "country"))
    return Mention(**values | {"evidence": evidence})


class News:
    """An endless run of made-up stories, day after day; the same seed tells the same."""

    def __init__(self, seed: int) -> None:
        reference, self.random = load_reference(), Random(seed)
        self.platforms = self.random.sample(sorted(reference.platforms), 150)
        self.countries = self.random.sample(sorted(reference.countries), 80)
        self.authorities = sorted(reference.authorities)
        self.sources = [f"source-{number}" for number in range(60)]
        self.numbers = count()

    def documents(self, first: date, last: date) -> Iterator[Document]:
        """Documents of stories that begin between two days."""
        while True:
            yield from self._story(first + timedelta(days=self.random.randint(0, (last - first).days)))

    def _story(self, day: date) -> Iterator[Document]:
        first, second = self._what(day), self._what(day - timedelta(days=self.random.randint(5, 400)))
        for _ in range(min(int(self.random.paretovariate(1.1)), 40)):
            told = [first] if self.random.random() < 0.7 else [first, second]
            published = day + timedelta(days=min(int(self.random.expovariate(0.7)), 20))
            number = next(self.numbers)
            yield Document(
                f"d{number:07}",
                f"{first['platform']} {first['action']} {first['country']} as told by number {number}",
                json.dumps([self._as_told(each) for each in told]),
                published=str(published),
                source=self._skewed(self.sources),
                url=f"https://example.org/{number}",
                lang="en",
                fetched=str(published),
            )

    def _what(self, day: date) -> dict[str, Any]:
        action = self.random.choices(list(ACTIONS), list(ACTIONS.values()))[0]
        money = {"amount": self.random.choice(SUMS) * self.random.randint(1, 9), "currency": "EUR"}
        return {
            "platform": self._skewed(self.platforms), "action": action, "date": str(day),
            "country": self._skewed(self.countries), "authority": self.random.choice([*self.authorities[:9], None]),
        } | (money if action == "fine" else {})  # fmt: skip

    def _as_told(self, what: dict[str, Any]) -> dict[str, Any]:
        """A story as one document has it: later, vaguer, surer, without its sum."""
        random = self.random
        day = date.fromisoformat(what["date"]) + timedelta(days=random.choice([0, 0, 0, 0, 1]))
        told = what | {
            "date": str(day)[: random.choice(PRECISIONS)] or None,
            "date_basis": random.choice(["stated", "stated", "relative", "published"]),
            "country": what["country"] if random.random() < 0.9 else None,
            "status": random.choice(["reported", "reported", "confirmed", "confirmed", "threatened"]),
            "confidence": random.choice([0.5, 0.7, 0.9]),
        }
        return told if random.random() < 0.8 else {k: v for k, v in told.items() if k not in ("amount", "currency")}

    def _skewed(self, values: Sequence[str]) -> str:
        """The first values by far the most often, as with the news."""
        return self.random.choices(values, [1 / (place + 3) for place in range(len(values))])[0]
