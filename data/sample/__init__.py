"""A small made-up site about real events, for the demo and the tests: pages, their gold, sources, server."""
