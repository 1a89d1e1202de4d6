"""The commands that tell how well documents are read, and why one was read as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from data.doors import Misuse, archive_option, documents_of, opened, told

if TYPE_CHECKING:
    from data.models import Document


@click.command("eval")
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
        documents, records = documents_of(gold), read_gold(gold)
    report, found, _ = evaluate(documents, records, Tagger())
    if misses:
        click.echo("\n".join(report.misses), err=True)
    click.echo(table(report))
    if calibration:
        click.echo("\n" + confidence.table(report.judged))
    if causes:
        click.echo("\n" + errors.table(found, report))


@click.command()
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
            found = [each for each in documents_of(Path(doc)) if id in (None, each.id)]
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
