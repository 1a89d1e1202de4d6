"""How well crawlers.article reads pages of known text: python bench/extract.py PAGES.jsonl [--misses]

Each line of PAGES.jsonl has `page` (a .html or .html.gz file in the folder pages/ beside it), `url`, `body` and, where
known, `title` and `published`. Body: mean F1 of tokens; title: equal but for spacing; date: the same day.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawlers.article import Article, extract_article, token_f1
from crawlers.markup import one_line


def read_pages(gold: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Each gold row with its page."""
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        raw = (gold.parent / "pages" / row["page"]).read_bytes()
        yield row, gzip.decompress(raw) if row["page"].endswith(".gz") else raw


def score(row: dict[str, Any], article: Article) -> dict[str, float]:
    """Body F1, and title and date as 0 or 1 where the row has gold for them."""
    marks = {"body": token_f1(article.text, row["body"])}
    if "title" in row:
        marks["title"] = float(one_line(article.title) == one_line(row["title"]))
    if row.get("published"):
        marks["date"] = float((article.published or "")[:10] == row["published"][:10])
    return marks


def main() -> None:
    """Print the means, the pages a second, and with --misses each page that is not all right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--misses", action="store_true", help="name each page below 0.9 or with a wrong title or date")
    options = parser.parse_args()
    marks: dict[str, list[float]] = {}
    spent = 0.0
    for row, page in read_pages(options.gold):
        start = time.perf_counter()
        article = extract_article(page, row.get("url"))
        spent += time.perf_counter() - start
        for name, mark in score(row, article).items():
            marks.setdefault(name, []).append(mark)
            if options.misses and mark < 0.9:
                print(
                    f"{name} {mark:.3f} {row['page']}: {article.title!r} {article.published} {article.published_basis}"
                )
    for name, values in marks.items():
        print(f"{name:<6} {sum(values) / len(values):.4f}  of {len(values)}")
    print(f"pages/s {len(marks['body']) / spent:.1f}")


if __name__ == "__main__":
    main()
