"""Lives in the public database, night by night: what follows comes in, and goes with what it followed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data.models import Document, Mention
from tests.nlp.nights import Nights, document

BLOCK = Mention("telegram", "block", "confirmed", date="2025-03-01", country="RU", confidence=0.9)
LIFTED = Mention("telegram", "restore", "confirmed", date="2025-04-01", country="RU", confidence=0.9)
OTHERS = [
    document(f"o{number}", [Mention("vk", "fine", "confirmed", date=f"2025-{number:02}-01", country="RU")])
    for number in range(1, 13)
] + [document(f"p{number}", [Mention("x", "ban", "confirmed", date=f"20{number}-01-01")]) for number in range(10, 26)]
EVENT, RESTORE = "2025-03-ru-telegram-block", "2025-04-ru-telegram-restore"


def life(nights: Nights) -> tuple[list[tuple[Any, ...]], ...]:
    """The block's end and phase, all links, the block's timeline, and broken references."""
    return (
        nights.rows(f"SELECT ended, phase FROM events WHERE id = '{EVENT}'"),
        nights.rows("SELECT event_id, other_id, phase, date FROM links"),
        nights.rows(f"SELECT step_id, phase, date FROM timeline WHERE event_id = '{EVENT}' ORDER BY number"),
        nights.rows("PRAGMA foreign_key_check"),
    )


BLOCKED = [(EVENT, "in-force", "2025-03-01")]


def test_a_lifting_comes_and_goes(tmp_path: Path) -> None:
    nights = Nights(tmp_path)
    nights.night([*OTHERS, document("d1", [BLOCK])])
    assert life(nights) == ([(None, "in-force")], [], BLOCKED, [])
    nights.night([document("d2", [LIFTED])])
    lifted = [(RESTORE, EVENT, "lifted", "2025-04-01")]
    steps = [*BLOCKED, (RESTORE, "lifted", "2025-04-01")]
    assert life(nights) == ([("2025-04-01", "lifted")], lifted, steps, [])
    assert nights.night().changes == 0
    nights.night([revised("d2")])
    assert life(nights) == ([(None, "in-force")], [], BLOCKED, [])
    whys = nights.rows(f"SELECT field, old, new, why FROM changes WHERE event_id = '{EVENT}' AND field = 'ended'")
    assert whys == [("ended", None, "2025-04-01", "document"), ("ended", "2025-04-01", None, "document")]


def revised(id: str) -> Document:
    """The document, telling nothing any more."""
    return document(id, [])
