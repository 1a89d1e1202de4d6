"""The commands that read documents, and make events of what was read."""
