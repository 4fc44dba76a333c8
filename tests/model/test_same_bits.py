"""The same world gives the same bits, however and in how many pieces it is computed."""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sim.engine.blocks import Execution
from sim.errors import ServandaWarning
from sim.levers.catalogue import catalogue, value
from sim.month.calendar import CALENDAR

ROOT = Path(__file__).resolve().parents[2]
SHORT: dict[str, Any] = {"run.burn_in": 12, "run.months": 12}
BUSY = SHORT | {"obligations.intensity": 4.0}
"""Twenty-four months in which every phase has work."""


def finished(world):
    return world.run_to(12)


@pytest.fixture(scope="module")
def in_one_piece(make):
    return finished(make.village(BUSY, execution=Execution(block=32)))


WAYS = {
    "two ranges": Execution(block=32, ranges=2),
    "seven ranges": Execution(block=32, ranges=7),
    "shuffled ranges": Execution(block=32, ranges=7, shuffle=1),
    "shuffled otherwise": Execution(block=32, ranges=7, shuffle=2),
    "two threads": Execution(block=32, threads=2),
    "plain Python": Execution(block=32, compiled=False),
    "plain Python in shuffled ranges": Execution(block=32, compiled=False, ranges=7, shuffle=3),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_way_of_computing_changes_no_bit(make, in_one_piece, way):
    other = finished(make.village(BUSY, execution=WAYS[way]))
    assert len(other.simulation.claims) > 50
    assert make.differing(in_one_piece, other) == []


@pytest.mark.parametrize("behaviour", ["prospect", "rule_of_thumb"])
@pytest.mark.parametrize("updating", ["none", "asymmetric"])
def test_other_behaviours_too_are_the_same_in_plain_python(make, behaviour, updating):
    paths = BUSY | {
        "choice.behaviour": behaviour,
        "learning.updating": updating,
        "population.size": 150,
    }
    compiled, plain = (
        finished(make.village(paths, execution=Execution(block=32, compiled=c)))
        for c in (True, False)
    )
    assert make.differing(compiled, plain) == []


BANKRUPTCIES = BUSY | {
    "population.size": 600,
    "obligations.intensity": 8.0,
    "at_source.personal_bankruptcy": 1.0,
    "at_source.discharge_years": 0.5,
    "at_source.conversion": 0.8,
    "at_source.administrators": 5.0,
    "at_source.bankruptcy_examination": 0.3,
    "procedure.bankruptcy_cost": 0.0,
    "procedure.bankruptcy_stigma": 0.0,
    "kinds.person.honest_share": 0.0,
    "kinds.person.conscience": 0.0,
    "economy.ruin": 0.05,
    "economy.ruin_keeps": 0.2,
    "assets.cash.hide": 1.0,
}
"""Many bankruptcies, some abused and found out, and too few administrators for them."""


def test_bankruptcies_too_are_the_same_in_plain_python_and_in_any_order(make):
    compiled, plain, shuffled = (
        finished(make.village(BANKRUPTCIES, execution=execution))
        for execution in (
            Execution(block=32),
            Execution(block=32, compiled=False),
            Execution(block=32, ranges=7, shuffle=1),
        )
    )
    counts = compiled.series(burn_in=True, counts=True)
    assert (
        counts[["n_openings", "n_bankruptcy_abused", "n_bankruptcy_abuse_found"]].sum() > 0
    ).all()
    assert make.differing(compiled, plain) == []
    assert make.differing(compiled, shuffled) == []


PROBE = """
import hashlib
from sim import World
world = World("village", **{"population.size": 100, "run.burn_in": 12, "run.months": 12,
                            "obligations.intensity": 4.0}).run_to(12)
digest = hashlib.sha256()
made = world.simulation
for table in (made.debtors, made.claims, made.creditors, made.courts):
    for field in table.rows.dtype.names:
        digest.update(table.rows[field].tobytes())
digest.update(world.measured.sums(burn_in=True).tobytes())
print(digest.hexdigest())
"""


def probed(**environment):
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_checking_bounds_changes_no_bit_and_finds_nothing():
    assert probed(NUMBA_BOUNDSCHECK="1") == probed(NUMBA_BOUNDSCHECK="0")


NUMBERING = ("debtors.treatment", "claims.treatment", "courts.treatment", "governments.treatment")
"""Which row of levers one reads: a policy renumbers them, whatever it does."""


def moved(**policy):
    return {"name": "p", "set": {"comprehensive.officers": 1.0}, "start": 2} | policy


def test_more_claims_than_debtors_change_no_bit_either(make):
    # Sums stand in blocks of rows; claims can fill more of them than debtors do.
    crowded = {"population.size": 60, "run.burn_in": 6, "run.months": 12}
    crowded |= {"obligations.intensity": 40.0, "comprehensive.officers": 0.0}
    compiled, plain = (
        finished(make.village(crowded, execution=Execution(block=8, compiled=way)))
        for way in (True, False)
    )
    assert len(compiled.simulation.claims) > 64
    assert make.differing(compiled, plain) == []


def test_a_policy_before_its_start_changes_no_bit(make):
    late = finished(make.village(BUSY | {"run.months": 24}, policies=[moved(start=13)]))
    without = finished(make.village(BUSY | {"run.months": 24}))
    assert make.differing(late, without, but=NUMBERING) == []
    assert make.differing(late.run_to(14), without.run_to(14), but=NUMBERING) != []


def test_a_policy_that_reaches_nobody_changes_no_bit(make):
    empty = BUSY | {"kinds.public_body.share": 0.0, "kinds.person.share": 0.88}
    aimed = moved(kinds=["public_body"], set={"comprehensive.list_rate": 1.0})
    with pytest.warns(ServandaWarning, match="reaches nobody"):
        reached = finished(make.village(empty, policies=[aimed]))
    assert reached.simulation.parts.treatments == 2
    assert make.differing(reached, finished(make.village(empty))) == []


def test_a_policy_that_sets_what_is_already_so_changes_no_bit(make):
    base = make.village(BUSY).setup.levers
    paths = ("sanctions.late_interest", "collaborative.trace_bank", "comprehensive.list_rate")
    same = moved(set={path: value(base, path) for path in paths})
    treated, without = finished(make.village(BUSY, policies=[same])), finished(make.village(BUSY))
    assert make.differing(treated, without, but=NUMBERING) == []


def test_a_policy_for_one_district_leaves_the_others_alone(make):
    # No neighbour lives elsewhere, creditors, who lend everywhere, always go on, and no insurer
    # asks all districts for one premium.
    apart = BUSY | {
        "society.rewiring": 0.0,
        "society.trade_links": 0.0,
        "at_source.insurance_coverage": 0.0,
        "procedure.apply_cost": 0.0,
        "procedure.suit_cost": 0.0,
        "population.districts": 3,
    }
    aimed = moved(
        districts=[1], set={"comprehensive.list_rate": 1.0, "comprehensive.officers": 2.0}
    )
    treated, without = (
        finished(make.village(apart, policies=[aimed])),
        finished(make.village(apart)),
    )
    for table in ("debtors", "claims", "courts", "registries", "agencies"):
        mine, theirs = (getattr(w.simulation, table).rows for w in (treated, without))
        for district in range(3):
            here, there = (rows[rows["district"] == district] for rows in (mine, theirs))
            same = all(
                here[f].tobytes() == there[f].tobytes()
                for f in here.dtype.names
                if f != "treatment"
            )
            assert same or district == 1, (table, district)
            if table == "debtors" and district == 1:
                assert not same


def test_another_seed_gives_another_world(make):
    one, other = (finished(make.village(BUSY | {"run.seed": s})) for s in (1, 2))
    assert {"debtors.income", "claims.due"} <= set(make.differing(one, other))


def test_two_worlds_of_one_process_do_not_touch_each_other(make, in_one_piece):
    one, other = (make.village(BUSY, execution=Execution(block=32)) for _ in range(2))
    for month in range(-11, 13):
        one.run_to(month)
        other.run_to(month)
    assert make.differing(one, in_one_piece) == make.differing(other, in_one_piece) == []


PHASES = [phase.__name__ for phase in CALENDAR]


@pytest.mark.parametrize("phase", PHASES)
def test_a_world_pickled_in_the_middle_of_a_month_goes_on_as_if_it_had_not(make, phase):
    world = make.village(BUSY, events=True, panel=5).run_to(3, before=phase)
    copy = pickle.loads(pickle.dumps(world))
    assert copy.phase == phase
    assert copy.month == world.month
    finished(world)
    finished(copy)
    assert make.differing(world, copy) == []
    assert copy.transitions.frame().equals(world.transitions.frame())
    assert copy.panel.frame().equals(world.panel.frame())
    assert copy.headline() == pytest.approx(world.headline(), rel=0, abs=0, nan_ok=True)


def test_looking_before_a_phase_changes_no_bit(make, in_one_piece):
    world = make.village(BUSY, execution=Execution(block=32))
    for month in range(-11, 13):
        for phase in PHASES:
            world.run_to(month, before=phase)
    assert make.differing(finished(world), in_one_piece) == []


BORN = ["id", "kind", "district", "usual", "need", "buffer"]
BORN += ["optimism", "discount", "conscience_origin"]


def test_a_debtor_added_last_leaves_earlier_ids_and_draws_as_they_were(make):
    # Births, incomes, fortunes, and the claims that fall due are all compared; conduct is not,
    # because the newcomer is somebody's neighbour and a case more before the court.
    alone, joined = (make.village(BUSY | {"population.size": n}, events=True) for n in (400, 401))
    for world in (alone, joined):
        assert (world.simulation.lender_first == alone.simulation.lender_first).all()
    for field in (*BORN, "income", "assets"):
        here, there = (w.simulation.debtors.rows[field] for w in (alone, joined))
        assert here.tobytes() == there[:400].tobytes(), field
    for month in range(-11, 13):
        alone.run_to(month)
        joined.run_to(month)
        for field in (*BORN, "income", "leaving"):
            here, there = (w.simulation.debtors.rows[field] for w in (alone, joined))
            assert here.tobytes() == there[:400].tobytes(), (field, month)
    due = []
    for world in (alone, joined):
        log = world.transitions.frame()
        due.append(log[(log["stage"] == "due") & (log["debtor"] // 256 < 400)].reset_index())
    columns = ["month", "claim", "debtor", "creditor", "domain", "amount"]
    assert due[0][columns].equals(due[1][columns])
    links = joined.simulation.neighbours[:400] != alone.simulation.neighbours
    assert links.mean() < 0.02
    assert (joined.simulation.neighbours[:400][links] == 400).all()


def off_pairs():
    """For each lever, two worlds that must be one: what it acts on is missing, and it is on or off.

    Where a lever has a partner without which it is nothing, the partner at nothing stands against
    the lever at nothing.
    """
    breadths = ("procurement", "travel", "finance", "office", "honours")
    closed = {f"comprehensive.{name}": 0.0 for name in breadths}
    for name in breadths:
        unused = {f"kinds.{kind}.{name}": 0.0 for kind in ("person", "firm", "public_body")}
        yield f"comprehensive.{name}", {f"comprehensive.{name}": 0.0}, unused
    yield "comprehensive.match_rate", {"comprehensive.match_rate": 0.0}, closed
    unlisted = {"comprehensive.list_rate": 0.0}
    yield (
        "comprehensive.list_rate",
        unlisted,
        unlisted | closed | {"choice.stigma": 0.0, "sanctions.listing_income_loss": 0.0},
    )
    yield (
        "comprehensive.list_accuracy",
        unlisted | {"comprehensive.list_accuracy": 0.0},
        unlisted | {"comprehensive.list_accuracy": 1.0},
    )
    no_term = {"sanctions.listing_term": 0.0}
    yield "sanctions.listing_term", no_term, no_term | closed
    nothing_found = {f"collaborative.trace_{name}": 0.0 for name in CLASSES}
    nothing_found |= {"at_source.preservation": 0.0}
    unfound = {"comprehensive.find_person": 0.0, "at_source.preservation": 0.0}
    yield "comprehensive.find_person", unfound, nothing_found
    bare_hands = {f"assets.{name}.hide": 0.0 for name in CLASSES}
    yield "comprehensive.cash_control", bare_hands, bare_hands | {"comprehensive.cash_control": 1.0}
    no_reward = {"comprehensive.honesty_reward": 0.0}
    yield "comprehensive.honesty_reward", no_reward, no_reward | {"choice.reward_months": 120.0}
    nobody = {"comprehensive.officers": 0.0}
    yield "comprehensive.officers", nobody, nobody | {"systemic.it": 2.0}
    diligent = {"institutions.shirk_value": 0.0}
    longer = diligent | {"procedure.hours": 210.0, "systemic.it": 0.0}
    yield "systemic.it", longer, diligent | {"procedure.hours": 140.0, "systemic.it": 0.5}
    sure = {"procedure.control": 1.0, "procedure.sale_rate": 1.0}
    yield "systemic.skill", sure, sure | {"systemic.skill": 1.0}
    cash_only = {f"domains.{name}.credit": False for name in ("bank_loan", "trade")}
    yield "at_source.screening", cash_only, cash_only | {"at_source.screening": 1.0}
    alike = {"learning.dispersion": 0.0}
    yield "rule_of_law.standardisation", alike, alike | {"rule_of_law.standardisation": 1.0}
    lasting = {"procedure.value_decay": 0.0}
    yield (
        "rule_of_law.value_preservation",
        lasting,
        lasting | {"rule_of_law.value_preservation": 1.0},
    )
    measured = {"procedure.seize_ratio": 1.0}
    yield "rule_of_law.proportionality", measured, measured | {"rule_of_law.proportionality": 1.0}
    own = {"procedure.caught": 0.0}
    yield (
        "rule_of_law.third_party_protection",
        own,
        own | {"rule_of_law.third_party_protection": 1.0},
    )
    silent = own | {"procedure.debtor_objects": 0.0}
    yield "collaborative.separation", silent, silent | {"collaborative.separation": 1.0}
    alike_online = {"procedure.online_sale": 0.0, "procedure.online_price": 0.0}
    yield "systemic.online_auction", alike_online, alike_online | {"systemic.online_auction": 1.0}
    nothing_moved = {
        "procedure.dissipation": 0.0,
        "pursuit.dissipate_pending": 0.0,
        "procedure.held_by_others": 0.0,
    }
    yield (
        "rule_of_law.avoidance",
        nothing_moved,
        nothing_moved | {"rule_of_law.avoidance": 1.0, "rule_of_law.avoidance_lookback": 5.0},
    )
    no_right = {"rule_of_law.avoidance": 0.0}
    yield (
        "rule_of_law.avoidance_lookback",
        no_right,
        no_right | {"rule_of_law.avoidance_lookback": 10.0},
    )
    yield (
        "rule_of_law.added_parties",
        {"rule_of_law.added_parties": 0.0},
        {"procedure.controller_wealth": 100.0},
    )
    managed = {"rule_of_law.proceeds_management": 1.0}
    clean = {"procedure.leakage": 0.0, "procedure.payout_delay": 0.0}
    yield "rule_of_law.proceeds_management", clean, clean | managed
    unpaid = {"collaborative.private_agents": 0.0}
    yield "collaborative.private_agents", unpaid, unpaid | {"procedure.agent_reach": 1.0}
    yield (
        "collaborative.private_agents_fee",
        unpaid,
        unpaid | {"collaborative.private_agents_fee": 0.5},
    )
    trusting = {"special.declaration": 0.0}
    yield "special.declaration", trusting, trusting | {"procedure.false_detected": 1.0}
    yield (
        "special.anti_evasion",
        trusting | bare_hands,
        trusting | bare_hands | {"special.anti_evasion": 1.0},
    )
    in_use = {"choice.freeze_loss": 0.0}
    yield "rule_of_law.live_freeze", in_use, in_use | {"rule_of_law.live_freeze": 1.0}
    no_class = {f"domains.{name}.livelihood": False for name in ("wages", "maintenance", "injury")}
    yield "special.livelihood_priority", no_class, no_class | {"special.livelihood_priority": 1.0}
    unheld = {"at_source.preservation": 0.0}
    terms = {"security": 1.0, "fee": 0.1, "guarantee": 1.0, "link": 1.0}
    yield (
        "at_source.preservation",
        unheld,
        unheld | {f"at_source.preservation_{name}": v for name, v in terms.items()},
    )
    for name, extreme in terms.items():
        yield (
            f"at_source.preservation_{name}",
            unheld | {f"at_source.preservation_{name}": 0.0},
            unheld | {f"at_source.preservation_{name}": extreme},
        )
    early = unheld | {"at_source.pre_suit_preservation": 1.0, "pursuit.pre_suit_security": 0.0}
    yield "at_source.pre_suit_preservation", unheld, early
    yield "at_source.risk_notice", unheld, unheld | {"at_source.risk_notice": 1.0}
    clear = {"pursuit.ambiguous": 0.0}
    yield "at_source.clarity", clear, clear | {"at_source.clarity": 1.0}
    at_once = {"pursuit.handover": 0.0}
    yield "at_source.linkage", at_once, at_once | {"at_source.linkage": 1.0}
    kept = no_class | {"domains.criminal.person": 0.0}
    yield "at_source.ex_officio", kept, kept | {"at_source.ex_officio": 1.0}
    yield "at_source.advance", no_class, no_class | {"at_source.advance": 1.0}
    unheeded = {"pursuit.reminded": 0.0}
    yield "at_source.reminder", unheeded, unheeded | {"at_source.reminder": 1.0}
    unmoved = {"choice.behaviour": "rule_of_thumb"}
    yield "rule_of_law.persuasion", unmoved, unmoved | {"rule_of_law.persuasion": 0.2}
    yield "at_source.credit_reporting", cash_only, cash_only | {"at_source.credit_reporting": 1.0}
    yield "comprehensive.repair_delay", unlisted, unlisted | {"comprehensive.repair_delay": 24.0}
    unseen = {"at_source.credit_reporting": 0.0}
    yield "at_source.report_memory", unseen, unseen | {"at_source.report_memory": 0.0}
    yield "comprehensive.credit_repair", unseen, unseen | {"comprehensive.credit_repair": 1.0}
    yield "at_source.cross_sector_sharing", unseen, unseen | {"at_source.cross_sector_sharing": 1.0}
    useless = {"pursuit.order_reach": 0.0}
    orders = {"collaborative.investigation_order": 1.0}
    yield "collaborative.investigation_order", useless, useless | orders
    nothing_seen = {f"kinds.{k}.{a}": 0.0 for k in KINDS for a in ("cash", "realty", "vehicles")}
    nothing_seen |= {f"kinds.{k}.bank": 1.0 for k in KINDS}
    nothing_seen |= {f"kinds.{k}.{a}": 0.0 for k in KINDS for a in ("online", "securities")}
    nothing_seen |= {"pursuit.mistaken": 0.0}
    witnessed = {"collaborative.witnesses": 1.0}
    yield "collaborative.witnesses", nothing_seen, nothing_seen | witnessed
    silent = {"pursuit.tips": 0.0}
    yield "collaborative.bounty", silent, silent | {"collaborative.bounty": 1.0}
    lenient = {f"sanctions.{name}_rate": 0.0 for name in ("fine", "detention", "prison")}
    accurate = {"collaborative.target_accuracy": 1.0} | unlisted
    yield "collaborative.target_accuracy", lenient | unlisted, lenient | accurate
    no_surplus = {f"kinds.{k}.need": 2.0 for k in ("person", "firm", "public_body")}
    no_surplus |= {f"kinds.{k}.need_sd": 0.0 for k in ("person", "firm", "public_body")}
    no_surplus |= {"kinds.firm.zombie_need": 2.0, "economy.own_shock": 0.0}
    no_surplus |= {"economy.common_shock": 0.0}
    yield "rule_of_law.plans", no_surplus | {"rule_of_law.plans": 0.0}, no_surplus
    no_firms = {"kinds.firm.share": 0.0, "kinds.person.share": 0.99}
    for path in ("at_source.conversion", "special.compulsory_liquidation"):
        high = 1.0 if path == "at_source.conversion" else 0.5
        yield path, no_firms | {path: 0.0}, no_firms | {path: high}
    unconverted = {"at_source.conversion": 0.0}
    yield (
        "at_source.specialised_courts",
        unconverted,
        unconverted | {"at_source.specialised_courts": 1.0},
    )
    yield (
        "at_source.personal_bankruptcy",
        {"procedure.bankruptcy_stigma": 60.0, "procedure.bankruptcy_cost": 1e6},
        {
            "procedure.bankruptcy_stigma": 60.0,
            "procedure.bankruptcy_cost": 1e6,
            "at_source.personal_bankruptcy": 1.0,
        },
    )
    yield "at_source.discharge_years", {}, {"at_source.discharge_years": 10.0}
    yield "at_source.bankruptcy_examination", {}, {"at_source.bankruptcy_examination": 1.0}
    yield "at_source.bankruptcy_exempt", {}, {"at_source.bankruptcy_exempt": 60.0}
    yield "at_source.administrators", {}, {"at_source.administrators": 0.0}
    yield (
        "special.evidence",
        {"sanctions.prison_rate": 0.0},
        {
            "sanctions.prison_rate": 0.0,
            "special.evidence": 1.0,
        },
    )
    yield "comprehensive.list_latency", unlisted, unlisted | {"comprehensive.list_latency": 24.0}
    endless = {"procedure.term_after": 120.0, "procedure.term_unserved": 240.0}
    endless |= {"comprehensive.assessment": 0.0}
    yield (
        "rule_of_law.termination_standard",
        endless,
        endless | {"rule_of_law.termination_standard": 1.0},
    )
    early = {"procedure.archive_after": 1.0, "procedure.revive": 0.0}
    yield "rule_of_law.periodic_tracing", early, early | {"rule_of_law.periodic_tracing": 1.0}
    for name, size in (("fine", "amount"), ("detention", "days"), ("prison", "months")):
        never = {f"sanctions.{name}_rate": 0.0}
        most = {"amount": 36.0, "days": 180.0, "months": 84.0}[size]
        yield f"sanctions.{name}_rate", never, never | {f"sanctions.{name}_{size}": most}
    yield from institution_pairs()


NOBODY_FAILS = {
    f"institutions.{name}": 0.0
    for name in ("shirk_value", "bribe_share", "relationship", "local_weight", "recovery_value")
}
"""A world in which no institution has anything to gain by failing."""


def institution_pairs():
    """Levers against failing institutions, where none has anything to gain by it."""
    dutiful = (
        "rule_of_law.supervision",
        "rule_of_law.traceability",
        "rule_of_law.assistance_liability",
        "comprehensive.interference_accountability",
        "comprehensive.coordination",
        "systemic.professionalism",
        "systemic.standard_procedures",
        "collaborative.vertical_designation",
        "special.anti_passivity",
        "special.anti_passive_assistance",
        "special.anti_interference",
    )
    for path in dutiful:
        yield path, NOBODY_FAILS, NOBODY_FAILS | {path: 1.0}
    unhurried = NOBODY_FAILS | {"institutions.pace": 0.0, "institutions.closure_value": 0.0}
    yield "comprehensive.assessment", unhurried, unhurried | {"comprehensive.assessment": 1.0}
    nobody = {"comprehensive.officers": 0.0}
    yield "collaborative.pooling", nobody, nobody | {"collaborative.pooling": 1.0}
    unevaluated = {"institutions.evaluation_loss": 0.0}
    pressed = unevaluated | {"special.public_bodies": 1.0}
    yield "special.public_bodies", unevaluated, pressed
    sooner = {"procedure.retrace": 2.0}
    half = {"procedure.retrace": 4.0, "collaborative.trace_frequency": 0.5}
    yield "collaborative.trace_frequency", sooner, half

    insured = {"domains.traffic.insurable": True}
    nobody_insures = {"domains.traffic.insurable": False}
    for name in ("coverage", "compliance", "limit"):
        yield (
            f"at_source.insurance_{name}",
            insured | {f"at_source.insurance_{name}": 0.0},
            (nobody_insures),
        )
    bare = insured | {"at_source.insurance_coverage": 0.0}
    for name, most in (("deductible", 1.0), ("experience_rating", 1.0), ("delay", 24.0)):
        yield f"at_source.insurance_{name}", bare, bare | {f"at_source.insurance_{name}": most}
    firms = {"kinds.person.share": 0.0, "kinds.firm.share": 0.99}
    too_dear = {"protection.dispute_rate": 1.0}
    covered = {"at_source.dispute_insurance": 1.0}
    yield "at_source.dispute_insurance", too_dear, too_dear | covered
    yield "at_source.social_insurance", firms, firms | {"at_source.social_insurance": 1.0}
    no_room = {"society.ceiling": 0.0}
    yield "at_source.integrity_education", no_room, no_room | {"at_source.integrity_education": 0.1}
    no_award = {"protection.relief_award": 0.0}
    yield "comprehensive.relief_fund", no_award, no_award | {"comprehensive.relief_fund": 1e6}
    unheard = {"learning.publicity": 0.0}
    yield "special.publicity", unheard, unheard | {"special.publicity": 1.0}
    unreported = {"sanctions.prison_rate": 0.0}
    may_charge = {"special.private_prosecution": 1.0}
    yield "special.private_prosecution", unreported, unreported | may_charge
    unseen = {"rule_of_law.supervision": 0.0}
    yield "institutions.inspection_cost", unseen, unseen | {"institutions.inspection_cost": 500.0}
    foreseen = {"choice.foresees_obstruction": 1.0}
    yield "choice.foresees_obstruction", NOBODY_FAILS, NOBODY_FAILS | foreseen
    safe = {f"kinds.{kind}.seizable": False for kind in ("person", "firm", "public_body")}
    yield "rule_of_law.openness", safe, safe | {"rule_of_law.openness": 1.0}


KINDS = ("person", "firm", "public_body")
CLASSES = ("bank", "online", "cash", "realty", "vehicles", "securities")
PAIRS = {path: (one, other) for path, one, other in off_pairs()}


@pytest.mark.parametrize("path", PAIRS)
def test_a_mechanism_at_off_is_a_world_without_it(make, path):
    worlds = [finished(make.village(BUSY | paths)) for paths in PAIRS[path]]
    tables = ("debtors", "claims", "creditors", "courts")
    # What a court has asked about is noted whether or not anything could be found, and a score is
    # kept whether or not anybody lends.
    apart = ("claims.checks", "debtors.score")
    assert make.differing(*worlds, tables=tables, but=apart) == []


BY_FLOW = {
    "sanctions.late_interest": "claim_interest",
    "sanctions.enforcement_fee": "fee",
    "sanctions.fine_amount": "fine",
    "sanctions.listing_income_loss": "listing_loss",
}


@pytest.mark.parametrize("path", BY_FLOW)
def test_what_a_lever_takes_is_not_taken_at_off(make, path):
    heavy = BUSY | {"sanctions.fine_rate": 0.5, "comprehensive.officers": 1.0}
    on, off = (finished(make.village(heavy | paths)) for paths in ({}, {path: 0.0}))
    flows = [world.measured.books()[BY_FLOW[path]].sum() for world in (on, off)]
    assert flows[0] > 0.0 == flows[1]


BY_COUNT = {
    "sanctions.fine_rate": "fines",
    "sanctions.detention_rate": "detentions",
    "sanctions.detention_days": "detention_days",
    "sanctions.prison_rate": "prisons",
    "comprehensive.list_rate": "listings",
    "at_source.preservation": "preservations",
    "at_source.pre_suit_preservation": "preserved_before_suit",
    "at_source.mediation": "mediated",
    "at_source.advance": "advances",
    "at_source.dispute_insurance": "disputes_covered",
    "at_source.ex_officio": "transferred",
    "comprehensive.repair_delay": "repair_months",
}


@pytest.mark.parametrize("path", BY_COUNT)
def test_what_a_lever_does_is_not_done_at_off(make, path):
    rates = {f"sanctions.{name}_rate": 0.2 for name in ("fine", "detention", "prison")}
    at_work = dict.fromkeys(
        ("preservation", "mediation", "advance", "ex_officio", "dispute_insurance"), 0.5
    ) | {"pre_suit_preservation": 0.5}
    rates |= {f"at_source.{name}": share for name, share in at_work.items()}
    rates |= {"population.size": 800, "at_source.risk_notice": 1.0}
    rates["comprehensive.repair_delay"] = 12.0
    on, off = (finished(make.village(BUSY | rates | paths)) for paths in ({}, {path: 0.0}))
    counts = [w.series(burn_in=True, counts=True)[f"n_{BY_COUNT[path]}"].sum() for w in (on, off)]
    assert counts[0] > 0.0 == counts[1]


REPORTED = {"at_source.credit_reporting": 1.0, "at_source.cross_sector_sharing": 1.0}
HELD = {"at_source.preservation": 1.0, "at_source.risk_notice": 1.0}
CAPTURED = {"institutions.connected_firms": 1.0, "institutions.local_weight": 0.2}
ABUSED = {
    "at_source.personal_bankruptcy": 1.0,
    "procedure.bankruptcy_cost": 0.0,
    "procedure.bankruptcy_stigma": 0.0,
    "kinds.person.honest_share": 0.0,
    "kinds.person.conscience": 0.0,
}
AWAKE: dict[str, dict[str, Any]] = {
    "special.private_prosecution": {
        "sanctions.prison_rate": 0.3,
        "institutions.prosecutors": 0.0,
    },
    "rule_of_law.avoidance_lookback": {"rule_of_law.avoidance": 0.5},
    "rule_of_law.proceeds_management": {"procedure.leakage": 0.1},
    "collaborative.private_agents_fee": {"collaborative.private_agents": 1.0},
    "rule_of_law.third_party_protection": {"procedure.caught": 0.5},
    "collaborative.separation": {"procedure.debtor_objects": 0.5},
    "rule_of_law.live_freeze": {"choice.freeze_loss": 0.2},
    "sanctions.prison_months": {"sanctions.prison_rate": 0.01},
    "collaborative.target_accuracy": {"sanctions.fine_rate": 0.3},
    "rule_of_law.traceability": {"institutions.bribe_share": 0.5, "institutions.corruptible": 1.0},
    "rule_of_law.assistance_liability": {"institutions.client_share": 1.0},
    "comprehensive.coordination": {
        "institutions.client_share": 1.0,
        "institutions.relationship": 0.01,
    },
    "special.anti_passive_assistance": {"institutions.client_share": 1.0},
    "comprehensive.interference_accountability": CAPTURED,
    "special.anti_interference": CAPTURED,
    "collaborative.vertical_designation": CAPTURED,
    "special.public_bodies": {"kinds.public_body.share": 0.2, "kinds.person.share": 0.68},
    "at_source.preservation": HELD,
    "at_source.pre_suit_preservation": HELD,
    "at_source.preservation_security": HELD,
    "at_source.preservation_fee": HELD,
    "at_source.preservation_guarantee": HELD,
    "at_source.preservation_link": HELD,
    "at_source.risk_notice": {"at_source.preservation": 1.0},
    "at_source.clarity": {"pursuit.ambiguous": 0.5},
    "at_source.report_memory": REPORTED,
    "at_source.cross_sector_sharing": REPORTED,
    "comprehensive.credit_repair": REPORTED,
    "at_source.specialised_courts": {"at_source.conversion": 1.0},
    "at_source.discharge_years": {"at_source.personal_bankruptcy": 1.0},
    "at_source.bankruptcy_examination": ABUSED,
    "at_source.bankruptcy_exempt": ABUSED,
    "at_source.administrators": ABUSED,
    "special.evidence": {
        "sanctions.prison_rate": 0.1,
        "collaborative.target_accuracy": 0.0,
    },
}
"""What a small world needs for a lever to have something to act on."""


@pytest.mark.parametrize("path", [entry.path for entry in catalogue()])
def test_every_lever_moves_something(make, path):
    lever = next(entry.lever for entry in catalogue() if entry.path == path)
    awake = BUSY | {"run.burn_in": 24, "population.size": 800} | AWAKE.get(path, {})
    other = lever.high if lever.off < lever.high else lever.low
    low, high = (finished(make.village(awake | {path: v})) for v in (lever.off, other))
    assert make.differing(low, high) != []
