"""Raw material: what went over the wire, written to WARC files (ISO 28500) and read from them."""
