"""Claims about the shipped worlds: they can be read, and they are what their notes say."""

from math import exp, log

import pytest
from scipy.optimize import brentq
from scipy.stats import norm

from sim.scenario.checking.check import ScenarioErrors
from sim.scenario.checking.sections import rows
from sim.scenario.reading.file import load
from sim.scenario.reading.shipped import shipped


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_world_is_sound_and_says_what_to_expect_or_what_it_shows(name: str) -> None:
    world = load(name)
    assert world.title
    assert world.description
    if name not in {"china_2016", "china_full", "village"} and not name.startswith("tipping"):
        assert "xpect" in world.description or name == "all_six"
        assert world.author
        assert world.reference


def test_an_unknown_name_is_guessed() -> None:
    with pytest.raises(ScenarioErrors, match=r"no scenario 'vilage'; did you mean 'village'\?"):
        load("vilage")


def test_claims_of_the_baseline_have_the_median_and_mean_of_the_facts() -> None:
    # A1, A4: a mean near 460,000 and a median near 60,000 yuan; neither is known to a tenth.
    world = load("china_2016")
    person, firm, public = (kind.share for kind in rows(world.kinds))
    firm *= 1 + world.kinds.firm.zombie * (world.obligations.zombie - 1)
    mixture = [
        (person * row.person + firm * row.firm + public * row.public_body, row)
        for row in rows(world.domains)
    ]
    total = sum(weight for weight, _ in mixture)
    mean = sum(w * row.median * exp(row.sd**2 / 2) for w, row in mixture) / total

    def below(amount: float) -> float:
        return sum(w * norm.cdf(log(amount / row.median) / row.sd) for w, row in mixture) / total

    median = brentq(lambda amount: below(amount) - 0.5, 1e3, 1e7)
    assert mean == pytest.approx(460_000, rel=0.1)
    assert median == pytest.approx(60_000, rel=0.1)


def test_the_pack_of_a_mode_moves_its_levers_and_all_six_are_the_packs_together() -> None:
    modes = ("rule_of_law", "comprehensive", "systemic", "at_source", "collaborative", "special")
    packs = [load(mode).policies[0] for mode in modes]
    assert list(load("all_six").policies) == packs
    for mode, policy in zip(modes, packs, strict=True):
        assert (policy.start, policy.end) == (1, None)
        moved = [move.lever for move in policy.moves()]
        assert sum(lever.startswith(f"{mode}.") for lever in moved) >= len(moved) * 0.6
