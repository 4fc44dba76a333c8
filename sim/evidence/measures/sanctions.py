"""The list of dishonest debtors, and personal sanctions."""

from sim.books.counts import Count as C
from sim.evidence.measures.terms import ONLY, end, flow, less, parts, ratio, stock, variant
from sim.mechanisms.prosecution.declaration import PRIVATE_CHARGES, PRIVATE_CONVICTIONS, REPORTED

GROUP = "list and sanctions"

SANCTIONS = (
    flow(
        "listings",
        "Entries on the list",
        "纳入失信名单人次",
        C.LISTINGS,
        group=GROUP,
        unit="entries",
    ),
    stock(
        "listed", "Debtors on the list", "在册失信被执行人", C.LISTED, group=GROUP, unit="persons"
    ),
    flow(
        "delisted_paid",
        "Entries removed after payment",
        "履行后屏蔽人次",
        C.DELISTED_PAID,
        group=GROUP,
        unit="entries",
    ),
    ratio(
        "listing_hazard",
        "Performance of listed debtors per month",
        "失信被执行人月履行率",
        parts(C.LISTED_PAID),
        parts(C.LISTED_START),
        group=GROUP,
    ),
    ratio(
        "listed_share",
        "Share of the listed who belong to this cell",
        "在册失信被执行人构成",
        end(C.LISTED),
        parts(C.LISTED, when="end", everyone=True),
        group=GROUP,
    ),
    ratio(
        "listed_per_1000",
        "Debtors on the list per 1,000 debtors",
        "每千名义务人在册失信人数",
        end(C.LISTED),
        end(C.DEBTORS),
        scale=1000.0,
        unit="per_1000",
        high=1000.0,
        group=GROUP,
    ),
    flow("detentions", "Detentions", "司法拘留人次", C.DETENTIONS, group=GROUP, unit="entries"),
    ratio(
        "detention",
        "Detentions per case closed",
        "司法拘留率",
        parts(C.DETENTIONS),
        parts(C.CLOSED),
        group=GROUP,
    ),
    flow("fines", "Fines", "罚款人次", C.FINES, group=GROUP, unit="entries"),
    flow("fined", "Money fined", "罚款金额", C.FINED_YUAN, group=GROUP, unit="money"),
    flow(
        "reported",
        "Debtors reported for refusing",
        "移送拒执犯罪人数",
        REPORTED,
        group=GROUP,
        unit="persons",
    ),
    flow(
        "charges",
        "Charges of refusal",
        "拒执罪起诉人数",
        group=GROUP,
        unit="persons",
        variants=(
            variant(
                ONLY,
                "public and private charges",
                "公诉与自诉",
                parts(C.PRISONS, PRIVATE_CHARGES) + less(PRIVATE_CONVICTIONS),
            ),
        ),
    ),
    flow(
        "convicted",
        "Convictions for refusal",
        "拒执罪判处人数",
        C.PRISONS,
        group=GROUP,
        unit="persons",
    ),
)
