"""The panel: world, seed and size, the world's policies, and every lever."""

from collections.abc import Callable
from typing import Any

import solara

from sim.view.setting.known import EXTENSIONS, Known
from sim.view.setting.setting import Setting
from sim.view.words import all_in, say
from sim.words.language import Language
from sim.words.modes import MODES


@solara.component_vue("panel.vue")
def _Panel(
    state: dict[str, Any],
    worlds: list[dict[str, str]],
    about: str,
    groups: list[dict[str, Any]],
    own: dict[str, float],
    policies: list[dict[str, Any]],
    w: dict[str, str],
    event_change: Callable[[dict[str, Any]], None],
) -> None:
    """The template; see `Panel`."""


@solara.component
def Panel(setting: Setting, known: Known, on_change: Callable[[dict[str, Any]], None]) -> None:
    """World and levers of a setting.

    Args:
        setting: What is set.
        known: What can be chosen.
        on_change: Called with changes as `sim.view.setting.setting.changed` takes them.
    """
    lang = setting.lang
    zh = int(lang == "zh")
    about = known.worlds[setting.world]
    groups = solara.use_memo(lambda: _groups(known, setting.world, lang), [setting.world, lang])
    w = solara.use_memo(lambda: all_in(lang), [lang])
    worlds = [{"name": name, "title": one["title"][zh]} for name, one in known.worlds.items()]
    policies = [
        {"name": one["name"], "title": one["title"][zh], "start": one["start"], "end": one["end"]}
        | {"when": _when(setting, one)}
        for one in about["policies"]
    ]
    state = {"world": setting.world, "seed": setting.seed, "debtors": setting.debtors}
    state |= {"months": setting.months, "levers": dict(setting.levers), "off": sorted(setting.off)}
    _Panel(
        state=state,
        worlds=worlds,
        about=about["about"][zh],
        groups=groups,
        own=about["levers"],
        policies=policies,
        w=w,
        event_change=on_change,
    )


def _when(setting: Setting, policy: dict[str, Any]) -> str:
    """The months of a policy, in words."""
    if policy["end"] is None:
        return say(setting.lang, "from_month", start=policy["start"])
    return say(setting.lang, "from_to", start=policy["start"], end=policy["end"])


def _groups(known: Known, world: str, lang: Language) -> list[dict[str, Any]]:
    """A world's levers: those of its extensions, then the model's by mode of governance."""
    two = ("title", "unit", "source", "meaning", "expected", "price")
    zh, made = int(lang == "zh"), []
    titles = {EXTENSIONS: say(lang, "extensions")}
    titles |= {name: mode.name(lang, short=True) for name, mode in MODES.items()}
    for name, title in titles.items():
        levers = [
            {key: part for key, part in one.items() if key not in (*two, "mode")}
            | {key: one[key][zh] for key in two}
            | {"path": path, "other": one["title"][1 - zh]}
            for path, one in known.levers_of(world).items()
            if one["mode"] == name
        ]
        made.append({"name": name, "title": title, "levers": levers})
    return made
