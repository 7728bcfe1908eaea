"""Records as flat tables: what analysts, spreadsheets and SQL read."""
