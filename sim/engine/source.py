"""Hash of the source code that affects numbers, without docstrings, comments and messages.

If files were hashed byte by byte, a corrected typo in a comment would make every stored run
outdated and recompile every kernel. There are two hashes of this kind: one identifies compiled
code, the other is part of the identity of a run.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

COMPILED = (
    *("terms.py", "engine", "books", "levers", "parameters"),
    *("agents", "mechanisms", "month"),
)
"""Files and folders of the package that affect compiled code."""

DESCRIBED = frozenset({"Lever", "Mechanism", "Q", "Quantity"})
"""Declarations whose arguments include texts as well as numbers."""
WORDS = frozenset(
    {"title", "zh", "summary", "source", "standing", "passage", "expected", "bites"}
    | {"cheapest", "dearest"}
)
"""Arguments of these declarations that do not affect numbers: texts, ranges of prices, and the
settings in which a number matters (`bites`)."""
REPORTED = frozenset({"payment", "equation", "words"})
"""Declarations of a mechanism (an optional part of the model) that are only reported: they do not
affect numbers."""
MEASURED = frozenset({"indicator"})
"""Declarations of a mechanism that affect what is measured, but not compiled code."""


def files(parts: Iterable[str], package: Path = PACKAGE) -> list[Path]:
    """The Python files among these files and folders, each once, sorted by name."""
    found = {
        path
        for part in parts
        for path in ([package / part] if part.endswith(".py") else (package / part).rglob("*.py"))
    }
    return sorted(found, key=lambda path: path.relative_to(package).as_posix())


@cache
def source_hash(
    parts: tuple[str, ...] = COMPILED, package: Path = PACKAGE, *, measured: bool = True
) -> str:
    """Hash of these sources: the names of files, and the syntax that affects numbers.

    Args:
        parts: Files and folders, relative to the package.
        package: Folder of the package.
        measured: Whether the hash includes the indicators of mechanisms.

    Returns:
        64 hexadecimal digits, the same under every version of Python that is supported.
    """
    digest = hashlib.sha256()
    for path in files(parts, package):
        name = path.relative_to(package).as_posix()
        digest.update(name.encode() + b"\0" + _file_hash(path, measured))
    return digest.hexdigest()


@cache
def _file_hash(path: Path, measured: bool) -> bytes:
    """Hash of one file's syntax."""
    digest = hashlib.sha256()
    for piece in syntax(ast.parse(path.read_bytes()), measured):
        digest.update(piece.encode() + b"\0")
    return digest.digest()


def syntax(node: ast.AST, measured: bool = True) -> Iterator[str]:
    """The parts of a syntax tree that affect numbers, in order.

    Absent fields are skipped, because versions of Python differ in the fields that they add.
    """
    yield type(node).__name__
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(node, ast.Raise) and name == "exc" and isinstance(value, ast.Call):
            value = value.func  # the message does not affect numbers
        if isinstance(value, ast.AST):
            yield name
            yield from syntax(value, measured)
        elif isinstance(value, list):
            kept = [one for one in value if not _words(one, node, measured)]
            if kept:
                yield f"{name} {len(kept)}"
            for one in kept:
                yield from syntax(one, measured) if isinstance(one, ast.AST) else (repr(one),)
        elif value is not None and name not in {"kind", "type_comment"}:
            yield f"{name} {value!r}"


def _words(node: object, parent: ast.AST, measured: bool) -> bool:
    """Whether a part of a tree is left out of the hash.

    Left out are docstrings, texts in declarations, and what mechanisms only report. Unless
    `measured`, the indicators of mechanisms are left out too.
    """
    if isinstance(node, ast.Expr):
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            return node.value.func.attr in (REPORTED if measured else REPORTED | MEASURED)
        return isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return (
        isinstance(node, ast.keyword)
        and node.arg in WORDS
        and isinstance(parent, ast.Call)
        and isinstance(parent.func, ast.Name)
        and parent.func.id in DESCRIBED
    )
