"""Money claimed and money paid; tracing, seizure and sale."""

from sim.books.accounts import Flow as F
from sim.books.counts import Count as C
from sim.evidence.measures.terms import flow, parts, ratio, variant

MONEY_GROUP, TRACING_GROUP = "money", "tracing and sale"
CLOSED_PAID = parts(C.CLOSED_RECOVERED)
GROSS = parts(C.CLOSED_RECOVERED, C.FEES_YUAN)
BY_PAYMENT = parts(C.RECOVERED_VOLUNTARILY, C.RECOVERED_BY_FORCE)
CLAIMED = parts(C.CLOSED_CLAIMED)

MONEY = (
    flow(
        "claimed",
        "Money claimed",
        "执行标的金额",
        group=MONEY_GROUP,
        unit="money",
        variants=(
            variant("closed", "on cases closed", "结案标的", CLAIMED),
            variant("accepted", "on cases accepted", "收案标的", parts(C.ENTERED_YUAN)),
        ),
    ),
    flow(
        "recovered",
        "Money recovered",
        "执行到位金额",
        group=MONEY_GROUP,
        unit="money",
        variants=(
            variant("closed", "on cases closed, paid to creditors", "结案到位", CLOSED_PAID),
            variant("gross", "the same with enforcement fees", "含执行费", GROSS),
            variant("paid", "paid in the period on any case", "期内到位", BY_PAYMENT),
        ),
    ),
    flow("fees", "Enforcement fees", "执行费", C.FEES_YUAN, group=MONEY_GROUP, unit="money"),
    ratio(
        "recovery",
        "Money recovered per yuan claimed",
        "实际执行到位率",
        group=MONEY_GROUP,
        high=1.2,
        variants=(
            variant("closed", "recovered / claimed, cases closed", "结案", CLOSED_PAID, CLAIMED),
            variant("gross", "the same with enforcement fees", "含执行费", GROSS, CLAIMED),
            variant(
                "accepted",
                "paid in the period / claimed on cases accepted",
                "期内到位 / 收案标的",
                BY_PAYMENT,
                parts(C.ENTERED_YUAN),
            ),
        ),
    ),
    flow(
        "paid_by_insurers",
        "Paid to creditors by insurers",
        "保险赔付金额",
        F.INSURED_PAID,
        group=MONEY_GROUP,
        unit="money",
    ),
)

TRACING = (
    flow(
        "traces", "Tracing requests", "财产查控件次", C.TRACES, group=TRACING_GROUP, unit="entries"
    ),
    flow(
        "traces_hit",
        "Tracing requests that find property",
        "查到财产件次",
        C.TRACES_HIT,
        group=TRACING_GROUP,
        unit="entries",
    ),
    ratio(
        "tracing_success",
        "Tracing requests that find property, per request",
        "财产查控成功率",
        parts(C.TRACES_HIT),
        parts(C.TRACES),
        group=TRACING_GROUP,
    ),
    flow(
        "attached",
        "Money and goods seized",
        "查封扣押冻结金额",
        C.ATTACHED_YUAN,
        group=TRACING_GROUP,
        unit="money",
    ),
    flow("auctions", "Auctions held", "拍卖件次", C.AUCTIONS, group=TRACING_GROUP, unit="entries"),
    flow(
        "auctions_sold",
        "Auctions that sell",
        "拍卖成交件次",
        C.AUCTIONS_SOLD,
        group=TRACING_GROUP,
        unit="entries",
    ),
    ratio(
        "sale_rate",
        "Auctions that sell, per auction",
        "拍卖成交率",
        parts(C.AUCTIONS_SOLD),
        parts(C.AUCTIONS),
        group=TRACING_GROUP,
    ),
    ratio(
        "auction_price",
        "Price at auction per value of the goods",
        "成交价与评估价之比",
        parts(F.AUCTION_PRICE),
        parts(F.AUCTIONED),
        high=3.0,
        group=TRACING_GROUP,
    ),
)
