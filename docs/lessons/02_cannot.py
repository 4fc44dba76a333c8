"""Lesson 2, cannot is not will not. Open it: `marimo edit docs/lessons/02_cannot.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="2. Cannot is not will not")

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
    # 2. Cannot is not will not
    Some debtors could pay and will not; others cannot pay. Both worlds detain nineteen times as
    often as before; the second spares those who cannot pay. Of the debtors who **can**, will fewer
    pay in the *grace period* (the time that a judgment leaves for paying by oneself), as many, or
    more? Look at them first, then at the detentions of debtors who cannot pay.
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    everyone = {"sanctions.detention_rate": 0.2}  # a month, of debtors who keep money back
    apart = {**everyone, "collaborative.target_accuracy": 1.0}  # errors avoided, as a share
    arms = {
        "as_is": {"extends": "china_2016"},
        "everyone": {"extends": "china_2016", "policies": [{"name": "p", "set": everyone}]},
        "apart": {"extends": "china_2016", "policies": [{"name": "p", "set": apart}]},
    }
    worlds = {
        (arm, seed): sim.World(scenario, debtors=debtors, months=months, seed=seed).run()
        for arm, scenario in arms.items()
        for seed in seeds
    }
    return apart, worlds


@app.cell
def _(seeds, worlds):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for _axis, _name in zip(axes, ("grace_performance_able", "detained_unable"), strict=True):
        for _arm in ("everyone", "apart"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("cannot", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    Detaining somebody who has nothing brings nobody money, it only harms; and it takes hours in
    which officers could search for the property of those who can pay.

    **What must not be concluded.** That frequent detention is a good policy: felt harm is higher
    than in the world as it is. Or that courts can tell the two apart for free and without errors.
    Not being able to pay is not dishonesty.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    accuracy = mo.ui.slider(0.0, 1.0, 0.25, 0.5, debounce=True, show_value=True, label="Accuracy")
    accuracy
    return (accuracy,)


@app.cell
def _(accuracy, apart, debtors, months, seeds):
    mine = {"name": "mine", "set": {**apart, "collaborative.target_accuracy": accuracy.value}}
    world = sim.World(
        {"extends": "china_2016", "policies": [mine]}, debtors=debtors, months=months, seed=seeds[0]
    ).run()
    share = over(world, KNOWN["grace_performance_able"], (13, 60))
    wrong = over(world, KNOWN["detained_unable"], (13, 60))
    mo.md(
        f"**{share:.1%}** pay on their own; detained who cannot: **{wrong:.1f}** in 1,000 a year."
    )
    return


if __name__ == "__main__":
    app.run()
