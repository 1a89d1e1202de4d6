"""The site as people meet it: in Chromium, wide and narrow, light and dark, without a script, by keyboard.

axe-core (https://github.com/dequelabs/axe-core) says whether a page can be used with a screen reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.datasette.hostile import TEXTS

EVENT = "/event/2025-12-ru-facetime-block"
OURS = [
    *("/", "/find", "/find?country=RU&action=block", "/find?q=nothing+of+the+kind", "/find?from=soon", EVENT),
    *("/platforms", "/platform/facetime", "/owners", "/owner/apple", "/countries", "/country/RU", "/authorities"),
    *(
        "/authority/rkn",
        "/actions",
        "/action/fine",
        "/sources",
        "/source/sample-ledger",
        "/about",
        "/dictionary",
        "/api",
    ),
    "/event/no-such-event",
]
DATASETTES = ["/events", *(f"/events/{path}" for path in ("events", "events?_facet=phase", "changes?_sort=changed"))]
DATASETTES += ["/events/blocks_in_force", "/events/platforms_by_countries", "/events/platforms/facetime"]
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


class Visit:
    """A page that notes what it asks for and what goes wrong in it."""

    def __init__(self, browser: Browser, width: int, scheme: Any, scripts: bool = True) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=scripts
        )
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.hosts: set[str | None] = set()
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))


@pytest.fixture
def visit(browser: Browser) -> Iterator[Any]:
    visits: list[Visit] = []

    def begin(width: int = 1280, scheme: str = "light", scripts: bool = True) -> Visit:
        visits.append(Visit(browser, width, scheme, scripts))
        return visits[-1]

    yield begin
    for each in visits:
        each.context.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("path", [*OURS, *DATASETTES])
def test_a_page_can_be_used_by_all(sample_site: str, visit: Any, path: str, width: int, scheme: str) -> None:
    """No violation of axe-core's rules, no error, no request to anybody else, nothing wider than the screen."""
    shown = visit(width, scheme)
    answer = shown.page.goto(f"{sample_site}{path}")
    expected = 404 if "no-such" in path else 400 if "soon" in path else 200
    assert answer.status == expected
    found = Axe().run(shown.page).response["violations"]
    assert [(each["id"], [node["html"][:150] for node in each["nodes"]][:3]) for each in found] == []
    assert shown.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [told for told in shown.wrong if str(expected) not in told or expected == 200] == []
    assert shown.hosts == {"127.0.0.1"}


@pytest.mark.parametrize("path", ["/", "/country/RU", EVENT])
def test_no_number_needs_a_script(sample_site: str, visit: Any, path: str) -> None:
    with_scripts, without = visit(), visit(scripts=False)
    for shown in (with_scripts, without):
        shown.page.goto(f"{sample_site}{path}")
    assert without.page.inner_text("main") == with_scripts.page.inner_text("main")
    assert without.page.locator("main script").count() == 0


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_way_of_an_analyst(sample_site: str, visit: Any, width: int, scheme: str) -> None:
    """What happened, where, and the table of it as CSV: from the front page, in a minute."""
    page = visit(width, scheme).page
    page.goto(sample_site)
    page.get_by_label("Country").fill("Russia")
    page.select_option("select[name=action]", "block")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url(re.compile(r"/find\?country=RU&action=block$"))
    rows = page.locator("table.cards tbody tr")
    assert rows.count() == int(page.locator("main p b").first.inner_text()) > 1
    with page.expect_download() as told:
        page.get_by_role("link", name="CSV").click()
    lines = open(told.value.path(), encoding="utf-8").read().splitlines()  # noqa: PTH123, SIM115
    assert len(lines) == 1 + rows.count() and lines[0].startswith("id,url,summary,")


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_way_of_a_journalist(sample_site: str, visit: Any, width: int, scheme: str) -> None:
    """From words to an event, its quotes and their documents, and an address to cite for good."""
    page = visit(width, scheme).page
    page.goto(sample_site)
    page.get_by_label("Words").fill("FaceTime")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find?q=FaceTime*")
    page.locator("table.cards td.what a", has_text="blocked FaceTime").first.click()
    page.wait_for_url(f"**{EVENT}")
    assert page.locator("blockquote cite a[href^='http']").count() > 0
    cited = page.locator(".cite a[rel=bookmark]")
    assert cited.inner_text() == page.url == cited.evaluate("link => link.href")
    assert page.locator("dt", has_text="Date").count() == 1


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_way_of_a_developer(sample_site: str, visit: Any, width: int, scheme: str) -> None:
    """From the page to its JSON, and from the index to all events."""
    shown = visit(width, scheme)
    shown.page.goto(f"{sample_site}{EVENT}")
    shown.page.get_by_role("link", name="JSON", exact=True).click()
    shown.page.wait_for_url("**.json")
    told = shown.page.evaluate("JSON.parse(document.body.innerText)")
    assert told["event"]["id"] == EVENT.rpartition("/")[2] and told["evidence"] and told["documents"]
    shown.page.goto(f"{sample_site}/api/index.json")
    index = shown.page.evaluate("JSON.parse(document.body.innerText)")
    shown.page.goto(index["events"])
    events = shown.page.evaluate("JSON.parse(document.body.innerText)")
    assert events["count"] == index["counts"]["events"] > 0


def test_a_keyboard_is_enough(sample_site: str, visit: Any) -> None:
    page = visit().page
    page.goto(sample_site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


@pytest.mark.parametrize("path", ["/", "/find", "/feeds/changes.atom", *(f"/event/{key}" for key in TEXTS)])
def test_what_others_wrote_does_not_run(hostile: str, visit: Any, path: str) -> None:
    shown = visit()
    shown.page.on("dialog", lambda dialog: shown.wrong.append(dialog.message))
    shown.page.goto(f"{hostile}{path}")
    assert shown.page.evaluate("window.ran") is None
    assert (shown.wrong, shown.hosts) == ([], {"127.0.0.1"})


def test_what_others_wrote_does_not_turn_our_words_round(hostile: str, visit: Any) -> None:
    page = visit().page
    page.goto(f"{hostile}/event/override")
    holding = page.locator("main *:not(:has(*))", has_text="safe").all()
    assert holding
    for each in holding:
        isolated = "e => [e, e.parentElement].some(x => getComputedStyle(x).unicodeBidi.startsWith('isolate'))"
        assert each.evaluate(isolated), each.evaluate("e => e.outerHTML")
