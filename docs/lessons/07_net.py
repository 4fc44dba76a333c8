"""Lesson 7, the net and the catch. Open it: `marimo edit docs/lessons/07_net.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="7. The net and the catch")

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
    # 7. The net and the catch
    Courts, banks, registers, creditors and neighbours search together: more kinds of property,
    more often. Of a hundred searches, will more find something worth seizing, as many, or fewer?
    Look at this share, then at the risk of a seizure for debtors who evade.
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    arms = {
        "as_is": {"extends": "china_2016"},
        "together": {"extends": "collaborative"},  # seventeen levers; see the next cell
    }
    worlds = {
        (arm, seed): sim.World(scenario, debtors=debtors, months=months, seed=seed).run()
        for arm, scenario in arms.items()
        for seed in seeds
    }
    return (worlds,)


@app.cell
def _():
    {
        path: value  # what searching together consists of
        for policy in sim.load("collaborative").policies
        for path, value in policy.set.items()
    }
    return


@app.cell
def _(seeds, worlds):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for _axis, _name in zip(axes, ("tracing_success", "true_hazard"), strict=True):
        for _arm in ("as_is", "together"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("net", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    Searches see more and are repeated more often, mostly on debtors who have nothing. So fewer of
    them find something, and yet who evades is seized more often. A catch per throw and a catch per
    fish are two numbers.

    **What must not be concluded.** That wide searches are useless, or harmless: more debtors who
    cannot pay are on the list, and privacy and the costs of banks are not in the model.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    often = mo.ui.slider(0.0, 0.8, 0.2, 0.4, debounce=True, show_value=True, label="Frequency")
    often
    return (often,)


@app.cell
def _(debtors, months, often, seeds):
    mine = {"name": "mine", "set": {"collaborative.trace_frequency": often.value}}
    world = sim.World(
        {"extends": "china_2016", "policies": [mine]}, debtors=debtors, months=months, seed=seeds[0]
    ).run()
    found, risk = (over(world, KNOWN[_n], (13, 60)) for _n in ("tracing_success", "true_hazard"))
    mo.md(f"**{found:.1%}** find something; a seizure has the chance **{risk:.1%}** a month.")
    return


if __name__ == "__main__":
    app.run()
