"""The parts of a WARC file, each readable without the others: gzip members, or the whole where nothing is gzipped."""

from __future__ import annotations

import zlib
from typing import IO

GZIP, PLAIN = b"\x1f\x8b\x08", b"WARC/1."
"""What a part begins with."""
STEP = 1 << 16
"""Bytes read at a time."""


def seek(stream: IO[bytes], offset: int, mark: bytes) -> int | None:
    """The offset of the next `mark` from `offset` on; None where there is none."""
    stream.seek(offset)
    kept = b""
    while data := stream.read(STEP):
        at = (kept + data).find(mark)
        if at >= 0:
            return offset - len(kept) + at
        offset += len(data)
        kept = (kept + data)[1 - len(mark) :]
    return None


class Part:
    """A gzip member of a file, which by the standard is one record, or all that follows where nothing is gzipped."""

    def __init__(self, stream: IO[bytes], begin: int, *, gzipped: bool) -> None:
        self.stream, self.begin = stream, begin
        self.unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if gzipped else None
        stream.seek(begin)

    def read(self, size: int = STEP) -> bytes:
        """Up to `size` bytes, unzipped; b"" at the end. ValueError where gzip is damaged or cut off."""
        if self.unzip is None:
            return self.stream.read(size)
        out = b""
        while not out and not self.unzip.eof:
            data = self.unzip.unconsumed_tail or self.stream.read(STEP)
            if not data:
                raise ValueError("cut off")
            try:
                out = self.unzip.decompress(data, size)
            except zlib.error as error:
                raise ValueError(f"damaged gzip ({error})") from error
        return out

    def end(self) -> int:
        """Where the next part begins, once this one is read."""
        return self.stream.tell() - (len(self.unzip.unused_data) if self.unzip else 0)
