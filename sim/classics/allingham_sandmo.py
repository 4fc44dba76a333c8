"""Income tax evasion as a choice under risk (Allingham and Sandmo 1972; Yitzhaki 1974).

A taxpayer with income W, taxed at rate θ, declares X. With probability p all income is found, and
the undeclared part is charged at the rate π:

    max over X of (1 − p) U(W − θ X) + p U(W − θ X − π (W − X)),  0 ≤ X ≤ W.

Yitzhaki's penalty is a multiple φ of the evaded tax, π = φ θ. With constant absolute risk aversion
λ, U(y) = −exp(−λ y), the choice between the bounds is

    X = W − ln[(1 − p) θ / (p (π − θ))] / (λ π).

Nothing is declared if p ≤ θ / (θ + (π − θ) exp(λ π W)). More audits and higher penalties raise X. A
higher tax lowers it, but raises it with Yitzhaki's penalty. `run` finds X by numerical
optimisation, and the responses from X at neighbouring values.
"""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize_scalar

from sim.classics.classic import Classic, Outcomes, Target
from sim.classics.estimate import Estimate
from sim.classics.parameters import ParameterSet, number, word
from sim.errors import ServandaError

STEP = 1e-3
"""Relative step of the differences from which responses are computed."""
NOTHING = 1e-4
"""Share of the income up to which nothing is declared."""


@dataclass(frozen=True)
class Parameters(ParameterSet):
    """Parameters of the choice."""

    income: float = number(100.0, "income W", "收入", 1.0, 10_000.0)
    tax: float = number(0.25, "tax rate θ", "税率", 0.001, 0.99)
    audit: float = number(0.4, "audit probability p", "查税概率", 0.001, 0.999)
    penalty: float = number(
        0.5, "penalty rate π, or φ as a multiple of the evaded tax", "罚率", 0.001, 100.0
    )
    penalty_on: str = word(
        "income", ("income", "tax"), "what the penalty is a multiple of", "罚款基数"
    )
    risk_aversion: float = number(0.02, "absolute risk aversion λ", "绝对风险厌恶", 1e-5, 1.0)

    def check(self) -> None:
        """Refuse a penalty that does not exceed the tax.

        Raises:
            ServandaError: If an audit would not cost more than honesty.
        """
        if problem(self).rate <= self.tax:
            least = self.tax if self.penalty_on == "income" else 1.0
            what = f"{self.penalty:g} on the {self.penalty_on} is no more than the tax itself"
            raise ServandaError("penalty", what, f"give more than {least:g}")


class Problem(NamedTuple):
    """What a taxpayer faces; not checked, because neighbouring values may be out of range."""

    income: float
    tax: float
    audit: float
    penalty: float
    on_tax: bool
    risk_aversion: float

    @property
    def rate(self) -> float:
        """Penalty rate π on undeclared income."""
        return self.penalty * self.tax if self.on_tax else self.penalty


def problem(it: Parameters) -> Problem:
    """The problem with these parameters."""
    on_tax = it.penalty_on == "tax"
    return Problem(it.income, it.tax, it.audit, it.penalty, on_tax, it.risk_aversion)


def declared(it: Problem) -> float:
    """Income X declared by a taxpayer who maximises expected utility, found numerically.

    Minimised is the logarithm of minus expected utility: a convex function of X.
    """

    def loss(x: float) -> float:
        paid = it.tax * x
        escaped = math.log(1.0 - it.audit) + it.risk_aversion * paid
        caught = math.log(it.audit) + it.risk_aversion * (paid + it.rate * (it.income - x))
        return float(np.logaddexp(escaped, caught))

    options = {"xatol": 1e-9 * it.income}
    found = minimize_scalar(loss, bounds=(0.0, it.income), method="bounded", options=options)
    return min((0.0, float(found.x), it.income), key=loss)


def declared_formula(it: Problem) -> float:
    """The same by the formula."""
    odds = (1.0 - it.audit) * it.tax / (it.audit * (it.rate - it.tax))
    x = it.income - math.log(odds) / (it.risk_aversion * it.rate)
    return min(max(x, 0.0), it.income)


def response(it: Problem, name: str) -> float:
    """Change of the numerical X per unit of a parameter, by central differences."""
    value = float(getattr(it, name))
    changed: list[dict[str, Any]] = [{name: value * (1.0 + step)} for step in (STEP, -STEP)]
    above, below = (declared(it._replace(**one)) for one in changed)
    return (above - below) / (2.0 * STEP * value)


def lowest_audit(it: Problem) -> float:
    """Audit probability up to which nothing is declared, by bisection of the numerical X."""
    low, high = 0.0, 1.0
    while high - low > 1e-7:
        middle = (low + high) / 2.0
        if declared(it._replace(audit=middle)) > NOTHING * it.income:
            high = middle
        else:
            low = middle
    return low


def run(parameters: Parameters, seed: int) -> Outcomes:
    """Compute the choice and how it responds; there are no draws, so the seed has no effect."""
    it = problem(parameters)
    responses = {
        f"response_to_{name}": Estimate(response(it, name)) for name in ("audit", "penalty", "tax")
    }
    return {
        "declared": Estimate(declared(it)),
        "declared_formula": Estimate(declared_formula(it)),
        "lowest_audit": Estimate(lowest_audit(it)),
        **responses,
    }


PAPER = "Allingham and Sandmo (1972), Journal of Public Economics 1:323"
YITZHAKI = "Yitzhaki (1974), Journal of Public Economics 3:201"
CENT, ALIKE = 0.005, 0.01
"""Tolerances: of a declared income, and of a response relative to its size."""


def _yitzhaki(tax: float) -> dict[str, float | str]:
    return {"penalty_on": "tax", "penalty": 2.0, "tax": tax}


def _response(title: str, name: str, value: float, **settings: float | str) -> Target:
    source = YITZHAKI if "penalty_on" in settings else PAPER
    return Target(
        title,
        f"response_to_{name}",
        value,
        settings,
        f"{source}; derivative of the formula",
        "closed form",
        tolerance=ALIKE * abs(value),
    )


MODEL = Classic(
    name="allingham_sandmo",
    title="Income tax evasion under risk",
    zh="风险下的逃税选择",
    source=f"{PAPER}; {YITZHAKI}",
    rules=__doc__ or "",
    parameters=Parameters,
    run=run,
    outcomes={
        "declared": "declared income X",
        "declared_formula": "declared income by the formula",
        "lowest_audit": "audit probability up to which nothing is declared",
        "response_to_audit": "dX/dp",
        "response_to_penalty": "dX/dπ, or dX/dφ",
        "response_to_tax": "dX/dθ",
    },
    targets=(
        *(
            Target(
                f"declared, p = {p:g}",
                "declared",
                x,
                {"audit": p},
                PAPER,
                "closed form",
                tolerance=CENT,
            )
            for p, x in ((0.3, 15.270), (0.4, 59.453), (0.5, 100.0))
        ),
        Target(
            "p up to which nothing is declared",
            "lowest_audit",
            0.2689,
            {},
            PAPER,
            "closed form",
            tolerance=0.0001,
        ),
        _response("dX/dp", "audit", 1.0 / (0.02 * 0.5 * 0.24)),
        _response("dX/dπ", "penalty", 4.0 / 0.01 + math.log(1.5) / 0.005),
        _response("dX/dθ", "tax", -1.0 / (0.25 * 0.25 * 0.02)),
        *(
            Target(
                f"declared, penalty on the tax, θ = {tax:g}",
                "declared",
                x,
                _yitzhaki(tax),
                YITZHAKI,
                "closed form",
                tolerance=CENT,
            )
            for tax, x in ((0.2, 49.32), (0.3, 66.21), (0.4, 74.66))
        ),
        _response(
            "dX/dθ, penalty on the tax, θ = 0.3",
            "tax",
            math.log(1.5) / (0.02 * 2.0 * 0.09),
            **_yitzhaki(0.3),
        ),
    ),
)
