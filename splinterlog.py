"""The command line: a thin door to each stage of the street."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawlers.doors.source import source
from crawlers.doors.status import status
from data.doors import (
    DATA,
    Ailing,
    Misuse,
    Stop,
    archive_option,
    corrections_file,
    corrections_option,
    events_option,
    opened,
    told,
)
from data.doors.corrections import COMMANDS, unheard
from data.doors.refresh import refresh
from data.doors.review import review
from datasette_config.doors import PORT, digest, dump, serve

if TYPE_CHECKING:
    from collections import Counter

    from data.archive import Archive
    from data.models import Document, Mention, SourceRun

INPUT = click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
WARC = (".warc", ".warc.gz")
TAGGED = [
    *("platform", "action", "date", "date_precision", "date_basis", "status", "country", "authority"),
    *("amount", "currency", "confidence", "evidence"),
]
"""The keys of an event as `tag` writes it, in order; other programs read them."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="splinterlog", prog_name="splinterlog")
def main() -> None:
    """What authorities do to digital platforms: crawl, read, join, publish.

    The usual night is `splinterlog refresh`, which crawls and builds; `splinterlog serve` shows the result. Each
    command can be run again at any time and does only what is new. Exit codes: 0 all went well; 1 something went wrong,
    as the message says; 2 the call or an input file is at fault; 3 most of the sources failed.
    """
    if isinstance(sys.stdout, TextIOWrapper):  # JSON is UTF-8 whatever the locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda record: record.levelno >= logging.ERROR or not record.name.startswith("scrapy"))
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", handlers=[handler])


@main.command()
@click.option("--source", "ids", multiple=True, metavar="ID", help="Only this source; may be given more than once.")
@click.option(
    "--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Folder of source files."
)
@click.option("--raw/--no-raw", default=True, help="Whether to keep what went over the wire, in WARC files.")
@click.option("--minutes", type=click.FloatRange(min=0, min_open=True), help="Time after which no more is begun.")
@archive_option()
def crawl(ids: tuple[str, ...], sources: Path | None, raw: bool, minutes: float | None, archive: Path) -> None:
    """Fetch what is new from the sources into the archive.

    Without --source: every enabled source that is not left alone for having failed night after night. A source that
    fails costs its own items and nothing else. Exit codes besides the usual: 3 where more than half of the sources
    failed or are left alone; 1 where a source file was refused.
    """
    from crawlers.crawl import crawl as crawl_sources
    from crawlers.patience import due, mostly_failed
    from crawlers.sources import SOURCES, choose_sources, read_sources
    from data.clock import now

    found, problems = read_sources(sources or SOURCES)
    for problem in problems:
        click.echo(f"refused: {problem}", err=True)
    with told(ValueError, kind=Misuse):
        chosen = choose_sources(found, ids)
    for one in [] if ids else [one for one in found if one.enabled and one.off]:
        click.echo(f"{one.id}: off: {one.off}", err=True)
    with opened(archive, new=True) as store:
        health = {each.source: each for each in store.source_health()}
        asked, paused = (chosen, []) if ids else due(chosen, health, now())
        for each in paused:
            click.echo(f"{each.source}: left alone until {each.next_try} ({each.failure} since {each.since})", err=True)
        runs = crawl_sources(
            asked,
            store,
            settings={"KEEP_RAW": raw},
            progress=lambda run: click.echo(_run_line(run), err=True),
            budget=minutes * 60 if minutes else None,
        )
    click.echo(_summary(runs, paused=len(paused), untried=len(asked) - len(runs)))
    if not chosen:
        raise Stop(f"no source could be crawled: no enabled source under {sources or SOURCES}")
    if mostly_failed(runs, len(paused)):
        raise Ailing("more than half of the sources failed, so the fault may be here: see `splinterlog status`")
    if problems:
        raise Stop(f"the rest was crawled; mend what was refused: {', '.join(sorted({p.file.name for p in problems}))}")


def _summary(runs: list[SourceRun], paused: int, untried: int) -> str:
    failed = sum(not run.well for run in runs)
    rest = [f"{count} {what}" for count, what in ((paused, "left alone"), (untried, "not tried")) if count]
    return ", ".join(
        [f"{len(runs)} sources", f"{failed} failed", *rest, f"{sum(run.new for run in runs)} new documents"]
    )


def _run_line(run: SourceRun) -> str:
    failure = f" ({run.failure}: {run.detail})" if run.failure else ""
    return f"{run.source}: {run.outcome}, {run.found} found, {run.new} new{failure}"


@main.command("import")
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
    documents = [replace(each, fetched=now()) for each in _documents(file)]
    return f"{store.add_documents(documents)} new or revised documents"


def _counted(counts: Counter[str]) -> str:
    bad = f", {counts['bad']} bad records passed over" if counts["bad"] else ""
    return f"{counts['documents']} new or revised documents from {counts['pages']} pages{bad}"


@main.command()
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


def _documents(file: Path) -> list[Document]:
    """All documents of a file or standard input; read whole, so that a bad line is known before anything is written."""
    from data.documents import read_documents

    with click.open_file(str(file), "rb") as lines:
        return list(read_documents(lines, str(file)))


@main.command()
@archive_option()
@events_option()
@corrections_option()
def build(archive: Path, events: Path, corrections: Path | None) -> None:
    """Read what is new in the archive, join all reports into events, publish them in one transaction.

    What people corrected wins over what is read. The public database may be served meanwhile; may be deleted, too: it
    is made again from the archive.
    """
    from data.clock import now
    from data.corrections_file import CorrectionsError, read_corrections
    from data.reference import load_reference
    from nlp.build import build as build_events
    from nlp.tag import Tagger

    file = corrections_file(corrections, archive)
    with told(CorrectionsError, kind=Misuse):
        said, problems = read_corrections(file, load_reference())
    for problem in problems:
        click.echo(f"refused: {problem}", err=True)
    with opened(archive) as store, _progress() as progress:
        done = build_events(store, events, tagger=Tagger(), now=now, corrections=said, progress=progress)
    for line in unheard(done.rulings, file, said.lines):
        click.echo(f"warning: {line}", err=True)
    click.echo(
        f"{done.documents} documents ({done.tagged} read now), {done.mentions} mentions, {done.events} events, "
        f"{done.changes} changes, {done.seconds:.1f} s"
    )
    if done.unread:
        raise Stop(f"{len(done.unread)} documents could not be read and are tried again next time: {done.unread[:10]}")
    if problems:
        raise Misuse(f"all else was built; mend what was refused in {file}, which is not obeyed until then")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Shows each step on a terminal, in one line that is written over; says nothing elsewhere."""
    shows = sys.stderr.isatty()

    def tell(step: str, done: int, total: int) -> None:
        if shows:
            click.echo(f"\r\033[K{step} {done}/{total}", nl=False, err=True)

    yield tell
    if shows:
        click.echo("\r\033[K", nl=False, err=True)


@main.command()
@click.argument("docs", type=INPUT)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="Where to write, once all is read; - is standard output, as without it.",
)
def tag(docs: Path, output: Path) -> None:
    """Read documents from DOCS (JSON lines; - is standard input) and write the events that each tells.

    No database is needed. A line of input is an object with id, title and text, and perhaps published, lang, url and
    source; a line of output, in the same order, has id and events. Offsets of evidence count characters in title, two
    line ends and text together. A line that is no document ends the run before anything is written.
    """
    from data.documents import LineError
    from data.output import whole_file
    from nlp.tag import Tagger

    with told(LineError, kind=Misuse):
        documents = _documents(docs)
    with told(OSError), whole_file(output) as out:
        for document, mentions in Tagger().read_all(documents):
            line = {"id": document.id, "events": [_tagged(mention) for mention in mentions]}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _tagged(mention: Mention) -> dict[str, Any]:
    facts = asdict(mention)
    return {key: facts[key] for key in TAGGED}


@main.command()
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


@main.command("eval")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--misses", is_flag=True, help="List every miss, extra and wrong field on standard error.")
@click.option("--calibration", is_flag=True, help="Show how often events of each confidence are right.")
@click.option("--causes", is_flag=True, help="Show the fifty commonest causes of errors and what each would gain.")
def eval_(gold: Path, misses: bool, calibration: bool, causes: bool) -> None:
    """Read labelled documents (JSON lines) and score what was read against their labels.

    Prints precision, recall and F1 of events, the share of right dates and other fields, the same by action and
    language, and false alarms on documents that tell of no event.
    """
    from data.documents import LineError
    from nlp import calibration as confidence
    from nlp import causes as errors
    from nlp.evaluate import evaluate
    from nlp.score import ScoreError, read_gold, table
    from nlp.tag import Tagger

    with told(LineError, ScoreError, kind=Misuse):
        documents, records = _documents(gold), read_gold(gold)
    report, found, _ = evaluate(documents, records, Tagger())
    if misses:
        click.echo("\n".join(report.misses), err=True)
    click.echo(table(report))
    if calibration:
        click.echo("\n" + confidence.table(report.judged))
    if causes:
        click.echo("\n" + errors.table(found, report))


@main.command()
@click.argument("doc")
@click.option("--id", "wanted", help="The document's id, where DOC is a file of several.")
@click.option("--published", help="Day on which a text was published, to resolve its dates against: 2025-12-04.")
@archive_option()
def explain(doc: str, wanted: str | None, published: str | None, archive: Path) -> None:
    """Show why a document was read as it was: candidates, frames, what the judge weighed, who dropped what.

    DOC is a file of documents (JSON lines), a text file whose first line is the title, - for such a text on standard
    input, or the URL or id of a document in the archive.
    """
    from nlp.explain import explain as explained
    from nlp.judge import Judge
    from nlp.tag import Tagger

    document = _wanted(doc, wanted, archive)
    if published:
        document = replace(document, published=published)
    for line in explained(document, Tagger().doc(document), Judge.load()):
        click.echo(line)


def _wanted(doc: str, id: str | None, archive: Path) -> Document:
    """The document that the words of a call mean."""
    from data.documents import LineError, document_of_text

    if doc == "-" or (Path(doc).is_file() and not doc.endswith(".jsonl")):
        with told(OSError, UnicodeDecodeError, kind=Misuse), click.open_file(doc, encoding="utf-8") as text:
            return document_of_text(text.read(), doc)
    if Path(doc).is_file():
        with told(LineError, kind=Misuse):
            found = [each for each in _documents(Path(doc)) if id in (None, each.id)]
    else:
        with opened(archive) as store:
            found = list(store.documents_named(doc))
    if not found:
        raise Misuse(
            f"{doc}: no such file, and no document of {archive} has this URL or id"
            if id is None
            else f"{doc}: no document {id}"
        )
    if len(found) > 1:
        raise Misuse(f"{doc}: {len(found)} documents; say which with --id, such as --id {found[0].id}")
    return found[0]


@main.command()
@archive_option("demo/archive.db")
@events_option("demo/events.db")
@click.option("--serve/--no-serve", "serving", default=True, help="Whether to show the result in a browser afterwards.")
@click.option("--port", type=PORT, default=8001, show_default=True, help="Port to serve on.")
@click.pass_context
def demo(context: click.Context, archive: Path, events: Path, serving: bool, port: int) -> None:
    """Crawl the sample site on this machine, build its database, serve it."""
    from data.sample.server import SampleServerError, serve_sample

    click.echo("The sample site, three sources:")
    with told(SampleServerError), serve_sample():
        context.invoke(crawl, ids=(), sources=DATA / "sample" / "sources", raw=False, archive=archive)
    context.invoke(build, archive=archive, events=events, corrections=None)
    if serving:
        context.invoke(serve, events=events, port=port)


for command in (*COMMANDS, digest, dump, refresh, review, serve, source, status):
    main.add_command(command)

if __name__ == "__main__":
    main()
