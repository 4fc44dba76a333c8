"""JSON in a folder of results, read strictly: what it must say, in the types that it must have.

In: the path of a manifest, which may come from anywhere. Out: its plain values, or an error in one
line with the file and the key. A manifest has a seal, so that a change of it is noticed; one of an
earlier version has none.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Never

from pydantic import BaseModel, ValidationError

from sim.errors import ServandaError
from sim.runs.output.opened import content

SEAL = "seal"
DEEPEST = 60
"""Tables in tables that are believed; those of ours have seven or so."""


def text(values: dict[str, Any]) -> bytes:
    """A manifest as it is written, with its seal.

    Raises:
        ValueError: If a number is not finite.
    """
    sealed = values | {SEAL: digest(values)}
    return json.dumps(sealed, ensure_ascii=False, indent=1, allow_nan=False).encode()


def digest(values: dict[str, Any]) -> str:
    """The seal of a manifest: SHA-256 of all else in it, as JSON in the order of its keys."""
    rest = {key: value for key, value in values.items() if key != SEAL}
    text = json.dumps(rest, ensure_ascii=True, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def altered(values: dict[str, Any]) -> bool:
    """Whether a manifest was changed since it was written, as far as that can be known."""
    return SEAL in values and values[SEAL] != digest(values)


def read(path: Path, model: type[BaseModel], what: str, schema: int) -> dict[str, Any]:
    """A manifest's values, which fit a model; of keys that the model does not name nothing is said.

    Args:
        path: The file.
        model: What must be in it.
        what: What it is the manifest of.
        schema: The newest format that is read.

    Raises:
        FileNotFoundError: If there is none.
        ServandaError: If it is none of ours, of a newer format, or a value is odd.
    """
    try:
        found: Any = json.loads(content(path), parse_constant=_refused)
        _refuse_depth(found)
        values = _object(found)
        digest(values)
    except (ValueError, TypeError, RecursionError) as error:
        why = str(error) if not isinstance(error, RecursionError) else "it is nested too deep"
        raise ServandaError(str(path), f"this is no manifest of {what}: {why[:200]}") from None
    written = values.get("schema")
    if isinstance(written, int) and not isinstance(written, bool) and written > schema:
        newer = f"written by a newer Servanda, in schema {written}; this one reads {schema}"
        raise ServandaError(str(path), newer, "install a newer Servanda")
    try:
        model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(map(str, first["loc"])) or "it"
        hint = "" if first["type"] == "missing" else f"it is {_short(first['input'])}"
        message = f"this is no manifest of {what}: '{key}': {first['msg'].lower()}"
        raise ServandaError(str(path), message, hint) from None
    return values


def _refused(word: str) -> Never:
    raise ValueError(f"{word} is no number")


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("it is no JSON object")
    return value


def _refuse_depth(value: object, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise ValueError("it is nested too deep")
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in below:
        _refuse_depth(one, depth + 1)


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "…"
