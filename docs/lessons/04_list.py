"""Lesson 4, the list: right costs nothing. Open it: `marimo edit docs/lessons/04_list.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="4. The list: right costs nothing")

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
    # 4. The list: right costs nothing
    The list of dishonest debtors also holds many who cannot pay. Now it is accurate: whoever
    cannot pay is not entered. Of the debtors who can pay, will fewer pay in the *grace period*
    (the time that a judgment leaves for paying by oneself), as many, or more? Look at both lines:
    who pays, and who is wrongly listed.
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    accurate = {"name": "list", "set": {"comprehensive.list_accuracy": 1.0}}
    none = {"name": "list", "set": {"comprehensive.list_rate": 0.0}}  # nobody is entered any more
    arms = {
        "as_is": {"extends": "china_2016"},
        "accurate": {"extends": "china_2016", "policies": [accurate]},
        "no_list": {"extends": "china_2016", "policies": [none]},
    }
    worlds = {
        (arm, seed): sim.World(scenario, debtors=debtors, months=months, seed=seed).run()
        for arm, scenario in arms.items()
        for seed in seeds
    }
    return arms, worlds


@app.cell
def _(seeds, worlds):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for _axis, _name in zip(axes, ("grace_performance_able", "wrongly_listed"), strict=True):
        for _arm in ("as_is", "accurate"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("list", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    The list can only move somebody who has a choice. Without any list many payers are lost; with
    an accurate one none is lost, and if anything a few are won.

    **What must not be concluded.** That half of any real list cannot pay: this follows from an
    assumed accuracy. Or that accuracy is free: somebody has to check. Not being able to pay is not
    dishonesty.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    speed = mo.ui.slider(
        0.0, 1.0, 0.25, 0.75, debounce=True, show_value=True, label="Entries a month"
    )
    speed
    return (speed,)


@app.cell
def _(debtors, months, seeds, speed):
    mine = {"name": "mine", "set": {"comprehensive.list_rate": speed.value}}
    world = sim.World(
        {"extends": "china_2016", "policies": [mine]}, debtors=debtors, months=months, seed=seeds[0]
    ).run()
    share = over(world, KNOWN["grace_performance_able"], (13, 60))
    wrong = over(world, KNOWN["wrongly_listed"], (13, 60))
    mo.md(f"**{share:.1%}** pay on their own; **{wrong:.1f}** in 1,000 debtors are wrongly listed.")
    return


if __name__ == "__main__":
    app.run()
