"""Triggers of policies, held against what is measured: a scenario cannot know that by itself."""

from collections.abc import Iterable

from sim.errors import ServandaError
from sim.extension import Extension
from sim.measure.indicators import INDICATORS
from sim.measure.renamed import instead


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
            where = f"policies.{policy}.trigger.indicator"
            what = f"unknown indicator '{indicator}'"
            raise ServandaError(where, what, instead(indicator, names))
