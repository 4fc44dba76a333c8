"""The Becker limit: who pays flips at the closed-form threshold of the contract."""

import math
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sim.agents.debtor.behaviour import pays
from sim.agents.debtor.perceived import Penalties
from sim.agents.debtor.weigh import net, weigh
from sim.parameters import Choice, EvasionTraits, KindTraits, Parameters, Society
from tests import build
from tests.build import law

KIND = KindTraits(procurement=0.5, travel=0.5, finance=0.5, office=0.5, honours=0.5)
BARE: dict[str, Any] = {"noise": 0.0, "stigma": 0.0, "freeze_loss": 0.0}
SANCTIONS = ("late_interest", "enforcement_fee", "fine_rate", "detention_rate", "prison_rate")
NO_SANCTION = {f"sanctions.{name}": 0.0 for name in SANCTIONS}
UNMATCHED = NO_SANCTION | {"comprehensive.match_rate": 0.0}
BESIDE = 1e-9
"""How near to the threshold, relative, the flip is looked for: rounding is some 1e-15 of it."""


def position(**fields):
    usual = {"due": 1e4, "payable": 1e4, "wealth": 1e12, "hidable": 0.0}
    return build.position(**(usual | {"eligible": False, "forced_loss": 0.0} | fields))


def honest(here, income, discount, levers, choice):
    debtor = build.debtor(income=income, discount=discount, trust=0.5)
    parameters = Parameters(choice=choice, society=Society(norm=0.0))
    law = levers.sanctions
    here = here._replace(penalties=Penalties(law.fine_rate, law.detention_rate, law.prison_rate))
    worth = net(weigh(here, debtor, EvasionTraits(), KIND, levers, parameters))
    return pays(worth, 0.0, here.payable, income, 0.0, choice)


@settings(max_examples=400)
@given(
    r=st.floats(0.01, 0.2),
    x=st.floats(0.0, 0.05),
    h=st.floats(0.005, 0.5),
    i=st.floats(0.0, 0.03),
    income=st.floats(500.0, 20_000.0),
    payable=st.floats(2_000.0, 500_000.0),
    hazard_of_listing=st.floats(0.0, 0.5),
    listed=st.integers(-1, 30),
    term=st.integers(0, 60),
    f=st.floats(0.0, 0.3),
    exponent=st.floats(0.1, 1.0),
    match=st.floats(0.0, 1.0),
    lasting=st.floats(0.0, 1.0),
    tau=st.floats(1.0, 60.0),
    personal=st.floats(0.0, 0.02),
)
def test_who_pays_flips_at_the_threshold(
    r, x, h, i, income, payable, hazard_of_listing, listed, term, f, exponent, match, lasting, tau,
    personal,
):  # fmt: skip
    alpha = r + x + h
    age = max(0, listed)
    months = math.fsum(
        (lasting + (1 - lasting) * math.exp(-(age + k) / tau)) / (1 + r + h) ** k
        for k in range(max(0, term - age))
    )
    sure = 1.0 if listed >= 0 else hazard_of_listing / (alpha + hazard_of_listing)
    restrictions = sure * (f * (match * 2.5) ** exponent if match > 0 else 0.0) * months
    # of the personal sanctions only fines here, so that all of what is feared is one of them
    fines = personal * 2.0 * income
    without_loss = h * i / alpha + fines / payable + alpha * income * restrictions / payable
    # φ is solved for; near zero it would be lost in the rounding of r + x
    assume(r + x - without_loss > 0.01 * (r + x))
    phi = (r + x - without_loss) / h
    levers = law(
        NO_SANCTION,
        sanctions__late_interest=i,
        sanctions__fine_rate=0.004,
        sanctions__fine_amount=2.0,
        sanctions__listing_term=float(term),
        comprehensive__match_rate=match,
    )
    choice = Choice(
        death=x, restriction=f, breadth_exponent=exponent, lasting=lasting, habituation=tau, **BARE
    )

    def at(loss):
        return position(
            due=payable, payable=payable, forced_loss=loss, recovery=h, listing=hazard_of_listing,
            personal=personal, listed=listed,
        )  # fmt: skip

    assert not honest(at(phi * (1 - BESIDE)), income, r, levers, choice)
    assert honest(at(phi * (1 + BESIDE)), income, r, levers, choice)


@given(
    h=st.floats(0.0, 1e6),
    r=st.floats(0.0001, 0.5),
    x=st.floats(0.0, 0.1),
    payable=st.floats(1.0, 1e8),
    listing=st.floats(0.0, 1.0),
)
def test_seizure_alone_is_no_punishment(h, r, x, payable, listing):
    levers = law(UNMATCHED)
    here = position(
        due=payable, payable=payable, recovery=h, listing=listing, personal=0.5, listed=-1
    )
    # at some 1e12 a month gain is below one unit of rounding, and paying costs nothing either way
    assert not honest(here, 3000.0, r, levers, Choice(death=x, **BARE))


@given(h=st.floats(0.01, 1.0), i=st.floats(0.001, 0.05))
def test_interest_deters_nobody_who_has_no_more_than_is_owed(h, i):
    levers = law(UNMATCHED, sanctions__late_interest=i)
    here = position(recovery=h, listing=0.0, personal=0.0, listed=-1, wealth=1e4)
    assert not honest(here, 3000.0, 0.0001, levers, Choice(death=0.0, **BARE))


def test_in_a_run_nobody_pays_a_judgment_for_fear_of_seizure_alone(make):
    kinds = {f"kinds.{k}.{n}": 0.0 for k in ("person", "firm", "public_body")
             for n in ("honest_share", "conscience", "conscience_sd")}  # fmt: skip
    assets = {f"assets.{k}.auction_price": 1.0 for k in ("realty", "vehicles", "securities")}
    own = {f"assets.{k}.own_price": 1.0 for k in ("realty", "vehicles", "securities")}
    world = make.village(
        {
            **kinds, **UNMATCHED, **assets, **own, "choice.stigma": 0.0, "choice.freeze_loss": 0.0,
            "choice.noise": 1e-6, "society.norm": 0.0, "obligations.intensity": 5.0,
            "economy.exit": 0.0, "procedure.suit_cost": 0.0, "procedure.second_price": 1.0,
            "learning.prior_recovery": 0.5, "learning.optimism": 5.0,
        },
        events=True,
    )  # fmt: skip
    world.run_to(24)
    books = world.measured.books()
    assert world.measured.sums(burn_in=True)[:, 0, :].sum() > 0
    assert books["seized_money"].sum() > 0.0
    assert books["paid_voluntarily"].sum() == 0.0
