"""An explanation in plain sentences, and the words for terms, options and reasons to choose."""

from sim.agents.debtor.debtor import evades
from sim.explain.explanation import Explanation
from sim.explain.flips import Flip
from sim.mechanisms import MECHANISMS
from sim.month.decision.deliberation import Prompt
from sim.terms import Ability, Kind, Option, label

TERMS = {
    "gain": "gain: money not paid, or paid later",
    "late_interest": "late interest",
    "seizure_loss": "fee and loss in a seizure",
    "freeze_loss": "use of assets lost while frozen",
    "restrictions": "restrictions while listed",
    "credit": "credit refused because of the record",
    "fine": "fine",
    "detention": "detention",
    "prison": "prison",
    "liquidation": "loss of the firm, if it is put into liquidation",
    "concealment": "cost of hiding or resisting",
    "conscience": "conscience",
    "norm": "breach of the neighbours' norm",
    "stigma": "stigma of being on the list",
    "reward_forgone": "forgone reward for honesty",
    "relation": "business lost with a regular partner",
}
"""Terms of the ledger; all but the gain are costs of dishonesty."""

ACTOR_TERMS = {
    "leisure": "gain: hours not worked",
    "discipline": "discipline if discovered",
    "duty": "professional duty",
    "assessment": "gain: a better assessment, because more is secured",
    "objection": "objection upheld against the officer",
    "money": "gain: the bribe",
    "tracing": "risk that the bribe is traced",
    "closure": "gain: a better assessment, because one more case is closed",
    "audit": "risk that the termination is audited",
    "relationship": "gain: the client kept",
    "liability": "damages to the creditor",
    "fine": "fine for not assisting",
    "jobs": "gain: jobs and taxes kept",
    "accountability": "being held accountable",
    "hope": "gain: money hoped for",
    "suit": "court costs",
    "trouble": "effort of applying",
    "failings": "gain: failings that the supervisor would answer for",
    "inspection": "cost of the inspection",
    "evaluation": "gain: a better evaluation",
    "targets": "government's targets for unpaid judgments",
    "budget": "budget given up",
    "taken": "gain: money taken out",
    "answered": "liability for taking it",
    "returned": "part recovered by actio pauliana",
    "added": "own money at risk as a party added to the case",
    **{term: words for mechanism in MECHANISMS for term, words in mechanism.terms.items()},
}
"""Terms of the ledgers of institutions and creditors; the first term of a ledger is the gain."""

KINDS = {Kind.PERSON: "a person", Kind.FIRM: "a firm", Kind.PUBLIC_BODY: "a public body"}

MEANS = {
    Ability.EMPTY: "cannot pay: less than a twentieth of what it owes could be raised",
    Ability.PARTLY: "can pay only a part",
    Ability.INCOME_ONLY: "can pay, out of income that is still to come",
    Ability.ILLIQUID: "can pay, after selling goods",
    Ability.LIQUID: "can pay at once",
}

DOES = {
    Option.NONE: "nothing",
    Option.UNABLE: "not to pay, because it could not",
    Option.PAY: "to pay",
    Option.PLAN: "to pay by instalments",
    Option.BANKRUPT: "to ask for bankruptcy",
    Option.STALL: "to stall",
    Option.CONCEAL: "to conceal",
    Option.RESIST: "to resist",
}

PROMPTS = {
    Prompt.FIRST: "it has not chosen before",
    Prompt.GRACE_ENDS: "its time to perform ends",
    Prompt.EVENT: "something happened to it or to a neighbour",
    Prompt.MEANS: "it has means again",
    Prompt.INCOME: "its income has changed",
    Prompt.WEALTH: "its wealth has changed",
    Prompt.ATTENTION: "its debts came to its attention",
}


def verdict(it: Explanation) -> str:
    """Why it pays or does not, in one or two sentences."""
    if it.ability is None:
        return "It owes nothing that can be enforced this month, so there is nothing to choose."
    if it.weighing is None:
        return f"It {MEANS[Ability.EMPTY]}. That is not a choice, and no sanction can change it."
    on = it.weighing
    if it.prompt == Prompt.NONE:
        last = f"It does not choose this month and keeps to its last choice, {DOES[it.decision]}."
        again = "to pay" if on.honest else DOES[on.best]
        return f"{last} With the same taste it would now choose {again}."
    better = "honesty" if on.net >= 0.0 else "dishonesty"
    bargain = f"{better} is the better bargain by {abs(on.net):,.0f} yuan"
    able = "It can pay" if it.ability > Ability.PARTLY else "It can pay a part"
    bankrupt = it.decision == Option.BANKRUPT
    if evades(it.decision) or (bankrupt and not on.honest):
        will = "asks for bankruptcy with assets concealed" if bankrupt else "will not"
        if on.net < 0.0:
            return f"{able} but {will}: {bargain}, and its taste does not outweigh that."
        return f"{able} but {will}: {bargain}, yet its taste for dishonesty outweighs that."
    does = "asks for bankruptcy" if bankrupt else "does"
    if on.net >= 0.0:
        return f"{able} and {does}: {bargain}, and its taste does not outweigh that."
    return f"{able} and {does}: {bargain}, yet its taste for honesty outweighs that."


SHOWN = 6
"""Largest number of levers named per option. Each alone would make the debtor choose the option."""


def change(it: Explanation) -> str:
    """What would change the debtor's mind; empty if there is nothing to weigh."""
    if it.weighing is None:
        return ""
    on = it.weighing.flips
    start = "If it chose this month: what" if it.prompt == Prompt.NONE else "What"
    if on.alone:
        said = [f"{start} would change its mind."]
        for option in dict.fromkeys(flip.then for flip in on.alone if flip.then is not None):
            those = [moved(flip) for flip in on.alone if flip.then == option]
            more = f"; {len(those) - SHOWN} more" if len(those) > SHOWN else ""
            said.append(f"It would choose {DOES[option]} with one of these alone: ")
            said[-1] += f"{'; '.join(those[:SHOWN])}{more}."
    else:
        said = [f"{start} would change its mind: no single one of {on.levers} levers would."]
    if on.pair is not None:
        both = " with ".join(moved(flip) for flip in on.pair.levers)
        said.append(
            f"The smallest pair found: {both}; a joint move of {on.pair.share:.0%} of their "
            f"ranges, and it would choose {DOES[on.pair.then]}."
        )
    elif on.searched:
        said.append("No pair was found that would.")
    return " ".join(said)


def moved(flip: Flip) -> str:
    """A lever with its value today and the one at which the debtor decides otherwise."""
    return f"{flip.lever} from {flip.now:.6g} to {flip.at:.6g} ({flip.unit})"


def introduction(it: Explanation) -> str:
    """Who the debtor is, and what it has."""
    who = it.who
    kind = KINDS[who.kind].replace("a ", "a zombie ") if who.zombie else KINDS[who.kind]
    return (
        f"Debtor {who.id}, {kind} in district {who.district}, before its choice "
        f"in month {it.month}: earns {who.income:,.0f} yuan a month, needs {who.need:,.0f}, "
        f"could raise {who.wealth:,.0f}; last decision: {label(who.last)}."
    )
