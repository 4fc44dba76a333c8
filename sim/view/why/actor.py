"""What an institution, or another actor than a debtor, weighs, as plain data.

In: a world just before the actor decides, and the actor's kind and id. Out: its state, what it
weighs and, for a court, its docket and the hazards in its district.
"""

from typing import Any

from sim.agents.claim import in_docket
from sim.engine.plain import view
from sim.explain import ACTORS, explain_actor
from sim.explain.words import ACTOR_TERMS
from sim.terms import Asset, label
from sim.view.why.history import finite
from sim.world import World

COURT = "court"
"""A court is asked what its officers weigh."""

AGES = (0, 3, 6, 12)
"""Ages in months at which a class of cases in a docket begins; the last class is open-ended."""

Plain = dict[str, Any]


def decider(kind: str) -> str:
    """The actor in `sim.explain.ACTORS` whose decisions are shown for a kind."""
    return "officer" if kind == COURT else kind


def actor_data(world: World, kind: str, identity: int) -> Plain:
    """An actor other than a debtor: its state, and what it weighs.

    Args:
        world: A world just before the actor decides; it stays there.
        kind: ``court``, or one of `sim.explain.ACTORS`.
        identity: The actor's id.

    Returns:
        `kind`, `month`, `id`, `state` (the fields of its row) and `acts`, each with the terms of
        its ledger, the gain above and costs below 0, its `net` and the `chance` that it is done.
        An actor that has nothing to decide has no acts. For a court also `docket`, the number of
        cases by age, and `true`, hazards over the last twelve months.
    """
    month = world.month + 1
    actor = decider(kind)
    said = explain_actor(world, month, actor, identity)
    table = getattr(world.simulation, ACTORS[actor][1])
    row = identity >> 8 if ACTORS[actor][1] == "debtors" else identity
    data: Plain = {
        "kind": kind,
        "month": month,
        "id": identity,
        "state": _state(table.rows[row]),
        "acts": [
            {
                "what": act.what,
                "about": act.about,
                "terms": [
                    {
                        "term": term,
                        "title": ACTOR_TERMS[term],
                        "yuan": 0.0 - yuan if place else yuan,
                    }
                    for place, (term, yuan) in enumerate(act.terms.items())
                ],
                "net": act.net,
                "chance": act.chance,
            }
            for act in said.acts
        ],
    }
    if actor == "officer":
        data["docket"] = _docket(world, data["state"]["district"])
        data["true"] = true_hazards(world, data["state"]["district"])
    return data


def _state(row: Any) -> Plain:
    """The fields of a row that are single numbers; the class of assets as a word."""
    names = [name for name in row.dtype.names if row.dtype[name].shape == ()]
    found = {name: finite(row[name].item()) for name in names if name != "treatment"}
    if "asset" in found:
        found["asset"] = label(Asset(found["asset"]))
    return found


def _docket(world: World, district: int) -> list[Plain]:
    """Cases in a court's docket by age: from, below (None for the oldest), number of cases."""
    claims = world.simulation.claims.rows
    here = claims[claims["district"] == district]
    ages = [int(one["docket"]) for one in here if in_docket(one["stage"])]
    return [
        {
            "from": first,
            "below": below,
            "cases": sum(first <= age and (below is None or age < below) for age in ages),
        }
        for first, below in zip(AGES, (*AGES[1:], None), strict=True)
    ]


def true_hazards(world: World, district: int) -> Plain:
    """Hazards for evaders in a district over the last twelve months, 1/month.

    `recovery` by force, `listing` and `personal` sanctions of any kind; None where there was no
    evader in the docket whom they could have affected.
    """
    court = view(world.simulation.courts.rows)[district]
    exposed = court.exposed > 0.0
    return {
        "recovery": court.recovery if court.recovery >= 0.0 else None,
        "listing": court.listing if exposed and court.unlisted > 0.0 else None,
        "personal": court.fined + court.detained + court.imprisoned if exposed else None,
    }
