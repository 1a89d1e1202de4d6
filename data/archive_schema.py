"""The archive's schema as migrations: a step that was once released is never edited, a new one is added below it."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from data.store import StoreError, open_store

APPLICATION_ID = 0x53504C41  # "SPLA"
migrations = Migrations("splinterlog-archive")

DOCUMENTS = """
CREATE TABLE documents (
    id TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL, url TEXT, source TEXT, published TEXT,
    published_basis TEXT, lang TEXT, fetched TEXT, title TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (id, revision)
);
CREATE INDEX documents_digest ON documents (id, revision, digest);
CREATE INDEX documents_url ON documents (url);
CREATE VIEW current_documents AS SELECT * FROM documents AS d
    WHERE revision = (SELECT max(revision) FROM documents WHERE id = d.id);
"""
SOURCES = """
CREATE TABLE sources (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, official INTEGER NOT NULL, country TEXT,
    languages TEXT NOT NULL, url TEXT
);
CREATE TABLE source_runs (
    id INTEGER PRIMARY KEY, source TEXT NOT NULL, started TEXT NOT NULL, finished TEXT NOT NULL, outcome TEXT NOT NULL,
    failure TEXT, detail TEXT, requests INTEGER NOT NULL, found INTEGER NOT NULL, new INTEGER NOT NULL
);
CREATE INDEX source_runs_source ON source_runs (source, started);
"""
# `digest` says which words were read; `fresh` that no refresh has used them yet (they are news, not a new reading).
READINGS = """
CREATE TABLE readings (
    document_id TEXT PRIMARY KEY, digest TEXT NOT NULL, tagger TEXT NOT NULL, fresh INTEGER NOT NULL
);
CREATE INDEX readings_fresh ON readings (document_id) WHERE fresh;
CREATE TABLE mentions (
    document_id TEXT NOT NULL REFERENCES readings (document_id), ordinal INTEGER NOT NULL, platform TEXT NOT NULL,
    action TEXT NOT NULL, status TEXT NOT NULL, date TEXT, date_precision TEXT, date_basis TEXT, country TEXT,
    authority TEXT, amount REAL, currency TEXT, grounds TEXT, scope TEXT, confidence REAL NOT NULL,
    evidence TEXT NOT NULL, PRIMARY KEY (document_id, ordinal)
);
"""
# Nothing is ever deleted here: an id that was once public stays spoken for, and finds its way back.
MEMORY = """
CREATE TABLE events (
    id TEXT PRIMARY KEY, first_seen TEXT NOT NULL, last_changed TEXT NOT NULL, gone INTEGER NOT NULL,
    state TEXT NOT NULL
);
CREATE TABLE traces (trace TEXT PRIMARY KEY, event_id TEXT NOT NULL REFERENCES events (id));
CREATE TABLE changes (
    id INTEGER PRIMARY KEY, event_id TEXT NOT NULL REFERENCES events (id), changed TEXT NOT NULL, field TEXT NOT NULL,
    old TEXT, new TEXT, why TEXT NOT NULL
);
CREATE TABLE redirects (
    old_id TEXT PRIMARY KEY REFERENCES events (id), event_id TEXT NOT NULL REFERENCES events (id)
);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT NOT NULL, documents INTEGER NOT NULL,
    tagged INTEGER NOT NULL, failed INTEGER NOT NULL, mentions INTEGER NOT NULL, events INTEGER NOT NULL,
    changes INTEGER NOT NULL, tagger TEXT NOT NULL, version TEXT NOT NULL
);
"""


@migrations()
def m001_first(db: Database) -> None:
    """All tables of the first release."""
    db.executescript(DOCUMENTS + SOURCES + READINGS + MEMORY)


@migrations()
def m002_announced(db: Database) -> None:
    """The day on which an action was announced, where it took effect on another."""
    db.execute("ALTER TABLE mentions ADD COLUMN announced TEXT")


@migrations()
def m003_country(db: Database) -> None:
    """The country of a document's source."""
    db.executescript("""
        DROP VIEW current_documents;
        CREATE VIEW current_documents AS SELECT d.*, s.country
            FROM documents AS d LEFT JOIN sources AS s ON s.id = d.source
            WHERE revision = (SELECT max(revision) FROM documents WHERE id = d.id);
    """)


@migrations()
def m004_curated(db: Database) -> None:
    """What the records of data sets state, beside what is read in their words."""
    db.execute("""CREATE TABLE curated (
        document_id TEXT PRIMARY KEY, country TEXT, authority TEXT, date TEXT, mentions TEXT NOT NULL)""")


@migrations()
def m005_sketches(db: Database) -> None:
    """A sketch of each text that tells something; what was read without one is read again."""
    db.execute("ALTER TABLE readings ADD COLUMN sketch BLOB")
    db.execute("UPDATE readings SET tagger = ''")


# What a refresh need not do again: where each mention belongs, which event it tells, and of which words a reading is.
# `lost` are mentions that a later reading replaced, until a refresh has seen what that changes. A trace's `origin` is
# the event that it told first. `resolver` and `state` of a run mark what made it and what it left.
CELLS = """
ALTER TABLE readings ADD COLUMN published TEXT;
ALTER TABLE readings ADD COLUMN source TEXT;
ALTER TABLE readings ADD COLUMN fetched TEXT;
UPDATE readings SET (published, source, fetched) =
    (SELECT d.published, d.source, d.fetched FROM current_documents AS d WHERE d.id = readings.document_id);
ALTER TABLE mentions ADD COLUMN family TEXT;
ALTER TABLE mentions ADD COLUMN area TEXT;
ALTER TABLE mentions ADD COLUMN event TEXT REFERENCES events (id);
CREATE INDEX mentions_cell ON mentions (family, area);
CREATE INDEX mentions_event ON mentions (event);
CREATE INDEX mentions_date ON mentions (family, date);
CREATE INDEX mentions_amount ON mentions (family, amount) WHERE amount IS NOT NULL;
CREATE TABLE lost (
    document_id TEXT, ordinal INTEGER, platform TEXT, action TEXT, status TEXT, date TEXT, country TEXT, amount REAL,
    currency TEXT, family TEXT, area TEXT, event TEXT
);
ALTER TABLE traces ADD COLUMN document_id TEXT;
ALTER TABLE traces ADD COLUMN origin TEXT;
UPDATE traces SET document_id = json_extract(trace, '$[0]'), origin = event_id;
CREATE INDEX traces_document ON traces (document_id);
CREATE INDEX traces_moved ON traces (trace) WHERE origin <> event_id;
CREATE INDEX events_living ON events (id) WHERE NOT gone;
CREATE INDEX events_gone ON events (id) WHERE gone;
ALTER TABLE runs ADD COLUMN resolver TEXT;
ALTER TABLE runs ADD COLUMN state TEXT;
"""


@migrations()
def m006_cells(db: Database) -> None:
    """What lets a refresh resolve only what new words touch."""
    db.executescript(CELLS)


@migrations()
def m007_traces(db: Database) -> None:
    """All documents that ever told an event are found by it."""
    db.execute("CREATE INDEX traces_event ON traces (event_id)")


@migrations()
def m008_patience(db: Database) -> None:
    """How much the failures of a source weigh, how reliable it is, and until when it is left alone."""
    db.executescript("""
        ALTER TABLE source_runs ADD COLUMN strikes REAL NOT NULL DEFAULT 0;
        ALTER TABLE source_runs ADD COLUMN reliability REAL;
        ALTER TABLE source_runs ADD COLUMN next_try TEXT;
    """)


@migrations()
def m009_registries(db: Database) -> None:
    """What registries of blocked domains had when they were read last."""
    db.execute("CREATE TABLE registries (source TEXT PRIMARY KEY, read TEXT NOT NULL, domains TEXT NOT NULL)")


@migrations()
def m010_articles(db: Database) -> None:
    """What else a page tells of itself, and why a text is not whole."""
    for column in ("authors", "section", "partial"):
        db.execute(f"ALTER TABLE documents ADD COLUMN {column} TEXT")


ADDRESSES = """
CREATE TABLE addresses (url TEXT PRIMARY KEY, document_id TEXT NOT NULL);
CREATE INDEX documents_words ON documents (source, digest);
CREATE TABLE validators (
    source TEXT NOT NULL, url TEXT NOT NULL, reader TEXT NOT NULL, headers TEXT NOT NULL, digest TEXT NOT NULL,
    found INTEGER NOT NULL, PRIMARY KEY (source, url)
);
"""


@migrations()
def m011_addresses(db: Database) -> None:
    """Other addresses of documents, and what an index was when it was read last."""
    db.executescript(ADDRESSES)


@migrations()
def m012_twins(db: Database) -> None:
    """Which of a document's addresses were found to tell what it told already."""
    db.execute("ALTER TABLE addresses ADD COLUMN twin INTEGER NOT NULL DEFAULT 0")


def open_archive(path: Path) -> Database:
    """The archive at `path`, migrated. StoreError where the file is no archive or comes from a newer Splinterlog."""
    db = open_store(path, application_id=APPLICATION_ID, kind="a Splinterlog archive")
    known = {step.name for step in migrations.pending(Database(memory=True))}
    newer = [step.name for step in migrations.applied(db) if step.name not in known]
    if newer:
        db.close()
        raise StoreError(f"{path}: written by a newer Splinterlog (schema step {newer[-1]}); upgrade Splinterlog")
    migrations.apply(db)
    return db
