"""Claims about terminations held to a standard, on against off under common draws."""

SMALL = {
    "population.size": 1000,
    "run.burn_in": 24,
    "run.months": 24,
    "obligations.intensity": 3.0,
    "rule_of_law.termination_standard": 0.0,
}


def counts(make, paths):
    world = make.village(SMALL | paths).run()
    series = world.series(burn_in=True, counts=True)
    return {name[2:]: float(series[name].sum()) for name in series if name.startswith("n_")}


def test_a_standard_makes_terminations_fewer_and_each_of_them_sound(make):
    loose, strict = (
        counts(make, {"rule_of_law.termination_standard": share}) for share in (0.0, 1.0)
    )
    assert 0.0 < loose["terminated_checked"] < loose["terminated"]
    assert strict["terminated_checked"] == strict["terminated"] < loose["terminated"]
    assert strict["docket"] > loose["docket"]


def test_who_applies_anew_fills_the_docket_again(make):
    once, again = (counts(make, {"procedure.reapply": rate}) for rate in (0.0, 0.2))
    assert again["revived"] > once["revived"]
    assert again["docket"] > once["docket"]
