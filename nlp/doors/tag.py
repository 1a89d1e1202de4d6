"""The command that reads documents without a database."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from data.doors import INPUT, Misuse, documents_of, told

if TYPE_CHECKING:
    from data.models import Mention

TAGGED = [
    *("platform", "action", "date", "date_precision", "date_basis", "status", "country", "authority"),
    *("amount", "currency", "confidence", "evidence"),
]
"""The keys of an event as `tag` writes it, in order; other programs read them."""


@click.command()
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
        documents = documents_of(docs)
    with told(OSError), whole_file(output) as out:
        for document, mentions in Tagger().read_all(documents):
            line = {"id": document.id, "events": [_tagged(mention) for mention in mentions]}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _tagged(mention: Mention) -> dict[str, Any]:
    facts = asdict(mention)
    return {key: facts[key] for key in TAGGED}
