"""Data sets that people keep by hand: each declared in a YAML here, each row a document and what it states."""

from data.curated.dataset import DataSet, DataSetError, load_data_sets
from data.curated.records import Reading, read_data_set
from data.curated.table import Table, TableError, read_table

__all__ = [
    "DataSet",
    "DataSetError",
    "Reading",
    "Table",
    "TableError",
    "load_data_sets",
    "read_data_set",
    "read_table",
]
