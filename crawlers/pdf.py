"""PDF announcements in, text out; in a process of its own, since a stranger's file may ask for any time and memory."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from io import BytesIO

MAX_PAGES = 60
MAX_SECONDS = 20
MAX_MEMORY = 1_000_000_000
"""What is read of one file at most, and what reading it may cost: pages, seconds, bytes."""

_OFFICE = re.compile(r"^(microsoft word|untitled|document\d*$)|\.(docx?|pdf|rtf|odt|indd)$", re.IGNORECASE)


class PdfError(ValueError):
    """A PDF that cannot be read, or not within what it may cost."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """What a PDF holds: a line a paragraph; `created` is the day that the file itself tells (ISO 8601)."""

    title: str = ""
    author: str = ""
    created: str | None = None
    text: str = ""


def is_pdf(body: bytes) -> bool:
    """Whether the bytes are a PDF, whatever they are said to be."""
    return b"%PDF-" in body[:1024]


def read_pdf(body: bytes) -> Pdf:
    """The text of a PDF's first pages. PdfError where it cannot be had within the limits."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=body, capture_output=True, timeout=MAX_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"reading the PDF took more than {MAX_SECONDS} s") from error
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").split("\n")
        raise PdfError(f"the PDF cannot be read: {next(filter(None, reversed(lines)), 'the reader was ended')}")
    return Pdf(**json.loads(done.stdout))


def _read(body: bytes) -> Pdf:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(body))
    pages = (reader.pages[number].extract_text() for number in range(min(len(reader.pages), MAX_PAGES)))
    text = "\n".join(filter(None, map(paragraphs, pages)))
    about = reader.metadata
    title, created = (about.title or "", about.creation_date) if about else ("", None)
    return Pdf(
        title="" if _OFFICE.search(title.strip()) else " ".join(title.split()),
        author=" ".join(((about.author if about else None) or "").split()),
        created=created.date().isoformat() if created else None,
        text=text,
    )


def paragraphs(page: str) -> str:
    """A page's lines joined to paragraphs: a line that ends no sentence goes on in the next."""
    found: list[str] = []
    open_ = False
    for line in (" ".join(line.split()) for line in page.splitlines()):
        if line and open_:
            found[-1] = found[-1][:-1] + line if re.search(r"\w-$", found[-1]) else f"{found[-1]} {line}"
        elif line:
            found.append(line)
        open_ = bool(line) and len(line) > 40 and line[-1] not in ".!?…:;"
    return "\n".join(found)


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
    pdf = _read(sys.stdin.buffer.read())
    json.dump({name: getattr(pdf, name) for name in Pdf.__slots__}, sys.stdout)


if __name__ == "__main__":
    _main()
