"""Cases in enforcement: accepted, pending, closed; how long they take; officers and their load."""

from sim.books.counts import Count as C
from sim.books.counts import Span as S
from sim.evidence.measures.terms import before, end, flow, less, parts, ratio, stock, variant

GROUP = "docket"
NEW, ALL = parts(C.ENTERED), parts(C.ENTERED, C.REVIVED)
CLOSED = parts(C.CLOSED)
NOT_TERMINATED = parts(C.CLOSED) + less(C.TERMINATED)
PENDING = (C.DOCKET, C.IN_PLAN)
A_YEAR = 12.0
"""Cases per officer and month, as a figure per year."""
DAYS = 365.0 / 12.0
"""Days in a month."""

ACCEPTED = (
    variant("with_revived", "new and revived cases", "新收与恢复执行案件", ALL),
    variant("new", "new cases only", "仅首次执行案件", NEW),
)
CLOSINGS = (
    variant("with_termination", "terminated cases count as closed", "终本计入结案", CLOSED),
    variant("without_termination", "terminated cases do not", "终本不计入结案", NOT_TERMINATED),
)

DOCKET = (
    flow("accepted", "Cases accepted", "执行收案数", group=GROUP, variants=ACCEPTED),
    flow("revived", "Cases revived", "恢复执行案件数", C.REVIVED, group=GROUP),
    flow(
        "reapplied",
        "Applications on terminated cases",
        "终本后申请恢复执行件数",
        S.REAPPLIED,
        group=GROUP,
    ),
    flow("closed", "Cases closed", "执行结案数", group=GROUP, variants=CLOSINGS),
    stock(
        "pending",
        "Cases pending at the end",
        "期末未结案件数",
        group=GROUP,
        variants=(
            variant("with_plans", "in hand or in an instalment plan", "含分期履行", end(*PENDING)),
            variant("in_hand", "without instalment plans", "不含分期履行", end(C.DOCKET)),
        ),
    ),
    stock("inactive", "Terminated cases, unpaid", "终本案件存量", C.SHADOW, group=GROUP),
    ratio(
        "pending_per_1000",
        "Cases pending per 1,000 debtors",
        "每千名义务人未结案件",
        end(C.DOCKET),
        end(C.DEBTORS),
        scale=1000.0,
        unit="per_1000",
        high=1000.0,
        group=GROUP,
    ),
    ratio(
        "entry",
        "Cases entering enforcement per judgment",
        "进入执行程序比例",
        NEW,
        parts(C.JUDGED),
        high=2.0,
        group=GROUP,
    ),
    ratio(
        "clearance",
        "Clearance",
        "结收案比",
        group=GROUP,
        high=3.0,
        variants=(
            variant("accepted", "closed / accepted", "结案 / 收案", CLOSED, ALL),
            variant("new", "closed / new cases", "结案 / 首次执行收案", CLOSED, NEW),
            variant(
                "with_stock",
                "closed / (pending before + accepted)",
                "结案 /（旧存 + 收案）",
                CLOSED,
                before(*PENDING) + ALL,
            ),
        ),
    ),
    stock(
        "officers",
        "Officers",
        "执行人员数",
        unit="officers",
        group=GROUP,
        variants=(
            variant("officers", "with their clerks", "含书记员", end(C.OFFICERS)),
            variant(
                "judges",
                "judges or bailiffs only",
                "仅执行法官",
                end(C.OFFICERS),
                factor=(1.0 / 3.0, 1.0),
            ),
        ),
    ),
    ratio(
        "load",
        "Cases accepted per officer and year",
        "执行人员人均收案数",
        unit="cases",
        high=float("inf"),
        group=GROUP,
        variants=(
            variant(
                "officers",
                "per officer, clerks included",
                "含书记员",
                ALL,
                parts(C.OFFICERS),
                scale=A_YEAR,
            ),
            variant(
                "judges",
                "per judge or bailiff",
                "仅执行法官",
                ALL,
                parts(C.OFFICERS),
                scale=A_YEAR,
                factor=(1.0, 3.0),
            ),
        ),
    ),
    flow("hours_used", "Officers' hours used", "办案工时", C.HOURS_USED, group=GROUP, unit="hours"),
    ratio(
        "months_to_close",
        "Months from acceptance to closing",
        "办案月数",
        unit="months",
        high=120.0,
        group=GROUP,
        variants=(
            variant("mean", "mean of cases closed", "平均数", parts(C.CLOSED_MONTHS), CLOSED),
            variant("median", "median of cases closed", "中位数", parts(S.CLOSED_AGE), share=0.5),
            variant("p90", "90th percentile", "第90百分位数", parts(S.CLOSED_AGE), share=0.9),
        ),
    ),
    ratio(
        "pending_months",
        "Months in hand of pending cases",
        "未结案件在案月数",
        unit="months",
        high=120.0,
        group=GROUP,
        variants=(
            variant("mean", "mean", "平均数", end(C.DOCKET_AGE), end(C.DOCKET)),
            variant("p90", "90th percentile", "第90百分位数", end(S.DOCKET_AGE), share=0.9),
        ),
    ),
    ratio(
        "disposition_time",
        "Disposition time: days to close what is pending, at the pace of the period",
        "案件处理周期",
        group=GROUP,
        unit="days",
        high=3650.0,
        variants=(
            variant(
                "at_end",
                "days of the period × pending at the end / closed",
                "期末未结",
                end(*PENDING),
                CLOSED,
                scale=DAYS,
                by_months=True,
            ),
            variant(
                "mean",
                "mean pending of the months / closed",
                "月均未结",
                parts(*PENDING),
                CLOSED,
                scale=DAYS,
            ),
        ),
    ),
    flow("petitions", "Petitions", "执行信访件数", C.PETITIONS, group=GROUP, unit="entries"),
    flow("objections", "Objections", "执行异议件数", C.OBJECTIONS, group=GROUP),
    flow("transferred", "Cases transferred", "移送其他法院案件数", C.TRANSFERRED, group=GROUP),
)
