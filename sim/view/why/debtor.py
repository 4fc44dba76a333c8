"""One debtor and its decision in a month, as plain data.

In: a world just before its debtors choose, and a debtor's id. Out: who it is, what it owes, its
ledger, what it decides and what would change its mind, its neighbours and its history.
"""

from typing import Any

from sim.agents.debtor import belief
from sim.agents.debtor.norm import DISHONEST, HONEST, UNKNOWN, standing_now
from sim.engine.plain import view
from sim.explain import explain
from sim.explain.explanation import Explanation, Weighing
from sim.explain.trial import rows_read
from sim.explain.words import MEANS, TERMS, change, verdict
from sim.measure.chooser import Chooser
from sim.scenario.identity import plain
from sim.scenario.policy import levers
from sim.terms import label
from sim.view.tape.conduct import Conduct, conduct_of
from sim.view.why.actor import true_hazards
from sim.view.why.attempt import attempt
from sim.view.why.history import history
from sim.world import World

DEBTOR = "debtor"

STANDINGS = {UNKNOWN: "unknown", HONEST: "honest", DISHONEST: "dishonest"}

SEEN = {
    belief.PAID_UP: "paid",
    belief.EXPOSED: "evaded",
    belief.RECOVERED: "recovered",
    belief.WAS_LISTED: "listed",
    belief.PUNISHED: "punished",
    belief.FAIR: "fair",
    belief.UNFAIR: "unfair",
}
"""Words for what neighbours see of a debtor's month."""

COMES_FROM = {
    **dict.fromkeys(("gain", "concealment", "conscience"), "self"),
    "late_interest": "law",
    **dict.fromkeys(("seizure_loss", "freeze_loss", "restrictions", "fine"), "court"),
    **dict.fromkeys(("detention", "prison", "liquidation"), "court"),
    **dict.fromkeys(("credit", "norm", "stigma", "reward_forgone", "relation"), "others"),
}
"""From whom each term of a debtor's ledger comes: itself, the law, the court or others."""

Plain = dict[str, Any]


def debtor_data(world: World, identity: int, pair: bool | None = None, mine: str = "") -> Plain:
    """A debtor and its decision.

    Args:
        world: A world just before the phase `choice`; it stays there.
        identity: The debtor's id.
        pair: Whether to search for a pair of levers; see `why`.
        mine: Name of the policy that moves levers for a page; see `why`.

    Returns:
        `kind` (of actor), `month`, `who` (`sim.explain.explanation.Who`), `claims`, `due`,
        `ability` with `means` in words, `prompt`, `conduct` (last month's), `decision`, `verdict`,
        `neighbours`, `risk` and `history`; and, if it has something to weigh and otherwise None:
        `weighing` with the ledger, and `flips` with `change`, the same in words. Each lever that
        changes the decision also has `set` and `excluded`; see `attempt`. Ids of claims are texts,
        because they are too long for the numbers of a browser.
    """
    month = world.month + 1
    said = explain(world, month, identity, pair=pair, stay=True)
    claims = plain(said.claims)
    for claim in claims:
        claim["id"] = str(claim["id"])
    row = identity >> 8
    on = said.weighing
    return {
        "kind": DEBTOR,
        "month": month,
        "who": plain(said.who),
        "claims": claims,
        "due": said.due,
        "ability": plain(said.ability),
        "means": None if said.ability is None else MEANS[said.ability],
        "prompt": label(said.prompt),
        "conduct": _conduct(world, row),
        "decision": label(said.decision),
        "verdict": verdict(said),
        "weighing": None if on is None else _weighing(on),
        "flips": None if on is None else _flips(world, row, on, mine),
        "change": change(said),
        "risk": _risk(world, said),
        "neighbours": _neighbours(world, row),
        "history": history(world, identity),
    }


def _conduct(world: World, row: int) -> str:
    """A debtor's conduct, as the player shows it."""
    rows = world.simulation.debtors.rows[row : row + 1]
    return label(Conduct(int(conduct_of(rows)[0])))


def _weighing(on: Weighing) -> Plain:
    """What a debtor weighs: the ledger of its best dishonest option against paying, and its taste.

    `terms` has each term that is not 0, costs above and the gain below 0; their sum is `cost`. If
    bankruptcy with assets concealed is `best`, the ledger is that of the best other option,
    `option`, and `net` is lower than `cost` less `honest_cost`.
    """
    option = min(on.nets, key=lambda name: on.nets[name])
    signed = {term: -yuan if term == "gain" else yuan for term, yuan in on.ledgers[option].items()}
    return {
        "option": option,
        "best": label(on.best),
        "way": label(on.way),
        "terms": [
            {"term": term, "title": TERMS[term], "from": COMES_FROM[term], "yuan": yuan}
            for term, yuan in signed.items()
            if yuan != 0.0
        ],
        "cost": on.nets[option],
        "honest_cost": on.honest_cost,
        "net": on.net,
        "taste": on.taste,
        "pull": on.pull,
        "honest": on.honest,
        "chance": on.chance,
        "payable": on.position["payable"],
        "nets": on.nets,
        "ledgers": on.ledgers,
    }


def _flips(world: World, row: int, on: Weighing, mine: str) -> Plain:
    """Levers that would change the decision, and what to set so that they have this value."""
    found: Plain = plain(on.flips)
    state = view(world.simulation.state())
    rows = rows_read(Chooser(state, int(state.places[row])))
    for one in (*found["alone"], *(found["pair"]["levers"] if found["pair"] else ())):
        path = one["lever"]
        one.update(attempt(world, path, rows[levers()[path].reads], one["at"], mine))
    return found


def _risk(world: World, said: Explanation) -> Plain:
    """Hazards for a debtor that keeps money back: as it perceives them, and as they are.

    `perceived` is what enters its ledger, None if it weighs nothing. `true` are those of its
    district in the last twelve months; None where no evader could have been affected.
    """
    names = ("recovery", "listing", "personal")
    at = said.weighing
    return {
        "perceived": None if at is None else {name: at.position[name] for name in names},
        "true": true_hazards(world, said.who.district),
    }


def _neighbours(world: World, row: int) -> list[Plain]:
    """The debtors that a debtor sees: their conduct, standing, and what it saw last month."""
    simulation = world.simulation
    society = simulation.inputs.parameters.society
    found = []
    for other in simulation.neighbours[row].tolist():
        if other < 0:
            continue
        one = view(simulation.debtors.rows)[other]
        known = standing_now(one.standing, one.standing_since, world.month + 1, society)
        signals = int(simulation.signals[other])
        found.append(
            {
                "who": f"{DEBTOR} {one.id}",
                "conduct": _conduct(world, other),
                "standing": STANDINGS[known],
                "seen": [word for bit, word in SEEN.items() if signals & bit],
            }
        )
    return found
