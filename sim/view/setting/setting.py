"""What a page shows, as a link, a command, a scenario file and a scenario dictionary.

In: the query of a link, such as ``?world=special&seed=3&sanctions.fine_rate=0.05``. Out: a
`Setting`; and from a setting the query, the command or the scenario that shows the same. Nothing
here imports Solara or runs a world.

Levers that were moved are a policy that begins in month 1. A world with moved levers is therefore
equal to the world as it is until month 0, and every difference after that is theirs.
"""

import json
import math
import re
import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from sim.view.setting.known import BASELINE, Known, Plain
from sim.view.words import say
from sim.words.language import Language

MOST_DEBTORS, MOST_MONTHS, MOST_SEED = 100_000, 600, 2**53 - 1
"""Upper limits of what a page runs; longer or larger worlds are for the command line.

The largest seed is the largest whole number that a browser holds exactly.
"""
FIGURES = ("road", "flows", "town", "courts", "ledger")
"""Main figures: claims by stage, flows between stages, debtors by district, dockets, ledgers."""
CHOSEN = re.compile(r"[a-z_]{1,40} [0-9]{1,19}")
"""An actor: its kind and its number."""
HEADS = ("a.", "c.", "d.")
"""Beginnings of the keys of a comparison's other worlds; keys without one are of the window's."""
SHARED = ("seed", "debtors", "months", "lang", "month", "figure", "chosen")
"""Keys that all worlds of a comparison have in common."""
YOURS = "yours"
"""Name of the policy that moved levers make."""


@dataclass(frozen=True)
class Setting:
    """Everything that decides what a page shows.

    Args:
        world: Name of a world in `Known.worlds`.
        seed: Seed of all random draws.
        debtors: Number of debtors.
        months: Months measured.
        lang: Language, ``en`` or ``zh``.
        month: Month that the player shows, 0 to `months`.
        figure: One of `FIGURES`.
        chosen: The actor that is explained, such as ``debtor 1536``, or ``row 17`` for the debtor
            in this row of the table, whose mark was clicked; None if there is none.
        levers: Values of moved levers by path, in force from month 1.
        off: Names of the world's own policies that are switched off.
    """

    world: str = BASELINE
    seed: int = 1
    debtors: int = 10_000
    months: int = 60
    lang: Language = "en"
    month: int = 0
    figure: str = "road"
    chosen: str | None = None
    levers: Mapping[str, float] = field(default_factory=dict)
    off: frozenset[str] = frozenset()

    @property
    def moved(self) -> bool:
        """Whether anything differs from the world as it is."""
        return bool(self.levers or self.off)

    def as_it_is(self) -> "Setting":
        """The same setting without moved levers and with all policies on."""
        return replace(self, levers={}, off=frozenset())


# ---------------------------------------------------------------- links


def start(known: Known) -> Setting:
    """The setting of a link that names nothing: the first world, as it is."""
    return of_world(Setting(), known.first, known)


def of_world(setting: Setting, name: str, known: Known) -> Setting:
    """The setting for another world, with that world's own seed, size and length."""
    about = known.worlds[name]
    months = min(about["months"], MOST_MONTHS)
    return replace(
        setting,
        world=name,
        seed=min(about["seed"], MOST_SEED),
        debtors=min(about["debtors"], MOST_DEBTORS),
        months=months,
        month=min(setting.month, months),
        chosen=None,
        levers={},
        off=frozenset(),
    )


def from_link(query: str, known: Known, head: str = "") -> tuple[Setting, list[str]]:
    """Read a link.

    Args:
        query: The part after the question mark.
        known: What can be chosen.
        head: Beginning of the keys to read, such as ``a.`` for another world of a comparison;
            keys with another of `HEADS` are left to others.

    Returns:
        The setting, and a sentence for each key or value that was ignored.
    """
    pairs = _pairs(query)
    given = {key: pairs[f"{head}{key}"] for key in keys(query, head)}
    lang: Language = "zh" if pairs.get("lang") == "zh" else "en"
    times = Counter(key for key, _ in _each(query))
    said = [say(lang, "twice", name=_short(head + key)) for key in given if times[head + key] > 1]
    now = start(known)
    for key in [key for key in given if head and key in SHARED]:
        del given[key]
        said.append(say(lang, "no_effect", name=f"{head}{key}", key=key))
    name = given.pop("world", now.world)
    if name not in known.worlds:
        said.append(say(lang, "no_world", name=_short(name), used=now.world))
    elif name != now.world:
        now = of_world(now, name, known)
    now = replace(now, lang=lang)
    numbers = {
        "seed": (0, MOST_SEED),
        "debtors": (1, MOST_DEBTORS),
        "months": (1, MOST_MONTHS),
        "month": (0, MOST_MONTHS),
    }
    levers: dict[str, float] = {}
    there_are = known.levers_of(now.world)
    for key, text in given.items():
        if key in numbers:
            number = _whole(text, *numbers[key])
            if number is None:
                low, high = numbers[key]
                said.append(
                    say(lang, "not_whole", name=key, given=_short(text), low=low, high=high)
                )
            else:
                found: dict[str, Any] = {key: number}
                now = replace(now, **found)
        elif key == "lang":
            if text not in ("en", "zh"):
                said.append(say(lang, "no_lang", given=_short(text)))
        elif key == "chosen":
            if CHOSEN.fullmatch(text):
                now = replace(now, chosen=text)
            else:
                said.append(say(lang, "no_actor", given=_short(text)))
        elif key == "figure":
            if text in FIGURES:
                now = replace(now, figure=text)
            else:
                said.append(say(lang, "no_figure", given=_short(text)))
        elif key == "off":
            there = {one["name"] for one in known.worlds[now.world]["policies"]}
            asked = [unquote(one) for one in text.split(",") if one]
            said += [
                say(lang, "no_policy", name=_short(one), world=now.world)
                for one in asked
                if one not in there
            ]
            now = replace(now, off=frozenset(there & set(asked)))
        elif key in there_are:
            value, low, high = _number(text), there_are[key]["low"], there_are[key]["high"]
            if value is None or not low <= value <= high:
                given_as, range_ = _short(text), {"low": f"{low:g}", "high": f"{high:g}"}
                said.append(say(lang, "no_value", name=f"{head}{key}", given=given_as, **range_))
            elif value != known.worlds[now.world]["levers"][key]:
                levers[key] = value
        else:
            said.append(say(lang, "no_key", name=_short(f"{head}{key}")))
    if now.month > now.months:
        said.append(say(lang, "late_month", month=now.month, months=now.months))
        now = replace(now, month=now.months)
    return replace(now, levers=levers), said


def keys(query: str, head: str = "") -> list[str]:
    """The keys of a link that have a head, without it; for no head those that have none."""
    found = [key for key in _pairs(query) if head or not key.startswith(HEADS)]
    return [key.removeprefix(head) for key in found if key.startswith(head)]


def _pairs(query: str) -> dict[str, str]:
    """Keys and values of a link; of a key that is there twice, the last value."""
    return dict(_each(query))


def _each(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query.removeprefix("?"), keep_blank_values=True)


def changed(
    now: Setting, patch: Mapping[str, str | None], known: Known
) -> tuple[Setting, list[str]]:
    """The setting after a change on the page.

    Args:
        now: The setting before.
        patch: Keys and values as in a link; None takes a key back to its usual value.
        known: What can be chosen.

    Returns:
        The new setting; or the old one, and a sentence for each value that is impossible.
    """
    texts = {key: text for key, text in patch.items() if text is not None}
    around = {"lang": now.lang, "world": now.world, "months": str(now.months)}
    _, said = from_link(urlencode(around | texts), known)
    if said:
        return now, said
    if patch.get("world", now.world) != now.world:
        now = of_world(now, texts["world"], known)
    merged = dict(parse_qsl(to_link(now, known).removeprefix("?"))) | texts
    link = urlencode({key: text for key, text in merged.items() if patch.get(key, "") is not None})
    return from_link(link, known)


def to_link(setting: Setting, known: Known, head: str = "") -> str:
    """The query of a link, which names the world and what differs from it.

    Only the baseline is not named, on a page that shows it first.
    With a `head` the world is always named, and only its levers and policies with it: the rest is
    common to all worlds of a comparison (`SHARED`).
    """
    usual = start(known)
    found: dict[str, str] = {}
    if head or not setting.world == BASELINE == known.first:
        found["world"] = setting.world
        usual = of_world(usual, setting.world, known)
    for name in () if head else SHARED:
        value = getattr(setting, name)
        if value != getattr(usual, name):
            found[name] = str(value)
    if setting.off:
        found["off"] = ",".join(quote(one, safe="") for one in sorted(setting.off))
    found |= {path: repr(float(value)) for path, value in sorted(setting.levers.items())}
    query = urlencode({f"{head}{key}": text for key, text in found.items()}, safe=",")
    return f"?{query}" if query else ""


def _whole(text: str, low: int, high: int) -> int | None:
    """A whole number in a range; None for any other text."""
    if not (text.isascii() and text.isdigit() and len(text) <= 19):
        return None
    return int(text) if low <= int(text) <= high else None


def _number(text: str) -> float | None:
    """A finite number; None for any other text."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _short(text: str) -> str:
    """A text from outside, short enough to be repeated in a sentence."""
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    return text if len(text) <= 40 else f"{text[:39]}…"


# ---------------------------------------------------------------- scenario, file, command


def yours(setting: Setting, known: Known) -> Plain | None:
    """The policy that moved levers make, as a table of a scenario; None if no lever was moved."""
    if not setting.levers:
        return None
    name, number = YOURS, 2
    while name in {one["name"] for one in known.worlds[setting.world]["policies"]}:
        name, number = f"{YOURS}_{number}", number + 1
    return {"name": name, "title": "Yours 您的设定", "set": dict(sorted(setting.levers.items()))}


def scenario(setting: Setting, known: Known) -> Plain:
    """The scenario as `sim.load` and `sim.World` take it."""
    about = known.worlds[setting.world]
    tree: Plain = {"extends": about["source"]}
    policies = []
    if setting.off or not about["source"]:
        # Policies of a file that is extended cannot be taken out, so its contents are repeated.
        tree = {key: part for key, part in about["tree"].items() if key != "policies"}
        own = about["tree"].get("policies", [])
        policies = [one for one in own if one["name"] not in setting.off]
    tree |= {"format": 1, "title": about["tree"].get("title", about["title"][0])}
    tree["population"] = dict(tree.get("population", {})) | {"size": setting.debtors}
    tree["run"] = dict(tree.get("run", {})) | {"months": setting.months, "seed": setting.seed}
    if (mine := yours(setting, known)) is not None:
        policies = [*policies, mine]
    if policies:
        tree["policies"] = policies
    return tree


def toml(setting: Setting, known: Known) -> str:
    """The scenario as a file; a world that came from a file extends that file by its name."""
    tree = scenario(setting, known)
    source = Path(known.worlds[setting.world]["source"])
    lines = []
    if tree.get("extends", "").endswith(".toml"):
        tree["extends"] = source.name
        lines.append(f"# Keep this file in the folder of {source.name}.")
    if extensions := tree.get("extensions"):
        tree["extensions"] = [_beside(source, Path(one)) for one in extensions]
        beside = source.name or tree["extensions"][0]
        lines.append(f"# Keep this file in the folder of {beside}.")
    return "\n".join([*lines, as_toml(tree)])


def _beside(source: Path, extension: Path) -> str:
    """An extension as a file in the folder of a scenario names it; by its name alone if no file."""
    folder = source.resolve().parent
    if source.name and extension.is_relative_to(folder):
        return extension.relative_to(folder).as_posix()
    return extension.name


def as_toml(tree: Plain) -> str:
    """A scenario's tables as the text of a file."""
    tree = dict(tree)
    head = {key: tree.pop(key) for key in ("format", "title", "extends") if key in tree}
    tree = head | tree
    lines = []
    tables = {key: part for key, part in tree.items() if isinstance(part, Mapping)}
    lines += [
        f"{key} = {_value(part)}" for key, part in tree.items() if key not in (*tables, "policies")
    ]
    for key, part in tables.items():
        lines += ["", f"[{key}]", *(f"{_key(name)} = {_value(v)}" for name, v in part.items())]
    for one in tree.get("policies", ()):
        lines += ["", "[[policies]]", *(f"{_key(name)} = {_value(v)}" for name, v in one.items())]
    return "\n".join(lines) + "\n"


def command(setting: Setting, known: Known) -> str:
    """The command that runs the same world, to be pasted into a terminal.

    It may need a file; see `to_save`.
    """
    about = known.worlds[setting.world]
    source = about["source"] or to_save(setting, known)
    words = ["servanda", "run", source, "--seed", str(setting.seed)]
    words += ["--months", str(setting.months), "--debtors", str(setting.debtors)]
    if setting.moved:
        own = about["tree"].get("policies", [])
        policies = [one for one in own if one["name"] not in setting.off]
        if (mine := yours(setting, known)) is not None:
            policies.append(mine)
        words += ["--set", f"policies={_value(policies)}"]
    if about["tree"].get("extensions"):
        words.append("--allow-code")
    return shlex.join(words)


def to_save(setting: Setting, known: Known) -> str:
    """Name under which the scenario file must be saved before the command can be used.

    It is empty if the world has a name or a file of its own.
    """
    return "" if known.worlds[setting.world]["source"] else f"{setting.world}.toml"


def _key(name: str) -> str:
    """A key of a TOML file, quoted where necessary."""
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    """A value of a TOML file, on one line."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(str(key))} = {_value(part)}" for key, part in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(part) for part in value)}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)
