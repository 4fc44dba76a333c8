"""Keeps the log of choices: what each debtor with means weighed, and what it chose.

In: the world just before the choice. Out: a row for each choice. To make a row, the model's own
rules are called one additional time. This call changes nothing in the world.
"""

import numpy as np
import pandas as pd

from sim.agents.debtor.debtor import Debtor
from sim.agents.debtor.weigh import Ledger, weigh
from sim.engine.plain import view
from sim.measure.chooser import Chooser
from sim.measure.events import coded
from sim.month.decision.deliberation import Prompt, chosen
from sim.month.shared.state import State
from sim.month.simulation import Simulation
from sim.terms import Ability, Kind, Option

WORDS = {
    "kind": Kind,
    "prompt": Prompt,
    "ability": Ability,
    "option": Option,
    "best": Option,
}
"""Columns of words, with their enumerations."""


class Choices:
    """The choices of all debtors with means, month after month."""

    ROW = np.dtype(
        [
            ("month", "i4"),
            ("debtor", "i8"),
            ("district", "i2"),
            ("kind", "i1"),
            ("prompt", "i1"),
            ("ability", "i1"),
            ("income", "f8"),
            ("in_plan", "?"),
            ("honest", "?"),
            ("option", "i1"),
            ("best", "i1"),
            *((term, "f8") for term in Ledger._fields),
            ("net", "f8"),
            ("abuse_net", "f8"),
            ("honest_cost", "f8"),
            ("payable", "f8"),
            ("taste", "f8"),
            ("recovery", "f8"),
            ("listing", "f8"),
            ("personal", "f8"),
        ]
    )

    def __init__(self) -> None:
        """Start with an empty log."""
        self._parts: list[np.ndarray] = []

    def add(self, simulation: Simulation) -> None:
        """Add the choices that debtors are about to make; called just before the phase `choice`."""
        state: State = view(simulation.state())
        choosers = (Chooser(state, k) for k in range(len(state.by_debtor.owners)))
        rows = [_row(chooser) for chooser in choosers if chooser.prompt != Prompt.NONE]
        self._parts.append(np.array(rows, self.ROW))

    def frame(self) -> pd.DataFrame:
        """One row per choice, in the order of months and of the debtors' rows; yuan and 1/month.

        Columns:
            month, debtor, district, kind: When and who; `debtor` is its id.
            prompt: Why it chooses now.
            ability: How able it is to pay.
            income: Its monthly income, yuan.
            in_plan: Whether the choice is about keeping an instalment plan.
            honest, option: Whether it takes the best honest way, and what it chooses.
            best: The best dishonest option, apart from abuse of bankruptcy.
            gain, late_interest, …: The gain of `best` and each of its costs, yuan.
            net: Cost less gain of `best`, yuan.
            abuse_net: Cost less gain of bankruptcy with assets concealed, yuan; NaN where that is
                not possible.
            honest_cost: Cost of the best honest way, compared with paying at once, yuan.
            payable: What the debtor could pay of the debt, yuan.
            taste: Its taste for honesty, standard logistic.
            recovery, listing, personal: Perceived hazards of recovery by force, of being listed and
                of a personal sanction, 1/month.
        """
        table = np.concatenate([np.zeros(0, self.ROW), *self._parts])
        frame = pd.DataFrame({name: table[name] for name in self.ROW.names or ()})
        for name, words in WORDS.items():
            frame[name] = coded(frame[name], words)
        return frame


def _row(chooser: Chooser) -> tuple[object, ...]:
    """The choice of one debtor, in the order of `Choices.ROW`."""
    debtor: Debtor = chooser.debtor
    setting, it = chooser.setting, chooser.deliberation()
    evasion = setting.traits.evasions[it.best.evasion]
    kind = setting.traits.kinds[debtor.kind]
    levers = setting.treatments[debtor.treatment]
    ledger = weigh(it.position, debtor, evasion, kind, levers, setting.parameters)
    honest = chooser.prefers_honesty(it)
    return (
        chooser.state.now.month,
        debtor.id,
        debtor.district,
        debtor.kind,
        chooser.prompt,
        chooser.ability,
        debtor.income,
        chooser.keeping,
        honest,
        chosen(it, honest, setting.traits.evasions),
        evasion.option,
        *ledger,
        it.best.net,
        it.trick.net if it.trick.possible else np.nan,
        it.way.cost,
        it.position.payable,
        chooser.taste,
        it.position.recovery,
        it.position.listing,
        it.position.personal,
    )
