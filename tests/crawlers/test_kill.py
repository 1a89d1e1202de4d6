"""A crawl that is killed outright, early or late: the next one makes up for it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from data.archive import Archive

PAGES = 45
"""More than two batches of documents."""


@pytest.fixture(scope="module")
def killed_site(site: Any) -> Any:
    """A feed of some pages."""
    items = "".join(f"<item><title>{n}</title><link>{{site}}/page/{n}</link></item>" for n in range(PAGES))
    site.pages["/feed.xml"] = (200, "application/rss+xml", f'<rss version="2.0"><channel>{items}</channel></rss>')
    for number in range(PAGES):
        text = f"<p>The court fined the platform of case {number} again, and the ministry said nothing.</p>" * 9
        site.pages[f"/page/{number}"] = (200, "text/html", f"<article><h1>Case {number}</h1>{text}</article>")
    return site


def documents(path: Path) -> dict[str, tuple[str, str]]:
    """Title and text of every document by its id; no document has two revisions."""
    with Archive(path) as archive:
        assert archive.counts()["documents"] == archive.counts()["revisions"]
        return {each.id: (each.title, each.text) for each in archive.documents()}


@pytest.fixture(scope="module")
def undisturbed(
    killed_site: Any, write_source: Any, start_crawl: Any, finish_crawl: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, tuple[str, str]]]:
    """The source files, and what a crawl of them gets that nobody kills."""
    folder = tmp_path_factory.mktemp("undisturbed")
    write_source(folder / "sources", "site", url=f"{killed_site.address}/feed.xml", allow_private=True)
    finish_crawl(start_crawl(folder / "sources", folder / "a.db"))
    return folder / "sources", documents(folder / "a.db")


@pytest.mark.parametrize("asked", [0, 1, 3, 25, PAGES])
def test_a_killed_crawl_is_made_up_for(
    asked: int, killed_site: Any, undisturbed: Any, start_crawl: Any, finish_crawl: Any, tmp_path: Path
) -> None:
    sources, expected = undisturbed
    killed_site.asked.clear()
    crawling = start_crawl(sources, tmp_path / "a.db")
    deadline = time.monotonic() + 30
    while sum(path.startswith("/page/") for path in killed_site.asked) < asked and crawling.poll() is None:
        assert time.monotonic() < deadline, "the crawl did not get that far"
        time.sleep(0.005)
    crawling.kill()
    crawling.communicate()
    finish_crawl(start_crawl(sources, tmp_path / "a.db"))
    assert len(expected) == PAGES and documents(tmp_path / "a.db") == expected
