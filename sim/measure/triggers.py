"""Checks that policies' triggers name known indicators; reading a scenario does not check this."""

from collections.abc import Iterable

from sim.errors import ServandaError
from sim.extension import Extension
from sim.measure.indicators import INDICATORS
from sim.measure.renamed import instead


def refuse_unknown(triggers: Iterable[tuple[str, str]], extension: Extension) -> None:
    """Refuse a policy whose trigger names an unknown indicator.

    Args:
        triggers: Names of policies with triggers, each with the indicator's name.
        extension: Additional indicators from a user's own files.

    Raises:
        ServandaError: If an indicator is unknown; the error names the policy and gives a hint.
    """
    names = [one.name for one in (*INDICATORS, *extension.indicators)]
    for policy, indicator in triggers:
        if indicator not in names:
            where = f"policies.{policy}.trigger.indicator"
            what = f"unknown indicator '{indicator}'"
            raise ServandaError(where, what, instead(indicator, names))
