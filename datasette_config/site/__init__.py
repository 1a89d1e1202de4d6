"""The site's own pages, its API and its feeds: SQL on events.db in, HTML, JSON, SVG, XML out. Knows Datasette alone."""
