"""Triggers of policies, held against what is measured: a scenario cannot know that by itself."""

from collections.abc import Iterable
from difflib import get_close_matches

from sim.errors import ServandaError
from sim.extension import Extension
from sim.measure.indicators import INDICATORS


def refuse_unknown(triggers: Iterable[tuple[str, str]], extension: Extension) -> None:
    """Refuse a policy that waits for an indicator which nobody measures.

    Args:
        triggers: Names of policies, each with the indicator that it waits for.
        extension: What a user's own files measure beside.

    Raises:
        ServandaError: With the policy, and what may have been meant.
    """
    names = [one.name for one in (*INDICATORS, *extension.indicators)]
    for policy, indicator in triggers:
        if indicator not in names:
            near = get_close_matches(indicator, names, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "`servanda indicators` lists them"
            where = f"policies.{policy}.trigger.indicator"
            raise ServandaError(where, f"unknown indicator '{indicator}'", hint)
