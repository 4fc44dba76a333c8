"""Packs long lists of small whole numbers into short texts for the browser.

Each number takes as many bytes as it needs, seven bits in each (LEB128). The bytes are compressed
(zlib) and written in base 64. `unpack` in static/replay.js is the way back.
"""

import base64
import zlib

import numpy as np

LONGEST = 5
"""Bytes that a number below 2^32 needs at most."""


def packed(numbers: np.ndarray) -> str:
    """Pack whole numbers from 0 to 2^32 - 1; shape (n,).

    Raises:
        ValueError: If a number is negative or too large.
    """
    values = np.asarray(numbers, np.int64)
    if len(values) and (values.min() < 0 or values.max() >= 2**32):
        raise ValueError("numbers to be packed must lie between 0 and 2^32 - 1")
    length = np.ones(len(values), np.int64)
    for more in range(1, LONGEST):
        length += values >= 1 << (7 * more)
    ends = np.cumsum(length)
    out = np.zeros(int(ends[-1]) if len(ends) else 0, np.uint8)
    for nth in range(LONGEST):
        has = length > nth
        byte = (values[has] >> (7 * nth)) & 127
        byte |= np.where(length[has] > nth + 1, 128, 0)
        out[ends[has] - length[has] + nth] = byte
    return base64.b64encode(zlib.compress(out.tobytes(), 9)).decode("ascii")


def unpacked(text: str) -> np.ndarray:
    """The numbers of a packed text; shape (n,)."""
    data = np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8)
    numbers, value, shift = [], 0, 0
    for byte in data.tolist():
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return np.array(numbers, np.int64)
