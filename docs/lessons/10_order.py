"""Lesson 10, order and disorder. Open it: `marimo edit docs/lessons/10_order.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="10. Order and disorder")

with app.setup:
    import marimo as mo
    import matplotlib.pyplot as plt

    import sim
    from sim.measure.indicators import KNOWN
    from sim.view.lessons.runs import over
    from sim.view.lessons.table import differences


@app.cell
def sizes():
    debtors, months, seeds = 2_000, 360, [1, 2, 3, 4]  # fewer are quicker
    mo.md("""
    # 10. Order and disorder
    Two worlds with the same laws and debtors. One begins with five years of many officers, the
    other with five years of very few; from month 61 on both have the same number. After 25 years,
    do as many debtors who can pay do so in the *grace period* (the time that a judgment leaves for
    paying by oneself) in both worlds? Look at the lines after month 60: do they meet?
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    officers = {"name": "few", "set": {"comprehensive.officers": 0.37}}  # per 1,000 debtors
    arms = {  # times 5 or times 0.1 in months 1 to 60
        "order": {"extends": "tipping_from_order", "policies": [officers]},
        "disorder": {"extends": "tipping_from_disorder", "policies": [officers]},
    }
    worlds = {
        (arm, seed): sim.World(scenario, debtors=debtors, months=months, seed=seed).run()
        for arm, scenario in arms.items()
        for seed in seeds
    }
    return (worlds,)


@app.cell
def _(seeds, worlds):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for _axis, _name in zip(axes, ("grace_performance_able", "honest_share"), strict=True):
        for _arm in ("order", "disorder"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("order", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    Each state keeps itself alive. Where most pay, officers have time for the few who do not. Where
    many refuse, hardly anything happens to anyone, and one sees others refuse.

    **What must not be concluded.** That any country has two such states: this world is built to
    show them. A fifth of its debtors cannot pay in either state; they are not part of the disorder.
    It has no fines, detention or list, so it says nothing about harm.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    more = mo.ui.slider(0.37, 0.61, 0.06, 0.49, debounce=True, show_value=True, label="Officers")
    more
    return (more,)


@app.cell
def _(debtors, months, more, seeds):
    mine = {"name": "mine", "set": {"comprehensive.officers": more.value}}
    world = sim.World(
        {"extends": "tipping_from_disorder", "policies": [mine]},
        debtors=debtors,
        months=months,
        seed=seeds[0],
    ).run()
    share = over(world, KNOWN["grace_performance_able"], (271, 360))
    mo.md(f"With {more.value} officers per 1,000 debtors **{share:.1%}** pay on their own.")
    return


if __name__ == "__main__":
    app.run()
