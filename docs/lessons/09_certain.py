"""Lesson 9, certain or severe. Open it: `marimo edit docs/lessons/09_certain.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="9. Certain or severe")

with app.setup:
    import marimo as mo
    import matplotlib.pyplot as plt

    import sim
    from sim.measure.indicators import KNOWN
    from sim.view.lessons.runs import over
    from sim.view.lessons.table import differences


@app.cell
def sizes():
    debtors, months, seeds = 10_000, 60, [1, 2, 3, 4]  # fewer are quicker
    mo.md("""
    # 9. Certain or severe
    Detention can be made twelve times as frequent or twelve times as long: the same expected
    punishment. Of the debtors who can pay, more will pay in the *grace period* (the time that a
    judgment leaves for paying by oneself) where detention is frequent, where it is long, or is
    there no difference? Look at both lines, then at the risk of a seizure.
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    frequent = {"name": "p", "set": {"sanctions.detention_rate": 0.126}}  # a month; .0105 before
    long = {"name": "p", "set": {"sanctions.detention_days": 180.0}}  # 15 before
    arms = {
        "as_is": {"extends": "china_2016"},
        "certain": {"extends": "china_2016", "policies": [frequent]},
        "severe": {"extends": "china_2016", "policies": [long]},
    }
    worlds = {
        (arm, seed): sim.World(scenario, debtors=debtors, months=months, seed=seed).run()
        for arm, scenario in arms.items()
        for seed in seeds
    }
    return frequent, worlds


@app.cell
def _(seeds, worlds):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for _axis, _name in zip(axes, ("grace_performance_able", "true_hazard"), strict=True):
        for _arm in ("certain", "severe"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("certain", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    Each detention takes officers half a day in which they do not search; and debtors read in the
    law how long a detention is, while they learn slowly how often it happens.

    **What must not be concluded.** That long detention is a good policy: 180 days are far beyond
    the law, and harm falls on some who cannot pay. Research finds that certainty deters more; here
    it costs hours and is learned late. A model shows on which assumption a rule depends.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    officers = mo.ui.slider(
        0.43, 1.29, 0.43, 0.86, debounce=True, show_value=True, label="Officers"
    )
    officers
    return (officers,)


@app.cell
def _(debtors, frequent, months, officers, seeds):
    mine = {"name": "mine", "set": {**frequent["set"], "comprehensive.officers": officers.value}}
    world = sim.World(
        {"extends": "china_2016", "policies": [mine]}, debtors=debtors, months=months, seed=seeds[0]
    ).run()
    share, risk = (
        over(world, KNOWN[_n], (13, 60)) for _n in ("grace_performance_able", "true_hazard")
    )
    mo.md(f"**{share:.1%}** pay on their own; seized a month: **{risk:.1%}**.")
    return


if __name__ == "__main__":
    app.run()
