"""JSON Schema of experiment files, so that an editor completes names and shows units and ranges."""

from collections.abc import Iterator
from typing import Any

from sim.engine.record import Quantity
from sim.experiment.factor_target import SCENARIO
from sim.experiment.spec import SHORT, Spec
from sim.levers.catalogue import catalogue
from sim.levers.lever import Lever
from sim.measure.indicators import INDICATORS
from sim.measure.series import BREAKDOWNS
from sim.scenario.checking.outline import outline
from sim.scenario.scenario import SECTIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The JSON Schema of an experiment file: designs, and every path that a factor may move."""
    made: dict[str, Any] = _without_null(Spec.model_json_schema())
    keys, parts = made["properties"], made["$defs"]
    parts["Factor"]["title"] = "Factor"
    for table in (made, *parts.values()):
        for name, key in table.get("properties", {}).items():
            key["title"] = name
    keys["factors"] |= {
        "properties": dict(_factors()),
        "patternProperties": {r"^policies\.": _factor()},
        # A dotted path may be written as tables in tables, and extensions add levers.
        "additionalProperties": {"anyOf": [_factor(), {"type": "object"}]},
    }
    keys["set"]["properties"] = {
        path: _told(path, declared) | _range(declared) for path, declared in _numbers()
    }
    # Extensions add indicators, which are offered by nobody and still right.
    named: dict[str, Any] = {"anyOf": [{"enum": [i.name for i in INDICATORS]}, {"type": "string"}]}
    _one_or_many(keys["indicators"], named)
    _one_or_many(keys["by"], {"enum": list(BREAKDOWNS)})
    _one_or_many(keys["constraints"], {"type": "string"})
    for design in ("Factorial", "FractionalFactorial"):
        _one_or_many(parts[design]["properties"]["policies"], {"type": "string"})
    for key, path in SHORT.items():
        keys[key]["description"] += f" Short for {path}."
    return {"$schema": DIALECT} | made


def _without_null(part: Any) -> Any:
    """The same where TOML can write it: a value is there or left out, but never null."""
    if isinstance(part, list):
        return [_without_null(below) for below in part]
    if not isinstance(part, dict):
        return part
    form = {key: _without_null(below) for key, below in part.items()}
    if "anyOf" in form and {"type": "null"} in form["anyOf"]:
        (kept,) = (one for one in form.pop("anyOf") if one != {"type": "null"})
        form = kept | {key: value for key, value in form.items() if key != "default"}
    return form


def _factor() -> dict[str, Any]:
    """What may be said of a factor; a bare list stands for its values."""
    return {"anyOf": [{"$ref": "#/$defs/Factor"}, {"type": "array", "minItems": 1}]}


def _factors() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every path that a factor may move, with what it is."""
    yield SCENARIO, {"description": "The base itself, from a list of values."} | _factor()
    for path, declared in _numbers():
        yield path, _told(path, declared) | _factor()


def _numbers() -> Iterator[tuple[str, Quantity | None]]:
    """Levers, then every other number, word and switch of a scenario that has a fixed path."""
    for entry in catalogue():
        yield entry.path, entry.lever
    for path in outline().paths():
        node = outline().find(path)
        section = path.partition(".")[0]
        if node is None or node.keys or section not in SECTIONS or section == "levers":
            continue
        if path != "run.seed" and path != section:
            yield path, node.quantity


def _told(path: str, declared: Quantity | None) -> dict[str, str]:
    """Title and description of what a path means."""
    if declared is None:
        return {"title": path}
    title = f"{declared.title} {declared.zh}" if isinstance(declared, Lever) else path
    within = f"{declared.low:g} to {declared.high:g}"
    source = f". {declared.source} ({declared.standing})" if declared.source else ""
    return {"title": title, "description": f"{within}, {declared.unit}{source}"}


def _range(declared: Quantity | None) -> dict[str, Any]:
    """The numbers that may stand somewhere; a quantity without end has no limit there."""
    if declared is None:
        return {}
    ends = (("minimum", declared.low), ("maximum", declared.high))
    limits = {key: end for key, end in ends if abs(end) != float("inf")}
    return {"type": "number"} | limits


def _one_or_many(key: dict[str, Any], item: dict[str, Any]) -> None:
    """Let a single word stand without brackets, as files may have it."""
    for word in ("type", "items"):
        key.pop(word, None)
    key["anyOf"] = [{"type": "array", "items": item}, item]
