"""Every table there is."""

from pipelines.tables.articles import ARTICLES, DATES, MENTIONS
from pipelines.tables.duplicates import DUPLICATES
from pipelines.tables.events import EVENTS, EVIDENCE, PARTICIPANTS
from pipelines.tables.rejections import REJECTIONS
from pipelines.tables.table import Table
from pipelines.tables.trends import TRENDS

_ALL = (EVENTS, PARTICIPANTS, EVIDENCE, ARTICLES, MENTIONS, DATES, DUPLICATES, TRENDS, REJECTIONS)
TABLES: dict[str, Table] = {table.name: table for table in _ALL}
MAIN: dict[str, Table] = {table.record: table for table in reversed(_ALL) if table.name == f"{table.record}s"}
"""The table with one row a record, by record: filters are on it."""
