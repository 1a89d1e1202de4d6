"""The command that makes articles of pages."""

from __future__ import annotations

import json
from pathlib import Path

import click

from data.doors import Stop


@click.command()
@click.option("--url", help="The page's address, for its relative links and the date in it.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
def extract(url: str | None, files: tuple[Path, ...]) -> None:
    """Get title, text, date, authors and language out of HTML pages, a JSON line a page on standard output.

    FILE - is standard input. published_basis tells where the date was found, partial what stands in place of the whole
    article. A page that cannot be read is told, and the others are extracted.
    """
    from crawlers.article import extract_article

    failed = []
    for file in files:
        try:
            with click.open_file(str(file), "rb") as page:
                article = extract_article(page.read(), url)
        except (OSError, ValueError) as error:
            failed.append(str(file))
            click.echo(f"{file}: {error}", err=True)
            continue
        wanted = {
            "url": article.url or url,
            "title": article.title,
            "text": article.text,
            "published": article.published,
        }
        rest = {"published_basis": article.published_basis, "lang": article.lang}
        more = {"authors": article.authors, "section": article.section, "partial": article.partial}
        click.echo(json.dumps({"file": str(file)} | wanted | rest | more, ensure_ascii=False))
    if failed:
        raise Stop(f"{len(failed)} of {len(files)} pages could not be read")
