"""Every table there is."""

from pipelines.tables.articles import ARTICLES, DATES, MENTIONS
from pipelines.tables.duplicates import DUPLICATES
from pipelines.tables.events import EVENTS, EVIDENCE, PARTICIPANTS
from pipelines.tables.rejections import REJECTIONS
from pipelines.tables.stories import STORIES, STORY_ARTICLES, STORY_EVENTS
from pipelines.tables.table import Table
from pipelines.tables.trends import TRENDS

_EVENTS = (EVENTS, PARTICIPANTS, EVIDENCE)
_ARTICLES = (ARTICLES, MENTIONS, DATES, DUPLICATES)
_ALL = (*_EVENTS, *_ARTICLES, STORIES, STORY_ARTICLES, STORY_EVENTS, TRENDS, REJECTIONS)
TABLES: dict[str, Table] = {table.name: table for table in _ALL}
MAIN: dict[str, Table] = {table.record: table for table in reversed(_ALL)}
"""The table with one row a record, by record: filters are on it."""
