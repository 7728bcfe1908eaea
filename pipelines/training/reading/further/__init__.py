"""Further labelled articles: what happened in news, labelled for rasid; README.md says by whom and how well."""
