"""Terms of the field as enumerations, with English and Chinese names.

Tables and results store the numbers. A number is therefore never used again for something else.
"""

from enum import IntEnum
from typing import Literal

type Currency = Literal["yuan", "pound", "euro", "dollar"]
"""The money of a scenario. Texts are written in yuan; see `sim.words.currency`."""


class Kind(IntEnum):
    """Kind of debtor."""

    PERSON = 0
    FIRM = 1
    PUBLIC_BODY = 2


class Domain(IntEnum):
    """What a claim arises from."""

    BANK_LOAN = 0
    PRIVATE_LOAN = 1
    TRADE = 2
    TRAFFIC = 3
    INJURY = 4
    WAGES = 5
    MAINTENANCE = 6
    PUBLIC_DEBT = 7
    CRIMINAL = 8


class Asset(IntEnum):
    """Class of assets, as in the tracing network of the courts; from REALTY on, it must be sold."""

    BANK = 0
    ONLINE = 1
    CASH = 2
    REALTY = 3
    VEHICLES = 4
    SECURITIES = 5


LIQUID = 3
"""Asset classes below this number are money and need no sale."""


class Lender(IntEnum):
    """Kind of creditor."""

    BANK = 0
    TRADE = 1
    PRIVATE = 2


class Stage(IntEnum):
    """Stage of a claim; from PAID on it is closed.

    SETTLED: settled out of court and being performed; GRACE: the time to perform after the title;
    UNPAID: that time has passed; QUEUED: enforcement has begun; TRACED: assets were found;
    OBJECTED: an objection is under review; SOLD: money waits for distribution; PLAN: being paid
    in instalments; TERMINATED: enforcement ended without full payment and may be revived.
    """

    DUE = 0
    OVERDUE = 1
    SETTLED = 2
    FILED = 3
    GRACE = 4
    UNPAID = 5
    QUEUED = 6
    TRACED = 7
    SEIZED = 8
    OBJECTED = 9
    SOLD = 10
    PLAN = 11
    TERMINATED = 12
    INSOLVENT = 13
    PAID = 14
    PLAN_COMPLETED = 15
    LIQUIDATED = 16
    DISCHARGED = 17
    DISMISSED = 18
    WRITTEN_OFF = 19
    ARCHIVED = 20


class EnforceableTitle(IntEnum):
    """The title by which a claim can be enforced."""

    JUDGMENT = 0
    MEDIATION = 1
    AWARD = 2
    NOTARISED = 3
    CRIMINAL = 4


class Option(IntEnum):
    """What a debtor does about its enforceable debt. From STALL on, it withholds money."""

    NONE = 0
    UNABLE = 1
    PAY = 2
    PLAN = 3
    BANKRUPT = 4
    STALL = 5
    CONCEAL = 6
    RESIST = 7


class Ability(IntEnum):
    """How far a debtor can really pay, whether it wants to or not.

    EMPTY: unable; PARTLY: only a part; INCOME_ONLY: out of future income; ILLIQUID: after selling
    assets; LIQUID: at once.
    """

    EMPTY = 0
    PARTLY = 1
    INCOME_ONLY = 2
    ILLIQUID = 3
    LIQUID = 4


class Mover(IntEnum):
    """Who moves a claim from one stage to another; TIME if nobody has to act."""

    DEBTOR = 0
    CREDITOR = 1
    PARTIES = 2
    TRIAL_COURT = 3
    OFFICERS = 4
    OBJECTOR = 5
    ADMINISTRATOR = 6
    TIME = 7


class Ending(IntEnum):
    """How an enforcement proceeding ends. A terminated claim persists and may be revived."""

    PAID = 0
    SETTLED = 1
    TERMINATED = 2
    BANKRUPT = 3
    DROPPED = 4


class Behaviour(IntEnum):
    """How a debtor weighs cost against gain."""

    EXPECTED_UTILITY = 0
    PROSPECT = 1
    RULE_OF_THUMB = 2


class Updating(IntEnum):
    """How experience changes the risk that a debtor perceives."""

    NONE = 0
    COUNTING = 1
    ASYMMETRIC = 2


class PersonalRisk(IntEnum):
    """What determines the risk of fines, detention and prison that a debtor perceives."""

    LAW = 0
    EXPERIENCE = 1


class Size(IntEnum):
    """Bands of debt by which results are reported."""

    BELOW_10K = 0
    TO_100K = 1
    TO_1M = 2
    ABOVE_1M = 3


SIZE_LIMITS = (10_000.0, 100_000.0, 1_000_000.0)
"""Limits between the bands, yuan. A debt of exactly a limit belongs to the band above it."""


class Decision(IntEnum):
    """Decisions for which random numbers are drawn. A number keeps its decision forever."""

    INCOME = 1
    COMMON_SHOCK = 2
    FORTUNE = 3
    EXIT = 4
    ARRIVAL = 5
    DOMAIN = 6
    PRINCIPAL = 7
    DISPUTED = 8
    CREDITOR = 9
    SCREENED = 10
    DUE_TASTE = 11
    SUE = 12
    TRIAL = 13
    VERDICT = 14
    TASTE = 15
    ATTENTION = 16
    OWN_SALE = 17
    APPLY = 18
    FIND_PERSON = 19
    FIND_ASSET = 20
    CONTROL = 21
    AUCTION = 22
    FINE = 23
    DETENTION = 24
    LISTING = 26
    REVIVAL = 27
    BORN_KIND = 30
    BORN_TRAIT = 31
    BORN_ASSETS = 32
    NEIGHBOUR = 33
    BORN_CREDITOR = 34
    PANEL = 35
    # institutions
    BORN_CONNECTIONS = 220
    BRIBE = 221
    OVERREACH = 222
    ASSIST = 223
    CLIENT = 224
    INTERFERE = 225
    EARLY_END = 226
    STRIP = 228
    LATENCY = 229
    PRESERVE = 100
    PRESERVE_AWARE = 101
    PRESERVE_GRANTED = 102
    PRESERVE_FIND = 103
    NEGOTIATE = 104
    MEDIATE = 105
    TITLE = 106
    AMBIGUOUS = 107
    ADVANCE = 108
    TRANSFER = 109
    REMIND = 110
    RELATION = 111
    INVESTIGATE = 112
    INVESTIGATE_FIND = 113
    BOUNTY = 114
    PETITION = 115
    CREDIT_REPORT = 116
    ONLINE = 160
    SELL_OFF = 161
    IN_KIND = 162
    CAUGHT = 163
    OBJECTION = 164
    REVIEW = 165
    AVOIDANCE = 166
    ADDED_PARTY = 167
    DUTY = 168
    DECLARATION = 169
    FALSE_DECLARATION = 170
    PLAN_HEARING = 190
    CONVERSION = 191
    ADMISSION = 192
    COMPULSION = 193
    INSURED = 130
    RECOURSE = 131
    TRADE_LINK = 132
    STANDARD = 250
    HEARING = 251
    REAPPLY = 252
    # decisions of other actors
    INSPECT = 58
    AUDIT = 66
    PRE_SUIT = 67
    OBJECTION_SUIT = 68
    EXAMINATION = 46
    OPENING = 47
    # what debtors see of their neighbours, and how much it influences them
    WITNESS = 80
    SUSCEPTIBILITY = 81
    INQUIRY_AT_NOTICE = 82
    INQUIRY_BEFORE_CHOICE = 83
    # closure of a firm by a seizure, despair, and assignment to a trial's treated group
    CLOSURE = 140
    DESPAIR = 141
    ASSIGNED = 142


CHINESE: dict[type[IntEnum], dict[IntEnum, str]] = {
    Kind: {
        Kind.PERSON: "自然人",
        Kind.FIRM: "企业",
        Kind.PUBLIC_BODY: "党政机关等特殊主体",
    },
    Domain: {
        Domain.BANK_LOAN: "金融借款",
        Domain.PRIVATE_LOAN: "民间借贷",
        Domain.TRADE: "买卖合同",
        Domain.TRAFFIC: "机动车交通事故责任",
        Domain.INJURY: "人身损害",
        Domain.WAGES: "劳动报酬",
        Domain.MAINTENANCE: "赡养费、抚养费",
        Domain.PUBLIC_DEBT: "党政机关等欠款",
        Domain.CRIMINAL: "刑事附带民事",
    },
    Asset: {
        Asset.BANK: "银行存款",
        Asset.ONLINE: "网络资金",
        Asset.CASH: "现金",
        Asset.REALTY: "不动产",
        Asset.VEHICLES: "车辆",
        Asset.SECURITIES: "证券",
    },
    Stage: {
        Stage.DUE: "到期",
        Stage.OVERDUE: "逾期",
        Stage.SETTLED: "庭外和解履行中",
        Stage.FILED: "立案审理",
        Stage.GRACE: "履行期限内",
        Stage.UNPAID: "未履行",
        Stage.QUEUED: "执行立案",
        Stage.TRACED: "查明财产",
        Stage.SEIZED: "查封、扣押、冻结",
        Stage.OBJECTED: "执行异议审查",
        Stage.SOLD: "变价待分配",
        Stage.PLAN: "分期履行中",
        Stage.TERMINATED: "终结本次执行程序",
        Stage.INSOLVENT: "破产程序中",
        Stage.PAID: "履行完毕",
        Stage.PLAN_COMPLETED: "分期履行完毕",
        Stage.LIQUIDATED: "破产清算程序终结",
        Stage.DISCHARGED: "免责",
        Stage.DISMISSED: "驳回诉讼请求",
        Stage.WRITTEN_OFF: "核销",
        Stage.ARCHIVED: "归档",
    },
    Ending: {
        Ending.PAID: "执行完毕",
        Ending.SETTLED: "和解",
        Ending.TERMINATED: "终本",
        Ending.BANKRUPT: "进入破产程序",
        Ending.DROPPED: "终结执行",
    },
    EnforceableTitle: {
        EnforceableTitle.JUDGMENT: "判决书",
        EnforceableTitle.MEDIATION: "调解书",
        EnforceableTitle.AWARD: "仲裁裁决",
        EnforceableTitle.NOTARISED: "公证债权文书",
        EnforceableTitle.CRIMINAL: "刑事附带民事判决",
    },
    Option: {
        Option.NONE: "未作选择",
        Option.UNABLE: "无履行能力",
        Option.PAY: "自动履行",
        Option.PLAN: "分期履行",
        Option.BANKRUPT: "申请破产",
        Option.STALL: "拖延",
        Option.CONCEAL: "隐匿、转移财产",
        Option.RESIST: "抗拒执行",
    },
}
"""Chinese names, in one table per enumeration. A single table would confuse members of different
enumerations, because members with the same number are equal."""


def label(word: IntEnum) -> str:
    """The name of a member as written in files and results, in lower case."""
    return word.name.lower()


def chinese(word: IntEnum) -> str:
    """The Chinese name of a member."""
    return CHINESE[type(word)][word]
