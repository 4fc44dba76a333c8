"""What enforcement takes that it should not, and what is kept from it."""

from sim.measure.indicator import Cohort, Indicator, Ratio
from sim.month.tally import Count as C
from sim.month.tally import Span

PROTECTION: tuple[Indicator, ...] = (
    Ratio(
        name="livelihood_breach",
        title="Money below the exempt minimum while attached (24)",
        zh="基本生活受损率",
        unit="share of debtors in enforcement",
        numerator=(C.LIVELIHOOD_BREACH,),
        denominator=(C.DEBTORS_PURSUED,),
    ),
    Ratio(
        name="over_seizure",
        title="Seizures beyond 1.2 times the claim (23)",
        zh="超标的查封率",
        unit="share of seizures",
        numerator=(C.OVER_SEIZURES,),
        denominator=(C.SEIZURES,),
        window=12,
    ),
    Ratio(
        name="over_seized",
        title="Attached beyond 1.2 times the claim (23)",
        zh="超标的查封金额比例",
        unit="share of yuan attached",
        numerator=(C.OVER_SEIZED,),
        denominator=(C.ATTACHED_YUAN,),
        window=12,
    ),
    Ratio(
        name="wrongful_attachment",
        title="Others' property attached by mistake (23)",
        zh="错误查封案外人财产比例",
        unit="yuan per yuan attached",
        numerator=(C.WRONGFULLY_ATTACHED,),
        denominator=(C.ATTACHED_YUAN,),
        window=12,
    ),
    Ratio(
        name="objection_suits",
        title="Suits that follow an objection",
        zh="执行异议之诉率",
        unit="per objection",
        numerator=(C.OBJECTION_SUITS,),
        denominator=(C.OBJECTIONS,),
        window=12,
    ),
    Cohort(
        name="firms_killed",
        title="Viable firms that close within 12 months of a seizure (25)",
        zh="有经营价值企业查封后倒闭率",
        unit="share of viable firms seized, by month of seizure",
        span=Span.VIABLE_CLOSED,
        within=12,
        base=C.VIABLE_SEIZED,
    ),
    Ratio(
        name="displacement",
        title="Concealers' money moved to classes traced less (31)",
        zh="资产转移挤出率",
        unit="share of their money a month",
        numerator=(C.DISPLACED,),
        denominator=(C.DISPLACEABLE,),
        window=12,
    ),
    Ratio(
        name="false_declarations",
        title="Declarations of assets that are false",
        zh="虚假财产报告率",
        unit="share of declarations",
        numerator=(C.DECLARED_FALSELY,),
        denominator=(C.DECLARATIONS,),
        window=12,
    ),
)
