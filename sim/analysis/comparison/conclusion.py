"""The conclusion of a comparison in words, limited to what its intervals support.

In: the results of `compare` and `money`, and optionally a district with its budget. Out:
statements, first about all scenarios, then about each. `statements.in_words` turns them into
sentences.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from sim.analysis.comparison.compare import NET, PEOPLE, Standing
from sim.analysis.comparison.district import District
from sim.analysis.comparison.money import Money
from sim.analysis.comparison.payments import LINES, PARTIES, Line
from sim.analysis.comparison.statements import (
    CLAIM,
    CLAIMS,
    GIVEN,
    MEASURED,
    Item,
    Name,
    Statement,
    Term,
    Value,
    figure,
    in_words,
)
from sim.analysis.paired import Difference, difference, replicates_to_show
from sim.books.accounts import Account
from sim.measure.headline import HEADLINE
from sim.measure.indicators import KNOWN
from sim.scenario.differences import Unlike, summary

type StatementMaker = Callable[..., Statement]
"""Makes a statement about one scenario from a key and values."""

MISSED = 0.05
"""A scenario is reported as off the budget if its cost deviates by more than this share."""
SHOWN = 3
"""Largest number of payers, or of payments, named in one sentence."""
NOBODYS_ACCOUNTS = {Account.ESCROW, Account.OUTSIDE, Account.LOSS}
"""Accounts that belong to nobody in particular. They are never called worse off."""
SMALL = 1e-9
"""Size below which a difference counts as a rounding error."""
CORE = (
    *("performed_12", "voluntary_12", "refusal"),
    *("grace_performance", "recovery", "received", "backlog", "harm"),
)
"""Measures that the conclusion names if they do not clearly differ from the baseline."""
TITLES = {name: Term(one.title, one.zh) for name, one in KNOWN.items()}


def conclusion(
    standings: Sequence[Standing],
    moneys: Sequence[Money] = (),
    *,
    district: District | None = None,
    unlike: Sequence[Unlike] = (),
) -> list[Statement]:
    """Statements on how scenarios differ from the first of them, the baseline.

    Args:
        standings: Results of the scenarios, the baseline first.
        moneys: Payments in the scenarios, as far as they are known.
        district: District for which sums are also given; None for no district.
        unlike: Differences between the worlds apart from policies.

    Returns:
        Statements about all scenarios, then about each scenario.
    """
    base, *others = standings
    sound = [one for one in others if one.differences and not one.few]
    first = headline_measure(sound)
    statements = [*_small(sound, first), *_worlds(base.name, others, unlike)]
    statements += _best(base, sound, first)
    if district is not None:
        statements += [*_budget(base.name, sound, district), district_statement(district)]
    by_name = {one.name: one for one in moneys}
    for one in others:
        statements += _about(one, base.name, by_name.get(one.name), district, first)
    return [*statements, Statement("interval")]


def headline_measure(sound: Sequence[Standing]) -> str:
    """The first of `HEADLINE` that has an interval in one of the scenarios; empty if none has.

    Args:
        sound: Scenarios that could be compared with the baseline and reached enough claims.
    """
    known = (
        m for m in HEADLINE if any(m in s.differences and s.differences[m].known for s in sound)
    )
    return next(known, "")


def district_statement(district: District) -> Statement:
    """The statement on how many debtors of the model correspond to the adults of a district."""
    return Statement(
        "district",
        {
            "adults": f"{district.adults:,}",
            "debtors": figure(district.debtors),
            "ratio": figure(district.debtors_per_1000),
            "how": MEASURED if district.measured else GIVEN,
        },
    )


# ---------------------------------------------------------------- about all


def _small(sound: Sequence[Standing], first: str) -> Iterator[Statement]:
    """If an effect on `first` is unclear: the smallest effect that these runs would show."""
    found = [(one, one.differences[first]) for one in sound] if first else []
    known = [each for _, each in found if each.known and not _nothing(each)]
    unclear = [(one, each) for one, each in found if each in known and not each.clear]
    if not unclear:
        return
    items = []
    for one, each in unclear:
        count = replicates_to_show(each.spread, each.mean)
        there = "–" if count is None else f"{count:,}"
        items.append(Item(Name(one.name), f"{figure(_shown(each.mean, first), '+')} ({there})"))
    least, most = (f(_shown(each.smallest, first) for each in known) for f in (min, max))
    size = Term(figure(least), figure(least))
    if figure(most) != figure(least):
        size = Term(f"{figure(least)} to {figure(most)}", f"{figure(least)}至{figure(most)}")
    yield Statement(
        "small",
        {
            "pairs": str(max(each.pairs for each in known)),
            "measure": TITLES[first],
            "smallest": _points(size, first),
            "items": tuple(items),
        },
    )


def _shown(value: float, name: str) -> float:
    """A value of an indicator as texts show it: a share in percentage points."""
    return 100.0 * value if KNOWN[name].unit.startswith("share") else value


def _points(size: Term, name: str) -> Term:
    """The size of a change in an indicator; shares get the unit percentage points."""
    if not KNOWN[name].unit.startswith("share"):
        return size
    return Term(f"{size.en} percentage points", f"{size.zh}个百分点")


def _worlds(base: str, others: Sequence[Standing], unlike: Sequence[Unlike]) -> Iterator[Statement]:
    for one in others:
        found = [each for each in unlike if each.scenario == one.name and not each.opening]
        if found:
            values: dict[str, Value] = {"name": Name(one.name), "base": Name(base)}
            yield Statement("across", {**values, "differences": summary(found)})


def _best(base: Standing, sound: Sequence[Standing], first: str) -> Iterator[Statement]:
    """Which scenario brings creditors the most, and whether that is clear."""
    ranked = sorted(
        (one for one in sound if not math.isnan(one.differences[NET].mean)),
        key=lambda one: one.differences[NET].mean,
        reverse=True,
    )
    if not ranked:
        return
    best, rivals = ranked[0], ranked[1:]
    net = best.differences[NET]
    if not net.low > 0.0:
        yield Statement("none_better", {"base": Name(base.name)})
        return
    tied = [one for one in rivals if not _gap(best, one).low > 0.0]
    values: dict[str, Value] = {
        "best": Name(best.name),
        "base": Name(base.name),
        **_span(net),
        "pairs": str(net.pairs),
        "rivals": tuple(Name(one.name) for one in tied),
    }
    if tied:
        yield Statement("best_tied", values)
        yield from _more(best, tied[0], first)
    else:
        yield Statement("best" if rivals else "best_alone", values)


def _gap(one: Standing, other: Standing) -> Difference:
    """How much more one scenario brings creditors than another."""
    return difference(np.array(one.net), np.array(other.net), about=KNOWN[NET])


def _more(best: Standing, rival: Standing, first: str) -> Iterator[Statement]:
    """How many replicates would show that `best` and `rival` differ in the measure `first`.

    Nothing is stated if these runs already have as many.
    """
    gaps = np.subtract(best.values.get(first, ()), rival.values.get(first, ()))
    gaps = gaps[~np.isnan(gaps)]
    if len(gaps) < 2 or abs(gaps.mean()) <= SMALL:
        return
    count = replicates_to_show(float(gaps.std(ddof=1)), float(gaps.mean()))
    if count is not None and count > len(gaps):
        values: dict[str, Value] = {"count": f"{count:,}", "measure": TITLES[first]}
        names: dict[str, Value] = {"best": Name(best.name), "rival": Name(rival.name)}
        yield Statement("more_rival", values | names)


def _budget(base: str, sound: Sequence[Standing], district: District) -> Iterator[Statement]:
    """Which scenarios cost as much as the budget, and which do not."""
    if district.budget is None or not sound:
        return
    budget = district.budget
    missed = []
    values: dict[str, Value]
    for one in sound:
        cost = district.money(one.differences["public_outlay"].mean)
        if not abs(cost - budget) <= MISSED * budget:
            missed.append((one, cost))
    unit = district.currency.name
    off_budget = {one.name for one, _ in missed}
    spent = [Item(Name(one.name), figure(one.dose)) for one in sound if one.name not in off_budget]
    if spent:
        values = {"budget": f"{figure(budget)} {unit}", "base": Name(base), "doses": tuple(spent)}
        yield Statement("equal_cost", values)
    for one, cost in missed:
        values = {
            "name": Name(one.name),
            "dose": figure(one.dose),
            "cost": f"{figure(cost)} {unit}",
            "budget": f"{figure(budget)} {unit}",
        }
        if one.dose >= 1.0 and not one.differences["public_outlay"].low > 0.0:
            yield Statement("unspent_free", values)
        else:
            yield Statement("unspent" if one.dose >= 1.0 and cost < budget else "over", values)


# ---------------------------------------------------------------- about each


def _about(
    one: Standing, base: str, money: Money | None, district: District | None, first: str
) -> Iterator[Statement]:
    """The statements about one scenario."""

    def state(key: str, **values: Value) -> Statement:
        return Statement(key, values, one.name)

    if one.error:
        yield state("failed", name=Name(one.name), error=one.error)
        return
    if one.few:
        most = max(one.reach, key=lambda each: each.in_all)
        pairs = str(most.replicates)
        yield state("few", name=Name(one.name), claims=_claims(most.in_all), pairs=pairs)
        return
    found = one.differences
    if all(_nothing(each) for each in found.values()):
        yield state("same", name=Name(one.name), base=Name(base))
        return
    for each in one.reach:
        if each.few:
            pairs = str(each.replicates)
            claims = _claims(each.in_all)
            yield state("few_policy", policy=Name(each.policy), claims=claims, pairs=pairs)
    if first and found[first].clear:
        low, high = (
            figure(_shown(end, first), "+") for end in (found[first].low, found[first].high)
        )
        size = figure(_shown(found[first].mean, first), "+")
        difference_ = _points(Term(size, size), first)
        yield state("first", measure=TITLES[first], difference=difference_, low=low, high=high)
    net = found[NET]
    if net.pairs and _nothing(net):
        yield state("net_same")
    elif net.pairs:
        key = "net_more" if net.low > 0.0 else "net_less" if net.high < 0.0 else "net_unclear"
        yield state(key, **_span(net, bare=net.clear))
    yield from _cost(state, found["public_outlay"], district)
    if money is not None:
        yield from _payers(state, money)
    yield from _people(state, found)
    unclear = tuple(TITLES[name] for name in CORE if _unclear(found.get(name)))
    if unclear:
        yield state("unclear", base=Name(base), measures=unclear)


def _cost(
    state: StatementMaker, cost: Difference, district: District | None
) -> Iterator[Statement]:
    if not cost.pairs or _nothing(cost):
        return
    if not cost.clear:
        yield state("cost_unclear", low=figure(cost.low, "+"), high=figure(cost.high, "+"))
        return
    whole = Term("", "")
    if district is not None:
        total = f"{figure(abs(district.money(cost.mean)))} {district.currency.name}"
        part = Statement("whole", {"sum": total, "adults": f"{district.adults:,}"})
        whole = Term(in_words(part), in_words(part, "zh"))
    yield state(
        "cost_more" if cost.mean > 0.0 else "cost_less", cost=figure(abs(cost.mean)), whole=whole
    )


def _payers(state: StatementMaker, money: Money) -> Iterator[Statement]:
    """Who clearly loses money, and which payments clearly rise."""
    losers = [
        Item(Term(*PARTIES[party]), figure(each.mean, "+"))
        for party, each in sorted(money.parties.items(), key=lambda item: item[1].mean)
        if each.high < 0.0 and party not in NOBODYS_ACCOUNTS
    ]
    if losers:
        yield state("pays", payers=tuple(losers[:SHOWN]))
    titles = {line.name: line for line in LINES}
    rising = sorted(money.lines.items(), key=lambda item: -item[1].mean)
    flows = [
        _flow(titles[name], each)
        for name, each in rising
        if each.low > 0.0 and titles[name].payer is not Account.ESCROW
    ]
    if flows:
        yield state("flows", flows=tuple(flows[:SHOWN]))


def _flow(line: Line, each: Difference) -> Item:
    payer, receiver = PARTIES[line.payer], PARTIES[line.receiver]
    words = Term(
        f"{line.title} ({payer.title} to {receiver.title})",
        f"{line.zh}（{payer.zh}付给{receiver.zh}）",
    )
    return Item(words, figure(each.mean, "+"))


def _people(state: StatementMaker, found: Mapping[str, Difference]) -> Iterator[Statement]:
    """In which groups clearly more people are harmed, and in which groups clearly fewer."""
    for key, way in (("hurt", 1.0), ("spared", -1.0)):
        people = [
            Item(TITLES[name], f"{figure(found[name].mean, '+')}")
            for name in PEOPLE
            if name in found and found[name].clear and found[name].mean * way > 0.0
        ]
        if people:
            yield state(key, people=tuple(people))


def _span(found: Difference, *, bare: bool = True) -> dict[str, Value]:
    """A difference and its interval as texts.

    If `bare`, the difference has no sign, because the sentence says "more" or "less".
    """
    mean = figure(abs(found.mean)) if bare else figure(found.mean, "+")
    return {"net": mean, "low": figure(found.low, "+"), "high": figure(found.high, "+")}


def _claims(count: int) -> Term:
    if count == 1:
        return CLAIM
    return Term(*(text.format(count=f"{count:,}") for text in CLAIMS))


def _nothing(found: Difference) -> bool:
    """Whether there is nothing to report: no run differed, or the measure is NaN."""
    return math.isnan(found.mean) or found.mean == found.low == found.high == 0.0


def _unclear(found: Difference | None) -> bool:
    """Whether a measure is known but does not clearly differ from the baseline."""
    return found is not None and found.pairs > 1 and not found.clear and not _nothing(found)
