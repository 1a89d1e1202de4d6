"""What changed since the last time, to those who subscribed: by mail, or to an address that takes JSON."""
