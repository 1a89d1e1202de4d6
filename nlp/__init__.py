"""What a text says: a spaCy pipeline from Document to Mentions, and from Mentions to Events."""
