"""What a supervisor, a public body and a controller weigh in a month.

In: the world before the phase in which each decides. Out: the actions of each, with their gain and
costs.
"""

from collections.abc import Iterator

from sim.agents.claim import enforceable, in_docket
from sim.agents.court.supervisor import inspects
from sim.agents.debtor.debtor import evades
from sim.agents.debtor.special_kinds import appropriates, appropriation, strips
from sim.explain.cases import owed_by
from sim.mechanisms.base.act import Act, named
from sim.month.month_end.institutions import looked_at, room_to_inspect
from sim.month.sanctions.sanctions import could_strip
from sim.month.shared.attachment import needed
from sim.month.shared.payment import money_at_hand
from sim.month.shared.state import State
from sim.terms import Kind, Stage


def supervisor(state: State, row: int) -> Iterator[Act]:
    """A supervisor weighs inspecting each court; a cost of 0 switches inspections off."""
    parameters = state.parameters[0]
    part = room_to_inspect(state.courts, state.levers, parameters, state.journal)
    if parameters.institutions.inspection_cost <= 0.0:
        return
    for c in range(len(state.courts)):
        court = state.courts[c]
        it = looked_at(court, state.levers[court.treatment], parameters.institutions, state.journal)
        about = f"court {court.id}; capacity for {part:.0%} of worthwhile inspections"
        chance = part * inspects(it, parameters.choice.noise)
        yield Act("inspect a court", about, it._asdict(), chance)


def public_body(state: State, row: int) -> Iterator[Act]:
    """A public body weighs appropriating money in the first case in which it is asked to."""
    parameters = state.parameters[0]
    debtor = state.debtors[row]
    if debtor.kind != Kind.PUBLIC_BODY or state.traits.kinds[debtor.kind].seizable:
        return
    institutions, noise = parameters.institutions, parameters.choice.noise
    levers = state.levers[debtor.treatment]
    for claim in owed_by(state, row):
        if claim.stage == Stage.TRACED and claim.served:
            need = needed(claim, levers)
            custom = parameters.procedure.appropriation
            court = state.courts[debtor.district]
            assessed = state.levers[court.treatment].comprehensive.assessment
            terms = appropriation(need, levers, assessed, institutions)._asdict()
            about = f"{named(claim)}; without pressure it pays with probability {custom:.0%}"
            chance = appropriates(custom, need, levers, assessed, institutions, noise)
            yield Act("appropriate money", about, terms, chance)
            return


def controller(state: State, row: int) -> Iterator[Act]:
    """The controller of an evading firm in enforcement weighs taking money out of the firm."""
    parameters = state.parameters[0]
    debtor = state.debtors[row]
    stripped = parameters.institutions.strip_share > 0.0
    if debtor.kind != Kind.FIRM or not stripped or not evades(debtor.option):
        return
    claims = [
        claim
        for claim in owed_by(state, row)
        if enforceable(claim.stage) and claim.stage != Stage.PLAN
    ]
    if any(in_docket(claim.stage) for claim in claims):
        it = could_strip(debtor, claims[0], state.levers[debtor.treatment], parameters)
        about = f"{money_at_hand(debtor):,.0f} yuan at hand, {named(claims[0])}"
        yield Act("strip the firm", about, it._asdict(), strips(it, parameters.choice.noise))
