"""Makes the JSON Schema of experiment files; with it, editors complete names and show units."""

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
    """The JSON Schema of an experiment file, with all designs and all paths of possible factors."""
    made: dict[str, Any] = _without_null(Spec.model_json_schema())
    keys, parts = made["properties"], made["$defs"]
    parts["Factor"]["title"] = "Factor"
    for table in (made, *parts.values()):
        for name, key in table.get("properties", {}).items():
            key["title"] = name
    keys["factors"] |= {
        "properties": dict(_factors()),
        "patternProperties": {r"^policies\.": _factor()},
        # A dotted path may be written as nested tables, and extensions add levers.
        "additionalProperties": {"anyOf": [_factor(), {"type": "object"}]},
    }
    keys["set"]["properties"] = {
        path: _told(path, declared) | _range(declared) for path, declared in _numbers()
    }
    # Extensions add indicators. Names outside the list are therefore valid too.
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
    """A schema without null. TOML has no null: keys are left out instead."""
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
    """Schema of a factor: a table of options, or a bare list of values."""
    return {"anyOf": [{"$ref": "#/$defs/Factor"}, {"type": "array", "minItems": 1}]}


def _factors() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every path that a factor can change, with its schema."""
    yield SCENARIO, {"description": "The base scenario itself, from a list of values."} | _factor()
    for path, declared in _numbers():
        yield path, _told(path, declared) | _factor()


def _numbers() -> Iterator[tuple[str, Quantity | None]]:
    """Levers, then all other numbers, words and switches that have a fixed path in a scenario."""
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
    """Title and description of the value at a path."""
    if declared is None:
        return {"title": path}
    title = f"{declared.title} {declared.zh}" if isinstance(declared, Lever) else path
    within = f"{declared.low:g} to {declared.high:g}"
    source = f". {declared.source} ({declared.standing})" if declared.source else ""
    return {"title": title, "description": f"{within}, {declared.unit}{source}"}


def _range(declared: Quantity | None) -> dict[str, Any]:
    """Schema of the allowed numbers; an unbounded quantity has no ``minimum`` or ``maximum``."""
    if declared is None:
        return {}
    ends = (("minimum", declared.low), ("maximum", declared.high))
    limits = {key: end for key, end in ends if abs(end) != float("inf")}
    return {"type": "number"} | limits


def _one_or_many(key: dict[str, Any], item: dict[str, Any]) -> None:
    """Allow a single word without brackets in place of a list."""
    for word in ("type", "items"):
        key.pop(word, None)
    key["anyOf"] = [{"type": "array", "items": item}, item]
