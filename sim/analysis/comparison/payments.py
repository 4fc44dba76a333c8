"""The lines of payments behind the indicators of money, and the flows of the books in each line.

A flow is one kind of movement of money or claims in the books of the model. Each line has one payer
and one receiver. Two groups of flows belong to no line. The first is everyday life, such as incomes
and spending. The second is the book of claims, where no money moves.
"""

from typing import NamedTuple

from sim.books.accounts import MOVEMENTS, Account, Flow
from sim.engine.named import Named
from sim.mechanisms import MECHANISMS
from sim.mechanisms.prosecution.private import EVIDENCE
from sim.runs.run_accounts import COST, COSTS, FLOW

A, F = Account, Flow


class Line(NamedTuple):
    """One line of the table of money.

    Args:
        name: Name of the line in results.
        title: Name of the line in reports, in English.
        zh: Name of the line in reports, in Chinese.
        payer: Account that pays.
        receiver: Account that receives.
        flows: Flows of the books that are summed in the line.
        costs: Public costs outside the books that are summed in the line; see `COSTS`.
    """

    name: str
    title: str
    zh: str
    payer: Account
    receiver: Account
    flows: tuple[Flow | Named, ...] = ()
    costs: tuple[str, ...] = ()


LEVERS = "levers"
"""Entry in `Line.costs` for all levers with a price. A lever is a number that policies change."""


def moved(name: str, title: str, zh: str, *flows: Flow | Named) -> Line:
    """A line that sums flows of the books, all with the same payer and the same receiver."""
    payer, receiver, _ = MOVEMENTS[flows[0]]
    return Line(name, title, zh, Account(payer), Account(receiver), flows)


LINES = (
    Line("officers_pay", "officers' pay", "执行人员薪酬", A.STATE, A.OFFICERS, costs=("staff",)),
    Line(
        "custody", "detention and prison", "司法拘留与监禁", A.STATE, A.OUTSIDE, costs=("custody",)
    ),
    Line(
        "levers",
        "other measures, at assumed prices",
        "其他措施（按假定价格）",
        A.STATE,
        A.OUTSIDE,
        costs=(LEVERS,),
    ),
    moved("social_benefits", "social benefits", "社会给付", F.SOCIAL),
    moved("court_fees", "court fees", "诉讼费", F.SUIT_COSTS, F.PRESERVATION_FEE),
    moved("enforcement_fees", "enforcement fees", "执行申请费（由被执行人负担）", F.FEE),
    moved("fines", "fines", "罚款", F.FINE),
    moved("premiums", "premiums of liability cover", "责任保险保费", F.PREMIUM),
    moved("recourse", "recourse of insurers", "保险人追偿", F.SURCHARGE),
    moved("insured_paid", "claims paid by insurers", "责任保险赔付", F.INSURED_PAID),
    moved("paid_due", "paid when due", "到期履行", F.PAID_DUE),
    moved(
        "paid_later",
        "paid by choice, plans included",
        "自愿履行（含分期）",
        F.PAID_VOLUNTARILY,
        F.ADVANCED,
        F.INSTALMENT,
    ),
    moved("paid_in_insolvency", "paid in insolvency", "破产清偿", F.COLLECTIVE),
    moved("taken", "money taken by force", "强制扣划款项", F.SEIZED_MONEY, F.PRESERVED_MONEY),
    moved(
        "goods_auctioned", "goods auctioned, at their value", "被拍卖财产（按价值）", F.AUCTIONED
    ),
    moved("goods_taken", "goods taken in kind", "以物抵债", F.IN_KIND),
    moved("own_sales", "value lost in own sales", "自行变卖损失", F.OWN_SALE),
    moved("auction_prices", "prices paid at auctions", "拍卖成交价", F.AUCTION_PRICE),
    moved("surplus", "surplus returned", "退还余款", F.SURPLUS),
    moved("distributed", "proceeds paid out", "发放案款", F.DISTRIBUTED, F.PRESERVED_PAID),
    moved(
        "returned",
        "advances and damages returned",
        "返还与赔偿",
        F.ADVANCE_RETURNED,
        F.WRONGFUL_DAMAGES,
    ),
    moved(
        "creditors_costs",
        "costs of applications, security, tips",
        "申请、担保与悬赏费用",
        F.APPLICATION,
        F.SECURITY_COST,
        F.GUARANTEE_PREMIUM,
        F.BOUNTY,
    ),
    moved("lawyers", "lawyers and evidence", "律师与取证", F.INVESTIGATION, EVIDENCE),
    moved("administrators", "insolvency administrators", "破产管理人", F.ADMINISTRATION),
    moved("bribes", "bribes", "贿赂", F.BRIBE),
    moved("leakage", "proceeds that leak", "案款流失", F.LEAKAGE),
    moved("hiding", "cost of hiding and resisting", "隐匿与抗拒的成本", F.CONCEALMENT),
    moved(
        "moved_away",
        "assets moved to third parties",
        "转移给他人的财产",
        F.DISSIPATION,
        F.STRIPPED,
    ),
    moved("reclaimed", "taken back from others", "自他人处追回", F.AVOIDED, F.ADDED_PARTY),
    moved("wrongly_sold", "others' goods sold by mistake", "错误处置案外人财产", F.WRONGFUL_SALE),
    moved(
        "lost_frozen",
        "lost by frozen goods and firms",
        "查封、冻结期间的损失",
        F.VALUE_DECAY,
        F.FREEZE_LOSS,
    ),
    moved("lost_listed", "income lost while listed", "纳入名单期间的收入损失", F.LISTING_LOSS),
    *(moved(*one[:3], *one.flows) for mechanism in MECHANISMS for one in mechanism.payments),
)
"""All lines, in the order of tables, beginning with payments of the state."""

EVERYDAY = (F.INCOME, F.SPENDING, F.RUIN, F.WINDFALL, F.ENTRY, F.ESTATE)
"""Flows of everyday life: what debtors earn, spend and lose independently of policies, what they
bring in, and what they leave behind. They belong to no line."""

CLAIMS = (F.CLAIM_NEW, F.CLAIM_COSTS, F.CLAIM_INTEREST, F.CLAIM_PAID, F.CLAIM_OFF)
"""Flows of the book of claims. They belong to no line, because they move no money."""


class Party(NamedTuple):
    """Name of a payer or receiver, in English and Chinese."""

    title: str
    zh: str


PARTIES = {
    A.STATE: Party("the state", "国家"),
    A.DEBTORS: Party("debtors", "债务人"),
    A.CREDITORS: Party("creditors", "债权人"),
    A.INSURERS: Party("insurers", "保险人"),
    A.FUND: Party("relief funds", "司法救助基金"),
    A.THIRD_PARTIES: Party("third parties", "案外人"),
    A.OFFICERS: Party("officers", "执行人员"),
    A.PROFESSIONALS: Party("lawyers, administrators", "律师与破产管理人"),
    A.BUYERS: Party("buyers at sales", "买受人"),
    A.ESCROW: Party("courts, money in hand", "法院在管案款"),
    A.OUTSIDE: Party("suppliers and others", "供应商及其他"),
    A.LOSS: Party("nobody: destroyed", "损毁"),
}
"""All payers and receivers, in the order of tables."""


def line_of() -> dict[tuple[str, str], str]:
    """The line to which each entry of `sim.runs.run_accounts.accounts` belongs, by kind and name.

    Costs of levers are left out, because extensions may add levers of any name.
    """
    found = {(FLOW, flow.name.lower()): line.name for line in LINES for flow in line.flows}
    costs = {(COST, cost): line.name for line in LINES for cost in line.costs if cost in COSTS}
    return found | costs
