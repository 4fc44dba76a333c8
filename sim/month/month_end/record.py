"""What institutions record of a month: open cases, statistics, publicity, inquiries.

In: counts of the month. Out: rows of courts, registries and agencies, which are read next month.
"""

import numpy as np

from sim.books.counts import Count
from sim.month.shared.journal import DISTRICTS
from sim.month.simulation import Simulation
from sim.parameters import Learning, Procedure
from sim.terms import Updating


def note(simulation: Simulation, sums: np.ndarray, inquiries: np.ndarray) -> None:
    """Record the month in the rows of courts, registries and agencies."""
    courts = simulation.courts.rows
    districts = sums[DISTRICTS:]
    courts["docket"] = districts[:, Count.DOCKET]
    courts["debtors"] = districts[:, Count.DEBTORS_ENFORCEABLE]
    courts["concealing"] = districts[:, Count.DEBTORS_CONCEALING]
    exposed = districts[:, Count.EXPOSED]
    for name, counted in RECORD:
        courts[name][:, simulation.month % 12] = districts[:, counted]
    keep_record(courts)
    move_reputation(courts, simulation.inputs.parameters.learning.reputation)
    courts["sanctions"] += hours_of_sanctions(districts, simulation.inputs.parameters.procedure)
    personal = districts[:, [Count.FINES, Count.DETENTIONS, Count.PRISONS]].sum(axis=1)
    courts["punished"] = np.minimum(1.0, personal / np.maximum(exposed, 1.0))
    publicity = simulation.lever("special.publicity")[courts["treatment"]]
    publicise(courts, publicity, simulation.inputs.parameters.learning)
    registries = simulation.registries.rows
    for place, name in enumerate(("asked", "answered", "found", "stalled")):
        registries[name] = inquiries[:, place]
    agencies = simulation.agencies.rows
    agencies["listed"] = districts[:, Count.LISTED]
    agencies["entries"] += districts[:, Count.LISTINGS].astype(np.int32)
    agencies["unable"] = districts[:, Count.LISTED_UNABLE]


RECORD = (
    ("exposed_year", Count.EXPOSED),
    ("recovered_year", Count.EXPOSED_RECOVERED),
    ("unlisted_year", Count.UNLISTED_EXPOSED),
    ("listed_year", Count.UNLISTED_LISTED),
    ("fined_year", Count.EXPOSED_FINED),
    ("detained_year", Count.EXPOSED_DETAINED),
    ("imprisoned_year", Count.PRISONS),
)
"""Columns with the last twelve months of a district. Each is named with the count it stores."""


def keep_record(courts: np.ndarray) -> None:
    """Set the monthly risks of evaders in each district, from the last twelve months (ODD eq. 145).

    Args:
        courts: Rows of courts. The month that ends must already be recorded in them.
    """
    year = courts["exposed_year"].sum(axis=1)
    months = np.maximum(year, 1.0)
    unlisted = courts["unlisted_year"].sum(axis=1)
    recovery = courts["recovered_year"].sum(axis=1) / months
    courts["recovery"] = np.where(year > 0.0, recovery, -1.0)
    courts["exposed"] = year
    courts["unlisted"] = unlisted / months
    courts["listing"] = courts["listed_year"].sum(axis=1) / np.maximum(unlisted, 1.0)
    for name in ("fined", "detained", "imprisoned"):
        courts[name] = courts[f"{name}_year"].sum(axis=1) / months


def hours_of_sanctions(districts: np.ndarray, procedure: Procedure) -> np.ndarray:
    """Officers' hours that the month's sanctions took (ODD eq. 149); shape (districts,).

    Args:
        districts: Counts of the month; shape (districts, counts).
        procedure: Parameters: officers' hours for each kind of sanction.
    """
    by_officers = districts[:, Count.LISTINGS] - districts[:, Count.LISTINGS_AUTOMATIC]
    hours: np.ndarray = procedure.listing_hours * by_officers
    hours += procedure.delisting_hours * districts[:, Count.DELISTED_PAID]
    hours += procedure.fine_hours * districts[:, Count.FINES]
    hours += procedure.detention_hours * districts[:, Count.DETENTIONS]
    return hours


def move_reputation(courts: np.ndarray, speed: float) -> None:
    """Move the risks that debtors expect before any experience towards those of the last year.

    This is ODD eq. 146.

    Args:
        courts: Rows of courts, with the risks that `keep_record` has set.
        speed: Share of the difference that is closed per month; 0 keeps the assumed prior.
    """
    if speed <= 0.0:
        return
    personal = courts["fined"] + courts["detained"] + courts["imprisoned"]
    hazards = (
        ("reputed_recovery", courts["recovery"], courts["exposed"] > 0.0),
        ("reputed_listing", courts["listing"], courts["exposed"] * courts["unlisted"] > 0.0),
        ("reputed_personal", personal, courts["exposed"] > 0.0),
    )
    for name, hazard, known in hazards:
        courts[name] += np.where(known, speed * (hazard - courts[name]), 0.0)


def publicise(courts: np.ndarray, reach: np.ndarray, learning: Learning) -> None:
    """Publicity shows debtors this month's personal sanctions. Earlier ones fade (eq. 110).

    Args:
        courts: Rows of courts, with `punished`.
        reach: Publicity in each district, as a share of full publicity; shape (districts,).
        learning: Parameters: λ (`memory`), the number of evaders' months that full publicity shows
            (`publicity_months`), and the weight of a sanction shown (`publicity`).
    """
    if learning.updating == Updating.NONE:
        return
    months = reach * learning.publicity_months
    courts["publicised"] *= learning.memory
    courts["publicised"] += months * learning.publicity * courts["punished"]
    courts["publicised_months"] *= learning.memory
    courts["publicised_months"] += months
