"""A source file from an address: what is there is looked for, tried, and written down for a person to look at."""
