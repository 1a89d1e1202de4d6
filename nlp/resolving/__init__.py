"""From mentions to events: what belongs together, which value wins, which id stays, what changed."""
