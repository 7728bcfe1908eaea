"""The page that editors keep open: what is happening now, who says so, since when, who copies whom."""
