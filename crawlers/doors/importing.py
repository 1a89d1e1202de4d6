"""The commands that put into the archive what was fetched before, here or by others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.doors import INPUT, Misuse, Stop, archive_option, documents_of, opened, told

if TYPE_CHECKING:
    from collections import Counter

    from data.archive import Archive

WARC = (".warc", ".warc.gz")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=INPUT)
@archive_option()
def import_(files: tuple[Path, ...], archive: Path) -> None:
    """Put documents from JSON lines (.jsonl; - is standard input), WARC files or data sets of people into the archive.

    A line is an object with id, title and text, and perhaps published, lang, url and source. A data set (.csv or
    .jsonl) is known by its columns, see docs/curated.md. A file with a bad line is left out as a whole; the others are
    imported. The pages of a WARC file (.warc, .warc.gz) are extracted as a crawl does it; what is bad in it is told and
    passed over.
    """
    from data.curated import TableError
    from data.documents import LineError

    for file in files:
        if str(file) != "-" and not file.name.lower().endswith((".jsonl", ".csv", *WARC)):
            raise Misuse(
                f"{file}: only .jsonl, .csv, .warc and .warc.gz files can be imported; convert it to JSON lines"
            )
    bad = 0
    with opened(archive, new=True) as store:
        for file in files:
            try:
                click.echo(f"{file}: {_import(file, store)}")
            except (LineError, TableError, OSError) as error:
                bad += 1
                click.echo(f"Error: {error}", err=True)
    if bad:
        raise Misuse(f"{bad} of {len(files)} files were left out")


def _import(file: Path, store: Archive) -> str:
    """Put one file into the archive, whole or not at all but for a WARC file; what came of it."""
    from data.clock import now
    from data.curated import TableError, read_data_set, read_table
    from data.reference import load_reference

    if file.name.lower().endswith(WARC):
        from crawlers.warc.importing import import_warc

        return _counted(import_warc(file, store, lambda line: click.echo(f"Warning: {line}", err=True)))
    table = read_table(file) if file.suffix.lower() in (".csv", ".jsonl") else None
    if table:
        found = read_data_set(table, load_reference())
        store.put_sources([found.source])
        for problem in found.problems:
            click.echo(f"Warning: {problem}", err=True)
        new = store.add_curated(found.records)
        return f"{new} new or revised records; {len(found.records)} of {found.rows} rows count ({found.source.name})"
    if file.suffix.lower() == ".csv":
        raise TableError(f"{file}: its columns are of no declared data set; docs/curated.md tells how to add one")
    documents = [replace(each, fetched=now()) for each in documents_of(file)]
    return f"{store.add_documents(documents)} new or revised documents"


def _counted(counts: Counter[str]) -> str:
    bad = f", {counts['bad']} bad records passed over" if counts["bad"] else ""
    return f"{counts['documents']} new or revised documents from {counts['pages']} pages{bad}"


@click.command()
@click.argument("files", nargs=-1, type=INPUT)
@archive_option()
def reextract(files: tuple[Path, ...], archive: Path) -> None:
    """Extract the pages of WARC files again, without the network, and store revisions where title or text changed.

    Without FILES: all that crawls kept beside the archive. Of several pages for one document the latest counts.
    """
    from crawlers.warc.importing import reextract as extract_again
    from crawlers.warc.writing import raw_folder

    folder = raw_folder(archive)
    chosen = files or tuple(sorted(folder.glob("*.warc.gz")))
    if not chosen:
        raise Stop(f"{folder}: no WARC files there; a crawl leaves them there unless it is told --no-raw")
    with opened(archive) as store, told(OSError):
        click.echo(_counted(extract_again(chosen, store, lambda line: click.echo(f"Warning: {line}", err=True))))
