"""Lesson 6, before the money is gone. Open it: `marimo edit docs/lessons/06_preservation.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="6. Before the money is gone")

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
    # 6. Before the money is gone
    When a creditor sues, a court can freeze assets of the debtor until the case is decided. This
    is *preservation*. If it is granted to all who ask, will the court later *complete* (with the
    whole debt paid) a larger share of its enforcement cases, the same share, or a smaller one?
    Look at this share first, then at the debts that are paid within a year.
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    granted = {
        "at_source.preservation": 1.0,  # share of applications granted
        "at_source.preservation_guarantee": 1.0,  # an insurer's guarantee replaces security
        "at_source.preservation_link": 1.0,  # the tracing network finds what is to be frozen
        "at_source.risk_notice": 1.0,  # every creditor knows of it
        "at_source.preservation_fee": 0.005,  # share of the claim
    }
    arms = {
        "as_is": {"extends": "china_2016"},
        "preservation": {"extends": "china_2016", "policies": [{"name": "p", "set": granted}]},
    }
    worlds = {
        (arm, seed): sim.World(scenario, debtors=debtors, months=months, seed=seed).run()
        for arm, scenario in arms.items()
        for seed in seeds
    }
    return granted, worlds


@app.cell
def _(seeds, worlds):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for _axis, _name in zip(axes, ("completion", "performed_12"), strict=True):
        for _arm in ("as_is", "preservation"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("preservation", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    More is paid, and the rate falls: those who would have been made to pay never come to
    enforcement. Left are mostly people who cannot pay. They are not dishonest, and their cases are
    not the court's failure. A rate is measured on those who remain.

    **What must not be concluded.** That preservation harms enforcement, or that it is free: assets
    of people who would win their suit are frozen, too.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    dose = mo.ui.slider(0.0, 1.0, 0.25, 0.5, debounce=True, show_value=True, label="Granted")
    dose
    return (dose,)


@app.cell
def _(debtors, dose, granted, months, seeds):
    mine = {"name": "mine", "set": {**granted, "at_source.preservation": dose.value}}
    world = sim.World(
        {"extends": "china_2016", "policies": [mine]}, debtors=debtors, months=months, seed=seeds[0]
    ).run()
    share, paid = (over(world, KNOWN[_n], (13, 60)) for _n in ("completion", "performed_12"))
    mo.md(f"**{share:.1%}** of cases are completed; **{paid:.1%}** of debts paid within a year.")
    return


if __name__ == "__main__":
    app.run()
