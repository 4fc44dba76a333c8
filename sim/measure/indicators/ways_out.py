"""Plans, convictions, insolvency: how cases end otherwise."""

from sim.measure.indicator import Indicator, Ratio
from sim.month.tally import Count as C

WAYS_OUT: tuple[Indicator, ...] = (
    Ratio(
        name="plans_kept",
        title="Instalments paid when due",
        zh="分期履行如期率",
        unit="share of instalments",
        numerator=(C.INSTALMENTS_KEPT,),
        denominator=(C.INSTALMENTS_DUE,),
        window=12,
    ),
    Ratio(
        name="false_conviction",
        title="Convictions of those who cannot pay",
        zh="拒执罪误判率",
        unit="share of convictions",
        numerator=(C.FALSE_CONVICTIONS,),
        denominator=(C.PRISONS,),
        window=12,
    ),
    Ratio(
        name="insolvent",
        title="Claims in insolvency",
        zh="破产程序中债权",
        unit="per 1,000 debtors",
        numerator=(C.INSOLVENT,),
        denominator=(C.DEBTORS,),
        scale=1000.0,
    ),
    Ratio(
        name="bankruptcy_admission",
        title="Petitions for personal bankruptcy that are admitted",
        zh="个人破产申请受理率",
        unit="share of petitions",
        numerator=(C.DISCHARGE_ADMITTED,),
        denominator=(C.DISCHARGE_ASKED,),
        window=12,
    ),
    Ratio(
        name="bankruptcy_abuse",
        title="Personal bankruptcies in which assets are concealed",
        zh="个人破产欺诈比例",
        unit="share of proceedings opened",
        numerator=(C.BANKRUPTCY_ABUSED,),
        denominator=(C.DISCHARGE_OPENED,),
        window=12,
    ),
    Ratio(
        name="bankruptcy_abuse_found",
        title="Abuse of personal bankruptcy found out",
        zh="个人破产欺诈查处率",
        unit="per proceeding opened with assets concealed",
        numerator=(C.BANKRUPTCY_ABUSE_FOUND,),
        denominator=(C.BANKRUPTCY_ABUSED,),
        window=12,
    ),
    Ratio(
        name="bankruptcy_room",
        title="Bankruptcies for which there was an administrator",
        zh="破产管理人到位率",
        unit="share of those that could be opened",
        numerator=(C.OPENINGS,),
        denominator=(C.OPENINGS_WANTED,),
        window=12,
    ),
)
