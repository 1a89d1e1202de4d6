"""Takes pictures of the main pages over the sample's database into docs/screens/; `make screens` calls it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data.serving import serve_events
from docs.chromium import chromium

FOLDER = Path(__file__).with_name("screens")
PAGES = {
    "front": "/",
    "find": "/find?country=RU",
    "event": "/event/2025-12-ru-facetime-block",
    "country": "/country/RU",
    "countries": "/countries",
    "question": "/events/fines_by_authority_and_year",
    "data": "/events",
}
LOOKS: dict[str, tuple[int, Any]] = {"wide": (1280, "light"), "narrow": (390, "dark")}
HEIGHT = 1600


def main() -> None:
    """Every page in every look."""
    with TemporaryDirectory() as folder:
        events = Path(folder) / "events.db"
        made = ["--archive", f"{folder}/archive.db", "--events", str(events)]
        subprocess.run([sys.executable, "-m", "splinterlog", "demo", "--no-serve", *made], check=True)
        with serve_events(events) as address:
            _take(address)


def _take(site: str) -> None:
    with chromium() as browser:
        for look, (width, scheme) in LOOKS.items():
            page = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
            for name, path in PAGES.items():
                page.goto(site + path)
                page.screenshot(path=FOLDER / f"{name}-{look}.png")


if __name__ == "__main__":
    main()
