"""What the description of each pack expects is what its table shows, on four seeds."""

import numpy as np
import pytest

from sim import World
from sim.scenario.reading.file import load

SMALL = {"population.size": 4000, "run.months": 48}
SEEDS = (1, 2, 3, 4)
EXPECTED = {
    "rule_of_law": {
        "seizures to stay within the claim": ("over_seizure", "less"),
        "fewer terminations": ("termination", "less"),
        "more performed": ("performed_12", "more"),
    },
    "comprehensive": {
        "a shorter docket": ("backlog", "less"),
        "more performance": ("performed_12", "more"),
        "at the cost of officers' pay": ("public_outlay", "more"),
    },
    "systemic": {"closed sooner": ("months_in_docket", "less")},
    "at_source": {
        "more to be performed by choice": ("voluntary_12", "more"),
        "less intake": ("load", "less"),
        "a much shorter docket": ("backlog", "less"),
    },
    "collaborative": {
        "more to be performed by choice": ("voluntary_12", "more"),
        "a slightly shorter docket": ("backlog", "less"),
        "tracing succeeds less often": ("tracing_success", "less"),
    },
    "special": {
        "more to be performed by choice": ("voluntary_12", "more"),
        "fewer cases in the docket": ("backlog", "less"),
        "a higher public cost": ("public_outlay", "more"),
        "more detentions": ("detention", "more"),
    },
    "enforcement_code": {
        "seizures to stay within the claim": ("over_seizure", "less"),
        "fewer terminations": ("termination", "less"),
        "more recovered": ("recovery", "more"),
    },
    "officers_only": {
        "somewhat more performed": ("performed_12", "more"),
        "at the cost of their pay": ("public_outlay", "more"),
    },
    "list_only": {
        "more of the listed to perform": ("listing_hazard", "more"),
        "fewer to be listed who cannot pay": ("false_listing", "less"),
    },
    "tracing_only": {
        "more cases to be completed": ("completion", "more"),
        "harder to trace": ("tracing_success", "less"),
    },
    "preservation_only": {
        "more to be performed by choice": ("voluntary_12", "more"),
        "fewer cases to enter": ("entry", "less"),
        "less is recovered in them": ("recovery", "less"),
    },
    "insurance_only": {"more claims to be performed in time": ("performed_12", "more")},
    "bankruptcy_only": {
        "fewer hopeless cases": ("backlog", "less"),
        "fewer debtors listed who cannot pay": ("false_listing", "less"),
        "less harm": ("harm", "less"),
    },
    "parties_and_registers": {
        "a longer docket": ("backlog", "more"),
        "performed later": ("months_to_money", "more"),
    },
}
"""By pack: words of its description, and the indicator that they are about."""


def headlines(name):
    return [World(name, **SMALL, **{"run.seed": seed}).run().headline() for seed in SEEDS]


@pytest.fixture(scope="module")
def baseline():
    return headlines("china_2016")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_pack_does_what_its_description_expects(baseline, name):
    found, text = headlines(name), load(name).description
    for words, (indicator, direction) in EXPECTED[name].items():
        assert words in text
        gaps = np.array([a[indicator] - b[indicator] for a, b in zip(found, baseline, strict=True)])
        toward = gaps if direction == "more" else -gaps
        assert toward.mean() > 2.0 * toward.std(ddof=1) / np.sqrt(len(SEEDS)), (words, gaps)
