"""Computes survival of cases: how long they stay open, and when each kind of ending occurs.

In: counts of open and ended cases by months since intake. Out: a life table with competing risks.
The life table is a period estimate: it uses all cases open in the observed months, whenever they
began. So a case revived after two years enters at that age (left truncation), and a case still open
at the end counts for the time observed. A termination is an ending, not a censoring.
"""

import numpy as np
import pandas as pd

from sim.books.counts import LONGEST, Span
from sim.indicator import divided
from sim.terms import Ending, label


def life_table(spans: np.ndarray, again: bool) -> pd.DataFrame:
    """The life table of first or of revived proceedings (Kaplan and Meier 1958; Aalen 1978).

    At age s, in months since intake, n(s) cases are at risk. Some end at this age; the others are
    still open at the end of the month. They are then in the docket (the court's list of cases), or
    in a plan that was agreed while they were in the docket.
    d_j(s) is the number of endings of kind j. The share still open is
    S(s) = Π_{u≤s} (1 − Σ_j d_j(u)/n(u)). The cumulative incidence is
    F_j(s) = Σ_{u≤s} S(u−1)·d_j(u)/n(u). S + Σ_j F_j = 1. Greenwood's formula gives the standard
    error of S.

    Args:
        spans: Counts by elapsed months; shape (spans, ages).
        again: Whether to use revived cases instead of cases enforced for the first time.

    Returns:
        One row for each month since intake below `LONGEST`: proceeding, months, at_risk, ends by
        kind, survival, its standard error, and incidence by kind. NaN at ages above the highest at
        which a case is at risk.
    """
    still = spans[Span.OPEN_AGAIN if again else Span.OPEN_FIRST, :LONGEST]
    first = Span.PAID_AGAIN if again else Span.PAID_FIRST
    ends = spans[first : first + len(Ending), :LONGEST]
    at_risk = still + ends.sum(axis=0)
    hazards = divided(ends, at_risk)
    seen = np.flatnonzero(at_risk > 0.0)
    last = seen[-1] if len(seen) else -1
    hazards[:, : last + 1] = np.nan_to_num(hazards[:, : last + 1])  # no cases at an age: hazard 0
    leaving = hazards.sum(axis=0)
    survival = np.cumprod(1.0 - leaving)
    before = np.concatenate([[1.0], survival[:-1]])
    gone = ends.sum(axis=0)
    kept = at_risk - gone
    # If all remaining cases end at once, the curve falls to 0, and so does its standard error.
    terms = np.divide(gone, at_risk * kept, out=np.zeros(LONGEST), where=kept > 0.0)
    error = survival * np.sqrt(np.cumsum(terms))
    columns: dict[str, object] = {
        "proceeding": "revived" if again else "first",
        "months": np.arange(LONGEST),
        "at_risk": at_risk,
    }
    columns |= {f"ends_{label(e)}": ends[e] for e in Ending}
    columns |= {"survival": survival, "survival_se": error}
    columns |= {f"incidence_{label(e)}": np.cumsum(before * hazards[e]) for e in Ending}
    return pd.DataFrame(columns)
