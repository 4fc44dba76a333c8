"""Reads and writes the JSON manifest of a folder of results, and checks its contents strictly.

In: the path of a manifest, which may be from an unknown source. Out: its plain values, or a
one-line error with the file and the key.

A manifest contains a seal (a hash of its contents), so that changes are noticed. Manifests of
earlier versions have no seal.
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
"""Largest depth of nesting that is accepted; manifests of Servanda have about seven."""


def text(values: dict[str, Any]) -> bytes:
    """The JSON text of a manifest, with its seal.

    Raises:
        ValueError: If a number is not finite.
    """
    sealed = values | {SEAL: digest(values)}
    return json.dumps(sealed, ensure_ascii=False, indent=1, allow_nan=False).encode()


def digest(values: dict[str, Any]) -> str:
    """The seal of a manifest: SHA-256 of all its other values, as JSON with sorted keys."""
    rest = {key: value for key, value in values.items() if key != SEAL}
    text = json.dumps(rest, ensure_ascii=True, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def altered(values: dict[str, Any]) -> bool:
    """Whether a manifest was changed since it was written; False if it has no seal."""
    return SEAL in values and values[SEAL] != digest(values)


def read(path: Path, model: type[BaseModel], what: str, schema: int) -> dict[str, Any]:
    """The values of a manifest, checked against a pydantic model; further keys are allowed.

    Args:
        path: The file.
        model: The required keys and their types.
        what: The kind of folder, for messages, such as "a run".
        schema: The newest format that can be read.

    Raises:
        FileNotFoundError: If there is no such file.
        ServandaError: If it is no manifest of this kind, is in a newer format, or has an invalid
            value.
    """
    try:
        found: Any = json.loads(content(path), parse_constant=_refused)
        _refuse_depth(found)
        values = _object(found)
        digest(values)
    except (ValueError, TypeError, RecursionError) as error:
        why = str(error) if not isinstance(error, RecursionError) else "it is nested too deep"
        raise ServandaError(str(path), f"this is not a manifest of {what}: {why[:200]}") from None
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
        message = f"this is not a manifest of {what}: '{key}': {first['msg'].lower()}"
        raise ServandaError(str(path), message, hint) from None
    return values


def _refused(word: str) -> Never:
    raise ValueError(f"{word} is not a number")


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("it is not a JSON object")
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
