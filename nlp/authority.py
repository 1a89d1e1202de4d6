"""The listed authority that acts in a frame, or that its sentence names."""

from __future__ import annotations

from nlp.frames import Frame
from nlp.jurisdiction import Found, far_from, found_in


def authority_of(frame: Frame) -> Found | None:
    """The listed authority that acts in a frame, or that its sentence names."""
    units = frame.sentence.units
    acting = next((units[i] for i in frame.actor.units if units[i].kind == "authority"), None)
    if acting:
        return found_in(acting, "actor")
    named = min((u for u in units if u.kind == "authority"), key=lambda unit: far_from(unit, frame), default=None)
    return found_in(named, "sentence") if named else None
