"""Lesson 5, the weakest link. Open it: `marimo edit docs/lessons/05_weakest_link.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="5. The weakest link")

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
    # 5. The weakest link
    Enforcement is a chain: find the property, seize it, sell it, pay it out. A case is *completed*
    if the whole debt is paid. In a world with few officers and poor searches, better searches
    alone raise the share of cases completed by some points. Where officers also work better, do
    the same searches add less than that, as much, or clearly more? Look at both lines of
    completion.
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    work = {
        "systemic.it": 0.5,
        "systemic.skill": 0.4,
        "systemic.professionalism": 0.6,
        "systemic.standard_procedures": 0.6,
        "systemic.online_auction": 0.9,
    }
    search = {  # the chance that a search finds property of this class
        "collaborative.trace_bank": 0.82,
        "collaborative.trace_online": 0.5,
        "collaborative.trace_cash": 0.05,
        "collaborative.trace_realty": 0.8,
        "collaborative.trace_vehicles": 0.5,
        "collaborative.trace_securities": 0.7,
    }
    both = {"name": "p", "set": {**work, **search}}
    arms = {
        "thin": {"extends": "thin_enforcement"},
        "work": {"extends": "thin_enforcement", "policies": [{"name": "p", "set": work}]},
        "search": {"extends": "thin_enforcement", "policies": [{"name": "p", "set": search}]},
        "both": {"extends": "thin_enforcement", "policies": [both]},
    }
    worlds = {
        (arm, seed): sim.World(scenario, debtors=debtors, months=months, seed=seed).run()
        for arm, scenario in arms.items()
        for seed in seeds
    }
    return search, worlds


@app.cell
def _(seeds, worlds):
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.2), layout="constrained")
    for _axis, _name in zip(axes, ("completion", "backlog"), strict=True):
        for _arm in ("work", "both"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("weakest_link", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    What is found waits for an officer with time, and an officer with time needs something that was
    found. The price: what is found makes work, and more cases are open than with better work
    alone.

    **What must not be concluded.** That measures always strengthen each other; some compete for
    the same officers. The thin world is invented and is no country.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    officers = mo.ui.slider(0.1, 0.6, 0.1, 0.4, debounce=True, show_value=True, label="Officers")
    officers
    return (officers,)


@app.cell
def _(debtors, months, officers, search, seeds):
    mine = {"name": "mine", "set": {**search, "comprehensive.officers": officers.value}}
    world = sim.World(
        {"extends": "thin_enforcement", "policies": [mine]},
        debtors=debtors,
        months=months,
        seed=seeds[0],
    ).run()
    share = over(world, KNOWN["completion"], (13, 60))
    mo.md(f"With {officers.value} officers per 1,000 debtors **{share:.1%}** are completed.")
    return


if __name__ == "__main__":
    app.run()
