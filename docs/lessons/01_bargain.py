"""Lesson 1, a bargain with oneself. Open it: `marimo edit docs/lessons/01_bargain.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="1. A bargain with oneself")

with app.setup:
    import marimo as mo
    import matplotlib.pyplot as plt
    import pandas as pd

    import sim
    from sim.explain import explain
    from sim.measure.indicators import KNOWN
    from sim.view.lessons.runs import over
    from sim.view.lessons.table import differences


@app.cell
def sizes():
    debtors, months, seeds = 10_000, 60, [1, 2, 3, 4]  # fewer are quicker
    mo.md("""
    # 1. A bargain with oneself
    A debtor who could pay hides its money, because hiding gains a little more than it costs. If
    fines are four months of income instead of two, this debtor pays. How many of a hundred debtors
    who can pay will now pay in the *grace period*, the time that a judgment leaves for paying by
    oneself: one more, five more, twenty more? Look at one ledger, then at the lines of all.
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    double = {"name": "fines", "set": {"sanctions.fine_amount": 4.0}}  # months of income
    top = {"name": "fines", "set": {"sanctions.fine_amount": 36.0}}
    arms = {
        "as_is": {"extends": "china_2016"},
        "double": {"extends": "china_2016", "policies": [double]},
        "top": {"extends": "china_2016", "policies": [top]},
    }
    worlds = {
        (arm, seed): sim.World(scenario, debtors=debtors, months=months, seed=seed).run()
        for arm, scenario in arms.items()
        for seed in seeds
    }
    return arms, worlds


@app.cell
def _(arms):
    ledgers = {}  # what hiding gains and costs, yuan, and how far the debtor leans towards paying
    for _arm in ("as_is", "double"):
        _world = sim.World(arms[_arm], debtors=10_000, seed=1)  # where this debtor lives
        _found = explain(_world, 6, 690688, pair=False)
        _terms = {**_found.weighing.ledgers["conceal"], "leaning": _found.weighing.pull}
        _chosen = f"{_arm}: {_found.decision.name.lower()}"
        ledgers[_chosen] = {term: round(yuan) for term, yuan in _terms.items() if yuan}
    mo.plain(pd.DataFrame(ledgers))
    return (ledgers,)


@app.cell
def _(seeds, worlds):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for _axis, _name in zip(axes, ("grace_performance_able", "performed_12"), strict=True):
        for _arm in ("as_is", "double"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("bargain", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    The ledger turns and the lines hardly move: a measure acts on those who are nearly indifferent,
    and these are few. Only the highest fines move some.

    **What must not be concluded.** That people count in yuan, or that fines are useless. One
    ledger is one debtor in one month; its yuan are not the effect of a policy.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    fine = mo.ui.slider(2, 36, 2, 12, debounce=True, show_value=True, label="Months of income")
    fine
    return (fine,)


@app.cell
def _(debtors, fine, months, seeds):
    mine = {"name": "mine", "set": {"sanctions.fine_amount": float(fine.value)}}
    world = sim.World(
        {"extends": "china_2016", "policies": [mine]}, debtors=debtors, months=months, seed=seeds[0]
    ).run()
    share = over(world, KNOWN["grace_performance_able"], (13, 60))
    mo.md(f"**{share:.1%}** of the claims on debtors able to pay are paid in the grace period.")
    return


if __name__ == "__main__":
    app.run()
