"""Packs long lists of small whole numbers into short texts for the browser.

Each number takes as many bytes as it needs, seven bits in each (LEB128). The bytes are compressed
(zlib) and written in base 64. Before that, `stays` and `columns` arrange numbers so that those that
are alike stand together, which is what the compression needs. The ways back, `unpack`, `months`,
`stepsOf` and `table`, are in static/replay.js.
"""

import base64
import zlib
from collections.abc import Iterable, Sequence

import numpy as np

LONGEST = 5
"""Bytes that a number below 2^32 needs at most."""

type Moves = tuple[np.ndarray, np.ndarray]
"""Rows that changed in a month (ascending), and their new codes."""

type Changes = Sequence[tuple[int, np.ndarray, np.ndarray]]
"""Month, rows that changed, and their new codes."""


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


def stays(first: int, codes: np.ndarray, changes: Changes) -> np.ndarray:
    """What each row was and for how long, stay after stay, as one row of numbers.

    How long a stay lasts and what follows depends on what it is: claims are in their grace period
    for about as long, and most are then paid or in default. So all stays with the same code stand
    together.

    Args:
        first: The month of `codes`.
        codes: Code of each row in that month; shape (rows,).
        changes: What changed after it, in order; at most one change of a row in a month.

    Returns:
        The number of rows and their codes; then for each code, from 0 on, how many stays it has,
        how many months each lasted (0: to the end), and the codes that followed those that ended.
        Stays of a code are in the order of rows, and of time within a row.
    """
    every = (first, np.arange(len(codes)), codes)
    when, row, code = zip(every, *changes, strict=True)
    when = np.repeat(when, list(map(len, row)))
    row, code = np.concatenate(row), np.concatenate(code).astype(np.int64)
    order = np.lexsort((when, row))
    when, row, code = when[order], row[order], code[order]
    ended = np.append(row[1:] == row[:-1], False)[: len(row)]
    lasted = np.where(ended, np.diff(when, append=0), 0)
    follows = np.append(code[1:], 0)[: len(code)]
    parts = [np.array([len(codes)]), codes]
    for one in range(int(code.max(initial=-1)) + 1):
        mine = code == one
        parts += [np.array([mine.sum()]), lasted[mine], follows[mine & ended]]
    return np.concatenate(parts)


def steps(moves: Iterable[Moves]) -> np.ndarray:
    """Changes month by month, as one row of numbers: short for few months, unlike `stays`.

    Returns:
        For each month the number of rows that changed, the rows (the first as it is, then each as
        the distance from the one before), and their new codes.
    """
    parts: list[np.ndarray] = [np.zeros(0, np.int64)]
    for rows, codes in moves:
        parts += [np.array([len(rows)]), np.diff(rows, prepend=0), np.asarray(codes, np.int64)]
    return np.concatenate(parts)


def columns(rows: Iterable[Sequence[int]]) -> np.ndarray:
    """A table of whole numbers, column after column, each as its change from the row before.

    A change d is written as 2d, or as -2d - 1 if it is negative.

    Returns:
        The number of rows, then the changes.
    """
    table = np.array(list(rows), np.int64)
    change = np.diff(table, axis=0, prepend=0).T.ravel()
    return np.concatenate([[len(table)], np.where(change < 0, -2 * change - 1, 2 * change)])
