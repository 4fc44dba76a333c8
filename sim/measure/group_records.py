"""Records for counting outcomes by group: claims that fell due, claims performed, debtors.

In: claims when they fall due, before judgment and when they close; debtors with enforceable debt at
the end of each month. Out: tables of both, with the groups to which they belong. A claim stays in
the group to which it belonged when it fell due. `sim.measure.groups` counts the groups.
"""

import numpy as np

from sim.agents.claim import FIRST_MONTH, NUMBER_SHIFT, enforceable
from sim.agents.debtor.belief import felt_optimism
from sim.agents.debtor.debtor import ability, evades, is_able, means
from sim.agents.debtor.perceived import believed_recovery
from sim.books.counts import LONGEST
from sim.engine.plain import view
from sim.month.month_end.cohorts import PERFORMED
from sim.month.shared.state import State
from sim.month.simulation import Simulation
from sim.terms import Ability, Asset, Option, Stage, label

GROUPS: dict[str, tuple[str, ...]] = {
    "preserved": ("not_preserved", "preserved"),
    "ability": ("empty", "partly", "able"),
    "belief": ("low", "middle", "high"),
    "asset": (*(label(one) for one in Asset), "none"),
}
"""Groups that a world counts on request, with their members.

preserved: whether assets were preserved for the claim before judgment.
ability: what the debtor could pay: less than a twentieth of the debt, only a part, or at least nine
tenths. For claims that fall due, the debt is the claim itself; for debtors, all enforceable debt.
belief: the hazard of recovery that the debtor perceived when the first of its open claims fell due,
in thirds. The limits come from the debtors with claims at the end of the burn-in (without a
burn-in, of the first month).
asset: the class of assets in which the debtor holds most; goods attached do not count.
"""

ENFORCEABLE = np.array([enforceable(stage) for stage in Stage])

BEFORE_JUDGMENT = (Stage.OVERDUE, Stage.FILED)

TRAITS = [("ability", "i1"), ("asset", "i1"), ("belief", "f8")]
CLAIM = np.dtype([("id", "i8"), ("month", "i4"), ("debtor", "i8"), ("treatment", "i2"), *TRAITS])
"""A claim that fell due; `belief` is the hazard itself, because the limits are set later."""
DONE = np.dtype([("month", "i4"), ("id", "i8"), ("since", "i4"), ("freely", "?")])
"""A claim performed in full."""
OWING = np.dtype(
    [("month", "i4"), ("id", "i8"), ("able", "?"), ("evading", "?"), ("unable", "?"), *TRAITS]
)
"""A debtor with enforceable debt at the end of a month; `id` is the id of its oldest case."""

OUTSIDE = -1
"""The code of claims and debtors that belong to no group."""


class GroupRecords:
    """Tables of claims that fell due, of claims performed and of debtors with enforceable debt.

    Args:
        debtors: Number of debtors in the world.
        traits: Whether the traits that form groups are recorded. Counting by policy (treated
            against control) needs no traits, because it uses the levers that each claim reads.
    """

    def __init__(self, debtors: int, *, traits: bool) -> None:
        """Start without a month."""
        self.months: list[int] = []
        self.open_at_start = np.zeros(0, np.int64)
        """Ids of all claims in the first measured month."""
        self.limits = np.full(2, np.nan)
        """Limits between thirds of the perceived hazard of recovery, 1/month."""
        self._traits = traits
        self._claims: list[np.ndarray] = []
        self._done: list[np.ndarray] = []
        self._owing: list[np.ndarray] = []
        self._preserved: list[np.ndarray] = []
        self._belief = np.full(debtors, np.nan)

    def note_due(self, simulation: Simulation) -> None:
        """Record the claims that have just fallen due; called before the phase `performing`."""
        claims, debtors = simulation.claims.rows, simulation.debtors.rows
        new = claims[_due_month(claims["id"]) == simulation.month]
        part = np.zeros(len(new), CLAIM)
        part["id"], part["month"], part["treatment"] = new["id"], simulation.month, new["treatment"]
        part["debtor"] = debtors["id"][new["debtor"]]
        if self._traits:
            state: State = view(simulation.state())
            for row in np.unique(new["debtor"][np.isnan(self._belief[new["debtor"]])]).tolist():
                self._belief[row] = _perceived(state, row)
            part["belief"] = self._belief[new["debtor"]]
            part["asset"] = _largest(debtors["assets"][new["debtor"]])
            assets = state.traits.assets
            able = [
                ability(due, means(state.debtors[row], assets))
                for due, row in zip(new["due"].tolist(), new["debtor"].tolist(), strict=True)
            ]
            part["ability"] = _degree(np.array(able, int))
        self._claims.append(part)

    def note_preserved(self, simulation: Simulation) -> None:
        """Record the claims preserved before judgment; called before the phase `judging`."""
        claims = simulation.claims.rows
        held = claims["preserved"] & np.isin(claims["stage"], BEFORE_JUDGMENT)
        self._preserved.append(claims["id"][held])

    def add(self, simulation: Simulation) -> None:
        """Record the claims performed this month, and the debtors with enforceable debt."""
        month, claims = simulation.month, simulation.claims.rows
        debtors = simulation.debtors.rows
        performed = claims[claims["closed"] & np.isin(claims["stage"], PERFORMED)]
        done = np.zeros(len(performed), DONE)
        done["month"], done["id"] = month, performed["id"]
        done["since"] = np.minimum(month - _due_month(performed["id"]), LONGEST)
        done["freely"] = (performed["intake"] == 0) & ~performed["shared"]
        about = claims[_oldest_cases(claims)]
        owner = debtors[about["debtor"]]
        owing = np.zeros(len(about), OWING)
        owing["month"], owing["id"] = month, about["id"]
        owing["able"] = is_able(owner["ability"])
        owing["evading"] = owing["able"] & evades(owner["option"])
        owing["unable"] = owner["option"] == Option.UNABLE
        owing["ability"], owing["asset"] = _degree(owner["ability"]), _largest(owner["assets"])
        owing["belief"] = self._belief[about["debtor"]]
        if month == 1:
            self.open_at_start = claims["id"].copy()
        self._follow_beliefs(month, claims)
        self.months.append(month)
        self._done.append(done)
        self._owing.append(owing)

    def _follow_beliefs(self, month: int, claims: np.ndarray) -> None:
        """Set the limits between thirds, in each month of the burn-in; later, only if none are set.

        The beliefs of debtors without open claims are forgotten first.
        """
        owing = np.zeros(len(self._belief), bool)
        owing[claims["debtor"][~claims["closed"]]] = True
        self._belief[~owing] = np.nan
        known = self._belief[np.isfinite(self._belief)]
        if len(known) and (month <= 0 or np.isnan(self.limits).any()):
            self.limits = np.quantile(known, (1.0 / 3.0, 2.0 / 3.0))

    def tables(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """All claims that fell due, all that were performed, and the debtors of all months."""
        return (
            np.concatenate([np.zeros(0, CLAIM), *self._claims]),
            np.concatenate([np.zeros(0, DONE), *self._done]),
            np.concatenate([np.zeros(0, OWING), *self._owing]),
        )

    def preserved(self) -> np.ndarray:
        """Ids of the claims that were preserved before judgment; some more than once."""
        return np.concatenate([np.zeros(0, np.int64), *self._preserved])


def _due_month(ids: np.ndarray) -> np.ndarray:
    """The months in which claims fell due, from their ids."""
    found: np.ndarray = (ids >> NUMBER_SHIFT) + FIRST_MONTH
    return found


def _degree(abilities: np.ndarray) -> np.ndarray:
    """Members of the group `ability` from codes of `Ability`; all who are able have one code."""
    degrees: np.ndarray = np.minimum(abilities, Ability.INCOME_ONLY)
    return degrees


def _largest(assets: np.ndarray) -> np.ndarray:
    """The class of which each row of `assets` has most; `len(Asset)` if it has no assets."""
    return np.where(assets.sum(axis=1) > 0.0, assets.argmax(axis=1), len(Asset))


def _perceived(state: State, row: int) -> float:
    """The hazard of recovery by force that a debtor perceives, 1/month, optimism included."""
    debtor = state.debtors[row]
    levers, learning = state.levers[debtor.treatment], state.parameters[0].learning
    tint = felt_optimism(debtor, learning, levers.rule_of_law.standardisation)
    return tint * believed_recovery(debtor, state.courts[debtor.district], levers, learning)


def _oldest_cases(claims: np.ndarray) -> np.ndarray:
    """For each debtor, the row of its oldest claim that can be enforced and is still open."""
    open_cases = np.flatnonzero(ENFORCEABLE[claims["stage"]] & ~claims["closed"])
    # the table is in the order in which claims fell due
    _, first = np.unique(claims["debtor"][open_cases], return_index=True)
    return open_cases[first]
