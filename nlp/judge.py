"""The judge: named features of a candidate in, probabilities out. A logistic regression whose weights people can read.

nlp/judge.json holds three heads, trained by `make train` over all languages at once:
    event     P(the candidate is an event)
    status    P(threatened), P(reported), P(confirmed), P(denied)
    news      P(the event is told as news of the publication day, not as background without a date)
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

WEIGHTS = Path(__file__).parent / "judge.json"


@dataclass(frozen=True, slots=True)
class Head:
    """One logistic regression: by class, the weight of each feature. Two classes share one set of weights."""

    weights: dict[str, dict[str, float]]

    def scores(self, features: Iterable[str]) -> dict[str, float]:
        """Class → probability; they sum to 1 where there are several classes."""
        names = list(features)
        sums = {label: sum(table.get(name, 0.0) for name in names) for label, table in self.weights.items()}
        if len(sums) == 1:
            return {label: 1 / (1 + math.exp(-total)) for label, total in sums.items()}
        top = max(sums.values())
        powers = {label: math.exp(total - top) for label, total in sums.items()}
        return {label: power / sum(powers.values()) for label, power in powers.items()}


@dataclass(frozen=True, slots=True)
class Judge:
    """The three heads and the probability from which a candidate is published."""

    event: Head
    status: Head
    news: Head
    threshold: float

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Judge:
        """Reads the weights; ValueError names the file where it is no such file."""
        try:
            table = json.loads(path.read_text("utf-8"))
            heads = {name: Head(table[name]) for name in ("event", "status", "news")}
            return cls(threshold=float(table["threshold"]), **heads)
        except (OSError, KeyError, TypeError, json.JSONDecodeError) as error:
            raise ValueError(f"{path}: no judge's weights ({error}); run `make train`") from error

    def confidence(self, features: Iterable[str]) -> float:
        """P(event)."""
        return self.event.scores(features)["event"]

    def status_of(self, features: Iterable[str]) -> str:
        """The likeliest status."""
        scores = self.status.scores(features)
        return max(scores, key=lambda label: scores[label])

    def weighed(self, features: Iterable[str]) -> list[tuple[str, float]]:
        """The features that count for P(event) with their weights, the heaviest first."""
        table = self.event.weights["event"]
        return sorted(((name, table[name]) for name in features if name in table), key=lambda pair: -abs(pair[1]))

    def is_news(self, features: Iterable[str]) -> bool:
        """Whether an event without a date of its own has the publication's."""
        return self.news.scores(features)["news"] >= 0.5
