"""Debtors learn from their own events and from those of their neighbours; creditors learn too.

Debtors' beliefs, conscience and trust change. Creditors' trust changes too. Choices use the new
values from next month on.
"""

from sim.agents.creditor import after_closing
from sim.agents.debtor.belief import (
    EXPOSED,
    FAIR,
    PAID_UP,
    PUNISHED,
    RECOVERED,
    SEEN,
    UNFAIR,
    UNLISTED,
    WAS_LISTED,
    Experience,
    law_as_written,
    remember,
)
from sim.agents.debtor.norm import (
    HONEST,
    NEIGHBOURS,
    UNKNOWN,
    followed,
    recover,
    standing_now,
    trusting,
    warm,
    wear,
)
from sim.books.counts import Count
from sim.engine.compile import kernel
from sim.month.endings.exits import depart
from sim.month.sanctions.credit import fade, note_score
from sim.month.shared.journal import DISTRICTS, KINDS, OVERALL, at_row, count, count_in
from sim.month.shared.state import State, setting_of

NOTED = WAS_LISTED | PUNISHED | RECOVERED
"""If one of these events happens to a debtor or a neighbour, the debtor chooses anew next month.

The debtor also chooses anew if a neighbour pays in full.
"""


@kernel
def publish(state: State, first: int, last: int) -> None:
    """Copy each debtor's events for its neighbours to read. No rule changes the copy.

    In the same pass, leaving debtors depart, conscience and trust drift back to their origins, and
    credit records fade.
    """
    setting = setting_of(state)
    society = state.parameters[0].society
    journal = at_row(state.journal, first)
    for row in range(first, last):
        debtor = state.debtors[row]
        levers = state.levers[debtor.treatment]
        depart(debtor, levers, setting, journal)
        court_levers = state.levers[state.courts[debtor.district].treatment]
        recover(
            debtor,
            society,
            levers.at_source.integrity_education,
            followed(levers, court_levers, society),
        )
        fade(debtor, levers, state.now)
        note_score(debtor, levers, journal)
        state.signals[row] = debtor.events & SEEN
        known = standing_now(debtor.standing, debtor.standing_since, state.now.month, society)
        for cell in (OVERALL, KINDS + debtor.kind, DISTRICTS + debtor.district):
            count_in(journal, cell, Count.TRUST, debtor.trust)
            if known != UNKNOWN:
                count_in(journal, cell, Count.KNOWN, 1.0)
            if known == HONEST:
                count_in(journal, cell, Count.KNOWN_HONEST, 1.0)


@kernel
def learn(state: State, first: int, last: int) -> None:
    """Each debtor learns from its own events and, with less weight, from its neighbours'."""
    parameters = state.parameters[0]
    peer = parameters.learning.peer
    for row in range(first, last):
        mine = state.signals[row]
        seen = mine
        for j in range(NEIGHBOURS):
            other = state.neighbours[row, j]
            if other >= 0:
                seen |= state.signals[other]
        if seen == 0:
            continue
        debtor = state.debtors[row]
        # only what happens to debtors who evade shows the risk of evading
        own = 1.0 if mine & EXPOSED else 0.0
        recoveries = own if mine & RECOVERED else 0.0
        listings = own if mine & WAS_LISTED else 0.0
        sanctions = own if mine & PUNISHED else 0.0
        unlisted = own if mine & UNLISTED else 0.0
        exposures = own
        fair = 0
        unfair = 0
        noted = mine & NOTED
        for j in range(NEIGHBOURS):
            other = state.neighbours[row, j]
            if other < 0:
                continue
            theirs = state.signals[other]
            weight = peer if theirs & EXPOSED else 0.0
            recoveries += weight if theirs & RECOVERED else 0.0
            listings += weight if theirs & WAS_LISTED else 0.0
            sanctions += weight if theirs & PUNISHED else 0.0
            unlisted += weight if theirs & UNLISTED else 0.0
            exposures += weight
            fair += 1 if theirs & FAIR else 0
            unfair += 1 if theirs & UNFAIR else 0
            noted |= theirs & (NOTED | PAID_UP)
        levers = state.levers[debtor.treatment]
        court_levers = state.levers[state.courts[debtor.district].treatment]
        written = law_as_written(levers)
        experience = Experience(
            recoveries=recoveries,
            listings=listings,
            sanctions=sanctions,
            exposures=exposures,
            unlisted=unlisted,
        )
        remember(debtor, experience, written, parameters.learning)
        # fair enforcement counts if seen in neighbours, unfair enforcement also if suffered
        was_unfair = (mine & UNFAIR) != 0
        wear(debtor, parameters.society, was_unfair, unfair)
        warm(debtor, parameters.society, fair)
        debtor.trust = trusting(
            debtor.trust,
            parameters.society,
            fair,
            unfair + (1 if was_unfair else 0),
            followed(levers, court_levers, parameters.society),
        )
        if noted:
            debtor.prompted = True
        if debtor.events:
            debtor.events = 0


@kernel
def address(state: State, first: int, last: int) -> None:
    """Mark claims that have news for their creditor: money received or spent, or an ended case."""
    for row in range(first, last):
        claim = state.claims[row]
        news = claim.received != 0.0 or claim.spent != 0.0 or claim.ended
        state.keys[row] = claim.creditor if news else -1


@kernel
def inform(state: State, first: int, last: int) -> None:
    """Each creditor collects its money. It trusts more if its cases ended well."""
    society = state.parameters[0].society
    journal = at_row(state.journal, first)
    for k in range(first, last):
        creditor = state.creditors[state.news.owners[k]]
        for j in range(state.news.starts[k], state.news.starts[k + 1]):
            claim = state.claims[state.news.order[j]]
            count(journal, claim, Count.CREDITORS_COST, claim.spent)
            creditor.cash += claim.received - claim.spent
            claim.received = 0.0
            claim.spent = 0.0
            if claim.ended:
                claim.ended = False
                creditor.closed += 1
                levers = state.levers[state.debtors[claim.debtor].treatment]
                court_levers = state.levers[state.courts[claim.district].treatment]
                seen = followed(levers, court_levers, society)
                creditor.trust = after_closing(creditor.trust, claim.paid / claim.claimed, seen)
