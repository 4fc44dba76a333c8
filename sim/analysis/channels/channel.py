"""The channels through which a package of policies can work, and the levers that belong to each.

Out: `CHANNELS`. A lever is a number that policies change. The baseline run has the same seed and no
policies. A channel can be held. Debtors and courts whose decisions use the channel then see, in
every month, the values of the baseline run in that month (`sim.analysis.channels.holding`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.errors import ServandaError
from sim.scenario.checking.fault import meant


@dataclass(frozen=True)
class Channel:
    """A channel, and the levers that belong to it.

    Args:
        name: What it is called on the command line.
        holds: What stays as in the baseline while it is held, in one line.
        weighed: While the channel is held, debtors decide as if these levers had the values without
            the package. In everything else the levers have the values of the package.
        everywhere: While the channel is held, these levers have the values without the package in
            everything.
        recorded: Whether holding the channel also keeps values of the baseline run that are not set
            by these levers. If so, any package can reach the channel.
    """

    name: str
    holds: str
    weighed: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
    recorded: bool = False


def _all(mode: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{mode}.{name}" for name in names)


CHANNELS: tuple[Channel, ...] = (
    Channel(
        "recovery",
        "the hazard of recovery by force that debtors perceive, and what hiding would keep",
        (
            *_all("rule_of_law", "avoidance", "avoidance_lookback", "traceability"),
            *_all("comprehensive", "cash_control", "interference_accountability", "assessment"),
            *_all("special", "anti_evasion", "anti_interference"),
            *_all("collaborative", "vertical_designation"),
            *_all("systemic", "professionalism"),
        ),
        recorded=True,
    ),
    Channel(
        "listing",
        "the hazard of being listed that debtors perceive",
        _all("comprehensive", "list_rate", "list_accuracy"),
        recorded=True,
    ),
    Channel(
        "personal",
        "the hazard of fine, detention and prison that debtors perceive",
        (
            *_all("sanctions", "fine_rate", "detention_rate", "prison_rate"),
            *_all("collaborative", "target_accuracy"),
        ),
        recorded=True,
    ),
    Channel(
        "restrictions",
        "what being on the list costs in debtors' ledgers: breadth, term, wait, stigma",
        (
            *_all("comprehensive", "match_rate", "procurement", "travel", "finance", "office"),
            *_all("comprehensive", "honours", "repair_delay", "visibility"),
            *_all("sanctions", "listing_term"),
        ),
    ),
    Channel(
        "severity",
        "what recovery and sanctions cost in debtors' ledgers, and what honesty earns",
        (
            *_all("sanctions", "late_interest", "enforcement_fee", "fine_amount"),
            *_all("sanctions", "detention_days", "prison_months"),
            *_all("rule_of_law", "live_freeze"),
            *_all("special", "compulsory_liquidation"),
            *_all("comprehensive", "honesty_reward"),
            *_all("systemic", "online_auction", "skill"),
        ),
    ),
    Channel(
        "credit",
        "credit records and lending on them",
        everywhere=(
            *_all("at_source", "credit_reporting", "cross_sector_sharing", "report_memory"),
            *_all("comprehensive", "credit_repair"),
        ),
    ),
    Channel("norm", "which neighbours and strangers debtors think honest", recorded=True),
    Channel(
        "trust",
        "debtors' conscience and their trust in the courts",
        _all("rule_of_law", "persuasion"),
        recorded=True,
    ),
    Channel("news", "that a change of policy makes debtors choose anew", recorded=True),
    Channel(
        "capacity",
        "courts' hours and the hours a step takes: officers, pooling, idleness, inspection",
        recorded=True,
    ),
    Channel(
        "means",
        "insurance, mediation, plans, bankruptcy, and income lost by being listed",
        everywhere=(
            *_all("at_source", "insurance_coverage", "insurance_compliance", "insurance_limit"),
            *_all("at_source", "insurance_deductible", "insurance_experience_rating"),
            *_all("at_source", "insurance_delay", "social_insurance", "mediation"),
            *_all("at_source", "personal_bankruptcy", "discharge_years", "bankruptcy_exempt"),
            *_all("at_source", "bankruptcy_examination", "administrators"),
            *_all("rule_of_law", "plans"),
            *_all("sanctions", "listing_income_loss"),
        ),
    ),
)
"""All channels, in the order in which tables list them. Other effects are `ALL_ELSE`."""

ALL_ELSE = "all else"
"""The effect that is left while every channel is held."""
KNOWN: dict[str, Channel] = {one.name: one for one in CHANNELS}


def named(names: Sequence[str]) -> tuple[Channel, ...]:
    """The channels with these names, in the order of `CHANNELS`; all if none is named.

    Raises:
        ServandaError: If one of the names is not that of a channel.
    """
    for name in names:
        if name not in KNOWN:
            hint = f"{meant(name, KNOWN)} the channels are {', '.join(KNOWN)}".strip()
            raise ServandaError("--channel", f"there is no channel '{name}'", hint)
    return tuple(one for one in CHANNELS if not names or one.name in names)


def touched(channels: Iterable[Channel], moved: Iterable[str]) -> tuple[Channel, ...]:
    """The channels that a package can reach. Holding another one would change nothing.

    Args:
        channels: The channels to choose from.
        moved: Paths of the levers that the package moves.
    """
    levers = set(moved)
    return tuple(
        one for one in channels if one.recorded or levers & {*one.weighed, *one.everywhere}
    )
