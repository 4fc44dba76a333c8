"""Before enforcement: suits, judgments, preservation, voluntary performance."""

from sim.books.counts import Count as C
from sim.evidence.measures.terms import flow, parts, ratio, variant

GROUP = "before enforcement"

BEFORE = (
    flow("filed", "Suits filed", "起诉案件数", C.FILED, group=GROUP),
    flow("judged", "Judgments and mediated agreements", "裁判结案数", C.JUDGED, group=GROUP),
    flow(
        "preservations_asked",
        "Preservation requested",
        "申请财产保全件数",
        C.PRESERVATIONS_ASKED,
        group=GROUP,
    ),
    flow("preservations", "Preservation granted", "财产保全件数", C.PRESERVATIONS, group=GROUP),
    flow(
        "preserved_money",
        "Money and goods preserved",
        "保全财产金额",
        C.PRESERVED_YUAN,
        group=GROUP,
        unit="money",
    ),
    ratio(
        "preservation",
        "Suits with assets preserved",
        "财产保全率",
        group=GROUP,
        variants=(
            variant(
                "per_suit",
                "preserved / suits filed",
                "保全件数 / 起诉件数",
                parts(C.PRESERVATIONS),
                parts(C.FILED),
            ),
            variant(
                "per_request",
                "preserved / requested",
                "保全件数 / 申请件数",
                parts(C.PRESERVATIONS),
                parts(C.PRESERVATIONS_ASKED),
            ),
        ),
    ),
    ratio(
        "preserved_settled",
        "Preserved suits that end in mediation",
        "保全案件调解率",
        parts(C.SETTLED_PRESERVED),
        parts(C.PRESERVATIONS),
        group=GROUP,
    ),
    ratio(
        "grace_performance_able",
        "Voluntary performance of debtors able to pay, before enforcement",
        "有履行能力者自动履行率",
        parts(C.GRACE_PAID_ABLE),
        parts(C.GRACE_LEFT_ABLE),
        group=GROUP,
    ),
    ratio(
        "grace_performance",
        "Voluntary performance before enforcement",
        "自动履行率",
        parts(C.GRACE_PAID),
        parts(C.GRACE_LEFT),
        group=GROUP,
    ),
    ratio(
        "mean_claim",
        "Mean amount of a claim",
        "平均标的额",
        group=GROUP,
        unit="money",
        high=float("inf"),
        variants=(
            variant(
                "due",
                "of claims that fall due",
                "到期债权平均金额",
                parts(C.DUE_YUAN),
                parts(C.DUE),
            ),
            variant(
                "accepted",
                "of cases accepted",
                "收案平均标的额",
                parts(C.ENTERED_YUAN),
                parts(C.ENTERED),
            ),
            variant(
                "closed",
                "of cases closed",
                "结案平均标的额",
                parts(C.CLOSED_CLAIMED),
                parts(C.CLOSED),
            ),
        ),
    ),
)
