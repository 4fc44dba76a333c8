"""Lesson 8, why a campaign fades. Open it: `marimo edit docs/lessons/08_campaign.py`."""

import marimo

__generated_with = "0.25.2"
app = marimo.App(app_title="8. Why a campaign fades")

with app.setup:
    import marimo as mo
    import matplotlib.pyplot as plt

    import sim
    from sim.measure.indicators import KNOWN
    from sim.view.lessons.runs import over
    from sim.view.lessons.table import differences


@app.cell
def sizes():
    debtors, months, seeds = 10_000, 144, [1, 2, 3, 4]  # fewer are quicker
    mo.md("""
    # 8. Why a campaign fades
    For two years courts campaign: sanctions doubled, publicity, action against idle offices. Then
    all is as before. In the year after it, eleven to seventeen in a hundred more of the debtors
    who can pay do so in the *grace period*, the time that a judgment leaves for paying by oneself.
    Eight to ten years after its end, is most of this left, half, or next to nothing? Look at the
    line after month 24. The *docket* beside it is the cases that courts have open.
    """)
    return debtors, months, seeds


@app.cell
def _(debtors, months, seeds):
    arms = {  # `servanda scenarios campaign_then_nothing` lists what a campaign sets
        "as_is": {"extends": "china_2016"},
        "campaign": {"extends": "campaign_then_nothing"},  # months 1 to 24, fading for six
        "kept": {"extends": "special"},  # the same, without an end
        "source": {"extends": "campaign_then_source"},  # reform at the source is built up meanwhile
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
    for _axis, _name in zip(axes, ("grace_performance_able", "backlog"), strict=True):
        for _arm in ("as_is", "campaign"):
            worlds[_arm, seeds[0]].series().plot("month", _name, ax=_axis, label=_arm)
        _axis.set_title(KNOWN[_name].title)
    figure
    return


@app.cell
def _(worlds):
    table = differences("campaign", worlds)
    summary = mo.md(f"""
    **{table["holds"].sum()} of {len(table)} claims hold** in every seed above.

    Courts need time to sanction, debtors to hear of it, and memory carries the effect past the
    end. Then it fades, and new debtors have seen nothing. What lasts changes the inflow of cases.

    **What must not be concluded.** That campaigns are useless, or should never end: they raise
    felt harm while they last, and detain some who cannot pay. How fast debtors forget is assumed,
    so the order of events is a result and the number of years is not.

    **To try.** Move the slider; one more world then runs.
    """)
    mo.vstack([mo.plain(table.round(4)), summary])
    return (table,)


@app.cell
def _():
    end = mo.ui.slider(12, 60, 12, 48, debounce=True, show_value=True, label="Last month")
    end
    return (end,)


@app.cell
def _(debtors, end, months, seeds):
    world = sim.World(
        "campaign_then_nothing",
        **{"policies.special.end": end.value},
        debtors=debtors,
        months=months,
        seed=seeds[0],
    ).run()
    share = over(world, KNOWN["grace_performance_able"], (121, 144))
    mo.md(f"In months 121 to 144 **{share:.1%}** pay on their own.")
    return


if __name__ == "__main__":
    app.run()
