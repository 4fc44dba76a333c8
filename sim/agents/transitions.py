"""Transitions of a claim between stages, used by the docs, the tests and the event log."""

from sim.terms import Mover, Stage

TRANSITIONS: dict[Stage, dict[Stage, Mover]] = {
    Stage.DUE: {
        Stage.PAID: Mover.DEBTOR,
        Stage.OVERDUE: Mover.DEBTOR,
    },
    Stage.OVERDUE: {
        Stage.FILED: Mover.CREDITOR,
        Stage.SETTLED: Mover.PARTIES,
        Stage.GRACE: Mover.CREDITOR,
        Stage.PAID: Mover.DEBTOR,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.CREDITOR,
    },
    Stage.SETTLED: {
        Stage.PAID: Mover.DEBTOR,
        Stage.OVERDUE: Mover.DEBTOR,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.FILED: {
        Stage.GRACE: Mover.TRIAL_COURT,
        Stage.DISMISSED: Mover.TRIAL_COURT,
        Stage.PAID: Mover.DEBTOR,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.GRACE: {
        Stage.PAID: Mover.DEBTOR,
        Stage.UNPAID: Mover.DEBTOR,
        Stage.PLAN: Mover.PARTIES,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.UNPAID: {
        Stage.QUEUED: Mover.CREDITOR,
        Stage.PAID: Mover.DEBTOR,
        Stage.PLAN: Mover.PARTIES,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.CREDITOR,
    },
    Stage.QUEUED: {
        Stage.TRACED: Mover.OFFICERS,
        Stage.SOLD: Mover.OFFICERS,
        Stage.PAID: Mover.DEBTOR,
        Stage.PLAN: Mover.PARTIES,
        Stage.TERMINATED: Mover.OFFICERS,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.TRACED: {
        Stage.SEIZED: Mover.OFFICERS,
        Stage.SOLD: Mover.OFFICERS,
        Stage.QUEUED: Mover.OFFICERS,
        Stage.PAID: Mover.DEBTOR,
        Stage.PLAN: Mover.PARTIES,
        Stage.TERMINATED: Mover.OFFICERS,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.SEIZED: {
        Stage.OBJECTED: Mover.OBJECTOR,
        Stage.SOLD: Mover.OFFICERS,
        Stage.QUEUED: Mover.OFFICERS,
        Stage.PAID: Mover.DEBTOR,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.OBJECTED: {
        Stage.SEIZED: Mover.TRIAL_COURT,
        Stage.SOLD: Mover.TRIAL_COURT,
        Stage.QUEUED: Mover.TRIAL_COURT,
        Stage.PAID: Mover.DEBTOR,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.SOLD: {
        Stage.PAID: Mover.OFFICERS,
        Stage.QUEUED: Mover.OFFICERS,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.PLAN: {
        Stage.PLAN_COMPLETED: Mover.DEBTOR,
        Stage.UNPAID: Mover.DEBTOR,
        Stage.QUEUED: Mover.DEBTOR,
        Stage.PAID: Mover.DEBTOR,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.TERMINATED: {
        Stage.QUEUED: Mover.OFFICERS,
        Stage.PAID: Mover.DEBTOR,
        Stage.PLAN: Mover.PARTIES,
        Stage.INSOLVENT: Mover.ADMINISTRATOR,
        Stage.ARCHIVED: Mover.TIME,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.INSOLVENT: {
        Stage.LIQUIDATED: Mover.ADMINISTRATOR,
        Stage.DISCHARGED: Mover.ADMINISTRATOR,
        Stage.UNPAID: Mover.ADMINISTRATOR,
        Stage.QUEUED: Mover.ADMINISTRATOR,
        Stage.PAID: Mover.ADMINISTRATOR,
        Stage.WRITTEN_OFF: Mover.TIME,
    },
    Stage.PAID: {},
    Stage.PLAN_COMPLETED: {},
    Stage.LIQUIDATED: {},
    Stage.DISCHARGED: {},
    Stage.DISMISSED: {},
    Stage.WRITTEN_OFF: {},
    Stage.ARCHIVED: {},
}
"""For each stage, the possible next stages of a claim and the actor that takes the step.

Before enforcement, payments by an insurer count as payments by the debtor. A terminated case is
revived after the court's own tracing or at the creditor's request. `Mover.TIME` also stands for the
end of a debtor.
"""
