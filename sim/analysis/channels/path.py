"""The path of a baseline run: debtors' beliefs, their trust, and what they see of others, by month.

In: the state as a kernel (a compiled loop over rows) sees it. Out: two `Moment`s a month, and the
counts that a debtor of another world needs in order to perceive the hazards of the baseline.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from sim.month.shared.state import State
from sim.parameters import Learning
from sim.terms import PersonalRisk

DUE, ENFORCEABLE = 0, 1
"""The moments of a month. At `DUE`, debtors decide on claims that fall due and on offers to settle.
At `ENFORCEABLE`, they decide on enforceable debt, and what follows from that choice is done. In
between they hear of recent cases like their own."""

USED = ("fined", "detained", "imprisoned")
"""Columns of courts with the proportions in which personal sanctions are used."""


class Moment(NamedTuple):
    """What a baseline run records at one moment.

    Args:
        recovery, listing, personal: Hazards that each debtor perceives, 1/month; float64, shape
            (debtors,). They include optimism. They do not include the factor `notice` for debtors
            with a case in enforcement.
        conscience, trust, standing, standing_since: These columns of debtors; shape (debtors,).
        used: The columns of courts in `USED`; shape (3, districts).
        examples: This column of courts; shape (districts,).
        hide: This column of registries; shape (registries,).
    """

    recovery: np.ndarray
    listing: np.ndarray
    personal: np.ndarray
    conscience: np.ndarray
    trust: np.ndarray
    standing: np.ndarray
    standing_since: np.ndarray
    used: np.ndarray
    examples: np.ndarray
    hide: np.ndarray


@dataclass
class Path:
    """The moments of a baseline run, by month and moment."""

    moments: dict[tuple[int, int], Moment] = field(default_factory=dict)

    def record(self, state: State, learning: Learning, moment: int) -> None:
        """Record what debtors see now.

        Args:
            state: The state as kernels see it, in tables of numpy.
            learning: Parameters of beliefs.
            moment: `DUE` or `ENFORCEABLE`.
        """
        debtors, courts = _tables(state)
        felt = optimism(state, learning)
        self.moments[state.now.month, moment] = Moment(
            recovery=felt * recovery(state, learning),
            listing=felt * listing(state, learning),
            personal=felt * personal(state, learning),
            conscience=debtors["conscience"].copy(),
            trust=debtors["trust"].copy(),
            standing=debtors["standing"].copy(),
            standing_since=debtors["standing_since"].copy(),
            used=np.stack([courts[name] for name in USED]),
            examples=courts["examples"].copy(),
            hide=_registries(state)["hide"].copy(),
        )

    def at(self, month: int, moment: int) -> Moment:
        """What the baseline run recorded at this moment."""
        return self.moments[month, moment]


# ---------------------------------------------------------------- the rules of beliefs, for columns


def optimism(state: State, learning: Learning) -> np.ndarray:
    """Ratio of perceived to believed hazard, by the rule `felt_optimism`; shape (debtors,)."""
    debtors, _ = _tables(state)
    standard = _levers(state)["rule_of_law"]["standardisation"][debtors["treatment"]]
    own = debtors["optimism"]
    return np.asarray(
        learning.optimism * np.where(standard <= 0.0, own, 1.0 + (own - 1.0) * (1.0 - standard))
    )


def recovery(state: State, learning: Learning) -> np.ndarray:
    """Believed hazard of recovery, 1/month, by the rule `believed_recovery`; shape (debtors,)."""
    debtors, courts = _tables(state)
    of = debtors["district"]
    h = _believed(
        debtors["seen_recovery"],
        debtors["exposure"],
        courts["reputed_recovery"][of],
        learning.prior_weight,
    )
    truth = courts["recovery"][of]
    o = openness(state)
    return np.where((o <= 0.0) | (truth < 0.0), h, h + o * (truth - h))


def openness(state: State) -> np.ndarray:
    """Weight of the published hazard in each debtor's belief, 0 to 1; shape (debtors,)."""
    return np.asarray(_levers(state)["rule_of_law"]["openness"][_tables(state)[0]["treatment"]])


def listing(state: State, learning: Learning) -> np.ndarray:
    """Believed hazard of being listed, 1/month, by `believed_listing`; shape (debtors,)."""
    debtors, courts = _tables(state)
    return _believed(
        debtors["seen_listing"],
        debtors["unlisted"],
        courts["reputed_listing"][debtors["district"]],
        learning.prior_weight,
    )


def personal(state: State, learning: Learning) -> np.ndarray:
    """Believed hazard of a personal sanction, 1/month, by `believed_personal`; shape (debtors,)."""
    debtors, courts = _tables(state)
    of = debtors["district"]
    seen = debtors["seen_personal"] + courts["publicised"][of]
    weight = learning.prior_weight
    if learning.personal == PersonalRisk.EXPERIENCE:
        exposure = debtors["exposure"] + courts["publicised_months"][of]
        return _believed(seen, exposure, courts["reputed_personal"][of], weight)
    written = _written(state)
    foreseen = debtors["foreseen"] + courts["publicised_months"][of] * written
    prior = written * weight
    vigour = np.divide(seen + prior, foreseen + prior, where=prior > 0.0, out=np.ones_like(prior))
    return np.asarray(written * np.maximum(0.0, vigour))


# ---------------------------------------------------------------- the counts that give a hazard


def seen_for_recovery(h: np.ndarray, state: State, learning: Learning) -> np.ndarray:
    """The count `seen_recovery` that makes each debtor believe the hazard h, 1/month.

    The count has this effect only if no hazard is published.
    """
    debtors, courts = _tables(state)
    reputed, weight = courts["reputed_recovery"][debtors["district"]], learning.prior_weight
    return np.asarray(h * (debtors["exposure"] + weight) - reputed * weight)


def seen_for_listing(h: np.ndarray, state: State, learning: Learning) -> np.ndarray:
    """The count `seen_listing` that makes each debtor believe the hazard h, 1/month."""
    debtors, courts = _tables(state)
    reputed, weight = courts["reputed_listing"][debtors["district"]], learning.prior_weight
    return np.asarray(h * (debtors["unlisted"] + weight) - reputed * weight)


def seen_for_personal(h: np.ndarray, state: State, learning: Learning) -> np.ndarray:
    """The count `seen_personal` that makes each debtor believe the hazard h, 1/month.

    If beliefs follow the law and the law provides for no sanction, no count can do so. The count
    then stays as it is.
    """
    debtors, courts = _tables(state)
    of, weight = debtors["district"], learning.prior_weight
    public, months = courts["publicised"][of], courts["publicised_months"][of]
    if learning.personal == PersonalRisk.EXPERIENCE:
        base = debtors["exposure"] + months + weight
        return np.asarray(h * base - courts["reputed_personal"][of] * weight - public)
    written = _written(state)
    prior = written * weight
    base = debtors["foreseen"] + months * written + prior
    vigour = np.divide(h, written, where=written > 0.0, out=np.zeros_like(h))
    wanted = vigour * base - prior - public
    return np.where(written > 0.0, wanted, debtors["seen_personal"])


def _believed(
    seen: np.ndarray, exposure: np.ndarray, prior: np.ndarray, weight: float
) -> np.ndarray:
    """The rule `believed` for columns: (a + α)/(b + β) with α = prior·β."""
    return np.asarray((seen + prior * weight) / (exposure + weight))


def _written(state: State) -> np.ndarray:
    """Hazard of personal sanctions that the law provides for each debtor, 1/month."""
    law = _levers(state)["sanctions"]
    rates = law["fine_rate"] + law["detention_rate"] + law["prison_rate"]
    return np.asarray(rates[_tables(state)[0]["treatment"]])


def _tables(state: State) -> tuple[np.ndarray, np.ndarray]:
    """Tables of debtors and courts."""
    return np.asarray(state.debtors), np.asarray(state.courts)


def _levers(state: State) -> np.ndarray:
    return np.asarray(state.levers)


def _registries(state: State) -> np.ndarray:
    return np.asarray(state.registries)
