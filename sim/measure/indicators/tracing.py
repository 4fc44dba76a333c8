"""Indicators of the tracing, hiding and sale of property."""

from sim.books.counts import Count as C
from sim.indicator import SHARE, Indicator, Ratio

CLASSES = (
    ("bank", "money in banks", "银行存款隐匿比例", C.HIDDEN_BANK, C.HELD_BANK),
    ("online", "money online", "网络资金隐匿比例", C.HIDDEN_ONLINE, C.HELD_ONLINE),
    ("cash", "cash", "现金隐匿比例", C.HIDDEN_CASH, C.HELD_CASH),
    ("realty", "real estate", "不动产隐匿比例", C.HIDDEN_REALTY, C.HELD_REALTY),
    ("vehicles", "vehicles", "车辆隐匿比例", C.HIDDEN_VEHICLES, C.HELD_VEHICLES),
    ("securities", "securities", "证券隐匿比例", C.HIDDEN_SECURITIES, C.HELD_SECURITIES),
)
HIDDEN: tuple[Indicator, ...] = tuple(
    Ratio(
        name=f"hidden_{name}",
        title=f"Hidden share of {what}",
        number="31",
        zh=zh,
        unit="share of yuan held by debtors with enforceable debt",
        bounds=SHARE,
        better="less",
        counted=(C.DEBTORS_ENFORCEABLE,),
        numerator=(kept,),
        denominator=(held,),
    )
    for name, what, zh, kept, held in CLASSES
)

TRACING: tuple[Indicator, ...] = (
    Ratio(
        name="tracing_success",
        title="Tracing attempts that find property",
        zh="财产查控成功率",
        unit="share of attempts",
        bounds=SHARE,
        better="more",
        numerator=(C.TRACES_HIT,),
        denominator=(C.TRACES,),
    ),
    Ratio(
        name="sale_rate",
        title="Auctions that sell",
        zh="拍卖成交率",
        unit="share of auctions",
        bounds=SHARE,
        better="more",
        numerator=(C.AUCTIONS_SOLD,),
        denominator=(C.AUCTIONS,),
    ),
    Ratio(
        name="witnesses_mistaken",
        title="Mistaken reports of witnesses",
        zh="见证线索失实率",
        unit="share of witnesses' reports",
        bounds=SHARE,
        better="less",
        people="mistaken_witnesses",
        numerator=(C.WITNESSED_WRONGLY,),
        denominator=(C.WITNESSED, C.WITNESSED_WRONGLY),
        window=12,
    ),
    *HIDDEN,
)
