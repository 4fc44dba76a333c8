"""How cases end: paid, settled, terminated, withdrawn, in bankruptcy; what is said of them."""

from sim.books.counts import Count as C
from sim.books.counts import Span as S
from sim.evidence.measures.terms import ONLY, flow, less, parts, ratio, variant

GROUP = "endings"
CLOSED = parts(C.CLOSED)
NOT_TERMINATED = parts(C.CLOSED) + less(C.TERMINATED)
FULL = parts(C.CLOSED_FULL)

CLOSING = (
    flow("closed_full", "Cases closed, paid in full", "执行完毕案件数", C.CLOSED_FULL, group=GROUP),
    flow(
        "closed_settled",
        "Cases closed by settlement, not paid in full",
        "和解结案数",
        group=GROUP,
        variants=(
            variant(
                ONLY,
                "endings by payment or settlement that are not payment in full",
                "和解但未全额履行",
                parts(S.PAID_FIRST, S.PAID_AGAIN, S.SETTLED_FIRST, S.SETTLED_AGAIN)
                + less(C.CLOSED_FULL),
            ),
        ),
    ),
    flow("terminated", "Terminated for want of property", "终本案件数", C.TERMINATED, group=GROUP),
    flow(
        "closed_withdrawn",
        "Cases withdrawn or dropped",
        "撤回或终结案件数",
        S.DROPPED_FIRST,
        S.DROPPED_AGAIN,
        group=GROUP,
    ),
    flow(
        "closed_bankrupt",
        "Cases closed by insolvency proceedings",
        "因破产结案数",
        S.BANKRUPT_FIRST,
        S.BANKRUPT_AGAIN,
        group=GROUP,
    ),
    flow("converted", "Cases referred to bankruptcy", "执转破案件数", C.CONVERTED, group=GROUP),
    flow("bankruptcies", "Bankruptcies of firms opened", "破产受理数", C.BANKRUPTCIES, group=GROUP),
    flow("plans", "Instalment plans agreed", "分期履行协议数", C.PLANS, group=GROUP),
    ratio(
        "plans_kept",
        "Instalments paid in full when due",
        "分期履约率",
        parts(C.INSTALMENTS_KEPT),
        parts(C.INSTALMENTS_DUE),
        group=GROUP,
    ),
    ratio(
        "completion",
        "Completion",
        "执行完毕率",
        group=GROUP,
        variants=(
            variant("all_closed", "paid in full / closed", "执行完毕 / 结案", FULL, CLOSED),
            variant(
                "without_terminated",
                "paid in full / closed without terminated",
                "执行完毕 /（结案 − 终本）",
                FULL,
                NOT_TERMINATED,
            ),
            variant(
                "not_terminated",
                "closed without terminated / closed",
                "（结案 − 终本）/ 结案",
                NOT_TERMINATED,
                CLOSED,
            ),
            variant(
                "accepted",
                "closed without terminated / accepted",
                "（结案 − 终本）/ 收案",
                NOT_TERMINATED,
                parts(C.ENTERED, C.REVIVED),
            ),
        ),
    ),
    ratio(
        "termination",
        "Terminations per case closed",
        "终本率",
        parts(C.TERMINATED),
        CLOSED,
        group=GROUP,
    ),
    ratio(
        "no_property",
        "Cases without property",
        "执行不能比例",
        group=GROUP,
        variants=(
            variant(
                "truth",
                "debtor truly unable to pay / cases accepted",
                "确无履行能力 / 收案",
                parts(C.ENTERED_UNABLE),
                parts(C.ENTERED),
            ),
            variant(
                "court",
                "nothing found after all checks / closed",
                "查无财产 / 结案",
                parts(C.TERMINATED_EMPTY),
                CLOSED,
            ),
        ),
    ),
    ratio(
        "enforcement_performance_able",
        "Cases of debtors able to pay that are paid voluntarily",
        "执行中主动履行率",
        parts(C.CLOSED_ABLE_PAID),
        parts(C.CLOSED_ABLE_PAID, C.CLOSED_ABLE_FORCED),
        group=GROUP,
    ),
    ratio(
        "timely_with_property",
        "Cases with property closed within the statutory time",
        "法定期限内实际执结率",
        parts(C.WITH_PROPERTY_IN_TIME),
        parts(C.WITH_PROPERTY_DUE),
        group=GROUP,
    ),
    ratio(
        "audited_quality",
        "Audited terminations after all checks",
        "终本案件合格率",
        parts(C.AUDITED_CHECKED),
        parts(C.TERMINATED_AUDITED),
        group=GROUP,
    ),
    ratio(
        "petitions_answered",
        "Petitions answered",
        "执行信访办结率",
        parts(C.PETITIONS_ANSWERED),
        parts(C.PETITIONS),
        group=GROUP,
    ),
)
