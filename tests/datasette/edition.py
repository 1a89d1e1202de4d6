"""A public record in which each page has something to tell, and hostile words where others write."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from data.corrections import Correct, Ruling
from data.events_rows import Edition
from data.models import (
    Change,
    Conflict,
    Document,
    Event,
    Evidence,
    Link,
    Mention,
    Run,
    Source,
    SourceHealth,
    Step,
    StoredMention,
)
from data.reference import load_reference

NOW = "2026-01-02T03:04:05Z"
PRECISIONS: dict[int | None, Any] = {None: None, 4: "year", 7: "month", 10: "day"}
HOSTILE = "<script>alert(1)</script>"

# id, platform, action, status, country, authority, date, amount, currency, ended
EVENTS: list[tuple[Any, ...]] = [
    ("facetime-block-ru", "facetime", "block", "confirmed", "RU", "rkn", "2025-12-04", None, None, None),
    ("facetime-threat-ru", "facetime", "fine", "threatened", "RU", "rkn", "2025-10", None, None, None),
    ("tiktok-fine-ie", "tiktok", "fine", "confirmed", "IE", "dpc-ie", "2025-05-02", 530e6, "EUR", None),
    ("tiktok-ban-al", "tiktok", "ban", "confirmed", "AL", None, "2025-03-13", None, None, "2026-02-01"),
    ("tiktok-ban-in", "tiktok", "ban", "confirmed", "IN", "meity", "2020-06-29", None, None, None),
    ("x-order-turned", "x", "order", "confirmed", "BR", "Vara Federal", "2024", None, None, None),
    ("roblox.block~iq", "roblox", "block", "reported", "IQ", None, None, None, None, None),
]
WORDS = [
    Correct.model_construct(correct="tiktok-ban-al", field="scope", value=None, why=HOSTILE, by="A. Editor", when=NOW),
]

FOLLOWING: dict[str, Any] = {
    "links": (Link("facetime-threat-ru", "carried-out"),),
    "timeline": (
        Step("facetime-threat-ru", "threatened", "2025-10"),
        Step("facetime-block-ru", "in-force", "2025-12-04"),
    ),
}


def edition() -> Edition:
    documents = {
        "d1": Document("d1", "FaceTime no longer works", "Body.", "2025-12-04", "en", "https://news.test/1", "news"),
        "d2": Document("d2", HOSTILE, f"Body {HOSTILE}", "2025-12-05", "en", "https://news.test/2", "news"),
    }
    events = []
    for id_, platform, action, status, country, authority, date, amount, currency, ended in EVENTS:
        evidence: tuple[Evidence, ...] = (
            Evidence("event", 0, 4, "said so"),
            Evidence("platform", 5, 9, f"quote {HOSTILE}"),
        )
        evidence += (Evidence("grounds", 10, 14, "over spies"), Evidence("scope", 15, 19, "on state phones"))
        mention = Mention(platform, action, status, date, country=country, authority=authority, evidence=evidence)
        told = tuple(StoredMention(document, 0, mention) for document in documents)
        basis: Any = date and "stated"
        facts: tuple[Any, ...] = (
            platform,
            action,
            status,
            country,
            authority,
            date,
            PRECISIONS[date and len(date)],
            basis,
        )
        summary = f"{platform}: {action} in {country} {HOSTILE}"
        rest: tuple[Any, ...] = (
            amount,
            currency,
            "security",
            "officials",
            0.9,
            summary,
            1,
            1,
            2,
            told,
            NOW,
            NOW,
            None,
            ended,
        )
        events.append(Event(*(id_, *facts, *rest)))
    said_otherwise = (Conflict("date", "2025-12-05", 2, 2, 1, "relative"),)
    events[0] = replace(events[0], conflicts=said_otherwise, backing=frozenset({("d1#0", "platform")}))
    events[0] = replace(events[0], phase="in-force", follows=events[1].id, **FOLLOWING)
    health = [
        SourceHealth("news", NOW, NOW, NOW, "ok", None, NOW),
        SourceHealth("gazette", NOW, None, None, "failed", "blocked", NOW),
    ]
    changes = {1: Change("x-order-turned", NOW, "status", "threatened", "confirmed", "document")}
    sources = [Source("news", "News", "feed"), Source("gazette", "The Gazette", "listing", official=True)]
    run = Run(NOW, NOW, 2, 2, 0, len(events), len(events), 1, "1", "0.1.0")
    reference = load_reference()
    redirects = {"old-id": "facetime-block-ru"}
    said = [Ruling(1, entry, entry.events[0], old="none", contradicted="d2") for entry in WORDS]
    return Edition(events, documents, sources, health, changes, redirects, {1: run}, reference, said)
