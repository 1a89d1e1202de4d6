"""The command line: a thin door to each stage of the street."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import click

ROOT = Path(__file__).parent
ARCHIVE, EVENTS = ROOT / "data" / "archive.db", ROOT / "data" / "events.db"
PATH = click.Path(path_type=Path, dir_okay=False)
archive_option = click.option(
    "--archive", type=PATH, default=ARCHIVE, show_default="data/archive.db", help="The archive of documents."
)
events_option = click.option(
    "--events", type=PATH, default=EVENTS, show_default="data/events.db", help="The public database."
)


class Stop(click.ClickException):
    """Ends a command with a message and an exit code."""

    def __init__(self, message: object, exit_code: int = 1) -> None:
        super().__init__(str(message))
        self.code = exit_code

    def show(self, file: Any = None) -> None:
        """Prints the message and ends with this error's own code."""
        super().show(file)
        sys.exit(self.code)


@contextmanager
def told(*errors: type[Exception], exit_code: int = 1) -> Iterator[None]:
    """Turns the named errors, whose words are meant for people, into a message and an exit code."""
    try:
        yield
    except errors as error:
        raise Stop(error, exit_code) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="splinterlog")
def main() -> None:
    """What authorities do to digital platforms: crawl, read, join, publish.

    The usual night is `splinterlog crawl` and then `splinterlog build`; `splinterlog serve` shows the result. Each
    command can be run again at any time and does only what is new.
    """
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.addFilter(lambda record: record.levelno >= logging.ERROR or not record.name.startswith("scrapy"))
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", handlers=[handler])


@main.command()
@click.option("--source", "ids", multiple=True, metavar="ID", help="Only this source; may be given more than once.")
@click.option(
    "--sources", type=click.Path(path_type=Path, file_okay=False, exists=True), help="Folder of source files."
)
@archive_option
def crawl(ids: tuple[str, ...], sources: Path | None, archive: Path) -> None:
    """Fetch what is new from the sources into the archive.

    Without --source: every enabled source. A source that fails costs its own items and nothing else.
    """
    from crawlers.crawl import crawl as crawl_sources
    from crawlers.sources import SOURCES, choose_sources, read_sources
    from data.archive import Archive
    from data.store import StoreError

    found, problems = read_sources(sources or SOURCES)
    for problem in problems:
        click.echo(f"refused: {problem}", err=True)
    with told(StoreError, ValueError), Archive(archive) as store:
        runs = crawl_sources(
            choose_sources(found, ids), store, progress=lambda run: click.echo(_run_line(run), err=True)
        )
    failed = [run.source for run in runs if run.outcome == "failed"]
    click.echo(f"{len(runs)} sources, {len(failed)} failed, {sum(run.new for run in runs)} new documents")
    if problems or (runs and len(failed) == len(runs)):
        raise Stop("no source could be crawled" if not problems else "source files were refused; the rest was crawled")


def _run_line(run: Any) -> str:
    failure = f" ({run.failure}: {run.detail})" if run.failure else ""
    return f"{run.source}: {run.outcome}, {run.found} found, {run.new} new{failure}"


@main.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True)
)
@archive_option
def import_(files: tuple[Path, ...], archive: Path) -> None:
    """Put documents from JSON lines files into the archive: an object a line with id, title and text."""
    from data.archive import Archive
    from data.documents import LineError
    from data.store import StoreError

    with told(StoreError), told(LineError, exit_code=2), Archive(archive) as store:
        for file in files:
            if str(file) != "-" and file.suffix != ".jsonl":
                raise Stop(f"{file}: only .jsonl files can be imported; convert it to JSON lines of documents", 2)
            click.echo(f"{file}: {store.add_documents(_documents(file))} new or revised documents")


def _documents(file: Path) -> list[Any]:
    """All documents of a file or standard input; read whole, so that a bad line is known before anything is written."""
    from data.documents import read_documents

    with click.open_file(str(file), encoding="utf-8") as lines:
        return list(read_documents(lines, str(file)))


@main.command()
@archive_option
@events_option
def build(archive: Path, events: Path) -> None:
    """Read what is new, join all reports into events, publish them in one transaction."""
    from data.archive import Archive
    from data.store import StoreError
    from nlp.build import build as build_events
    from nlp.tag import Tagger

    with told(StoreError), Archive(archive) as store, _progress() as progress:
        done = build_events(store, events, tagger=Tagger(), now=_now, progress=progress)
    click.echo(
        f"{done.documents} documents ({done.tagged} read now), {done.mentions} mentions, {done.events} events, "
        f"{done.changes} changes, {done.seconds:.1f} s"
    )
    if done.unread:
        raise Stop(f"{len(done.unread)} documents could not be read and are tried again next time: {done.unread[:10]}")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


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
@click.argument("docs", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    help="Where to write; - is standard output.",
)
def tag(docs: Path, output: Path) -> None:
    """Read documents (JSON lines) and write what each tells, a line a document, without any database."""
    from data.documents import LineError
    from nlp.tag import Tagger

    with told(LineError, exit_code=2):
        documents = _documents(docs)
    with _whole(output) as out:
        for document, mentions in Tagger().read_all(documents):
            out.write(
                json.dumps({"id": document.id, "events": [asdict(each) for each in mentions]}, ensure_ascii=False)
                + "\n"
            )


@contextmanager
def _whole(output: Path) -> Iterator[TextIO]:
    """A file that appears only once it is whole, so that a failure leaves the older one; or standard output."""
    if str(output) == "-":
        yield sys.stdout
        return
    part = output.with_name(f"{output.name}.part")
    with told(OSError):
        try:
            with part.open("w", encoding="utf-8") as out:
                yield out
            part.replace(output)
        finally:
            part.unlink(missing_ok=True)


@main.command()
@click.option("--url", help="The page's address, for its relative links and the date in it.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
def extract(url: str | None, files: tuple[Path, ...]) -> None:
    """Get title, text, date and language out of HTML pages: a JSON line a page."""
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
        click.echo(json.dumps({"file": str(file)} | wanted | rest, ensure_ascii=False))
    if failed:
        raise Stop(f"{len(failed)} of {len(files)} pages could not be read")


@main.command()
@events_option
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port on 127.0.0.1.")
def serve(events: Path, port: int) -> None:
    """Show the public database in a browser, with Datasette, until Ctrl-C."""
    if not events.exists():
        raise Stop(f"{events}: there is no such database; `splinterlog build` makes it")
    config = ROOT / "datasette_config"
    settings = json.loads((config / "settings.json").read_text("utf-8"))
    pairs = [
        ("--setting", name, "on" if value is True else "off" if value is False else str(value))
        for name, value in settings.items()
    ]
    click.echo(f"http://127.0.0.1:{port}/")
    sys.stdout.flush()
    program = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        str(_named_events(events)),
        "--metadata",
        str(config / "metadata.yaml"),
    ]
    program += ["--plugins-dir", str(config / "plugins"), "--template-dir", str(config / "templates")]
    program += ["--static", f"assets:{config / 'static'}", "--cors", "-h", "127.0.0.1", "-p", str(port)]
    os.execv(sys.executable, [*program, *(part for pair in pairs for part in pair)])


def _named_events(path: Path) -> Path:
    """The database under the name "events", which Datasette takes from the file: itself, or a link beside it."""
    if path.stem == "events":
        return path
    link = path.parent / f".{path.stem}-served" / "events.db"
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(path.resolve())
    return link


@main.command("eval")
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--misses", is_flag=True, help="List every miss, extra and wrong field on standard error.")
def eval_(gold: Path, misses: bool) -> None:
    """Read labelled documents and score what was read against their labels."""
    from data.documents import LineError, document_of
    from nlp.score import ScoreError, read_gold, score, table
    from nlp.tag import Tagger

    with told(LineError, ScoreError, exit_code=2):
        records = read_gold(gold)
        documents = [document_of(record) for record in records]
    events = {document.id: [asdict(each) for each in mentions] for document, mentions in Tagger().read_all(documents)}
    report = score(records, events)
    if misses:
        click.echo("\n".join(report.misses), err=True)
    click.echo(table(report))


@main.command()
@archive_option
def status(archive: Path) -> None:
    """Tell how the sources do, how much there is, and when it was last refreshed."""
    from data.archive import Archive
    from data.store import StoreError

    if not archive.exists():
        raise Stop(f"{archive}: there is no such archive; `splinterlog crawl` or `splinterlog import` makes it")
    with told(StoreError), Archive(archive) as store:
        counts, refresh, health = store.counts(), store.last_refresh(), store.source_health()
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items()))
    click.echo(f"last refresh: {refresh.finished if refresh else 'never'}")
    for each in health:
        state = each.outcome if not each.failure else f"{each.outcome} ({each.failure})"
        success, new = each.last_success or "never", each.last_new or "never"
        click.echo(f"{each.source}: {state} since {each.since}, last success {success}, last new {new}")


@main.command()
@click.option("--serve/--no-serve", "serving", default=True, help="Whether to show the result in a browser afterwards.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port to serve on.")
@click.pass_context
def demo(context: click.Context, serving: bool, port: int) -> None:
    """Crawl the sample site on this machine, build its database, serve it."""
    from data.sample.server import SampleServerError, serve_sample

    archive, events = ROOT / "data" / "demo" / "archive.db", ROOT / "data" / "demo" / "events.db"
    archive.parent.mkdir(exist_ok=True)
    with told(SampleServerError), serve_sample():
        context.invoke(crawl, ids=(), sources=ROOT / "data" / "sample" / "sources", archive=archive)
    context.invoke(build, archive=archive, events=events)
    if serving:
        context.invoke(serve, events=events, port=port)


if __name__ == "__main__":
    main()
