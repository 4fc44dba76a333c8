"""Who pays in a debtor's place: insurers and relief funds."""

from sim.measure.indicator import Indicator, Ratio
from sim.month.tally import Count as C

RELIEF: tuple[Indicator, ...] = (
    Ratio(
        name="insured_paid",
        title="Paid first by insurers",
        zh="保险先行赔付比例",
        unit="share of yuan falling due",
        numerator=(C.INSURED_PAID,),
        denominator=(C.DUE_YUAN,),
        window=12,
    ),
    Ratio(
        name="relief",
        title="Relief to creditors in need, of those who had any",
        zh="司法救助金额",
        unit="yuan a claim first relieved",
        numerator=(C.RELIEF_PAID,),
        denominator=(C.RELIEF_CLAIMS,),
        window=12,
    ),
)
