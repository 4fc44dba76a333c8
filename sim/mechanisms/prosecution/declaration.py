"""Declarations shared by public and private charges: the mechanism, evidence, sums."""

from typing import Annotated

from sim.engine.record import Quantity as Q
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism

PROSECUTION = Mechanism(
    title="Criminal prosecution of refusal",
    zh="拒执罪追诉",
    summary="Debtors who evade are reported, at the rate `sanctions.prison_rate`, for refusing to "
    "execute a judgment, and by error some debtors who cannot pay. The district's prosecutor "
    "charges them if that is worth the work and capacity is left; otherwise their creditor may. "
    "Convicted debtors go to prison.",
)

CHARGED = {"sanctions.prison_rate": 0.3, "institutions.charge_cost": 5000.0}
"""Values, by path, of a world in which the gain and cost of a charge matter."""


@PROSECUTION.add_to("special")
class Quality:
    """The lever that sets the quality of evidence."""

    evidence: Annotated[
        float,
        Lever(
            title="Quality of evidence for refusal to execute",
            zh="拒执罪证据质量",
            unit="share of prosecutions of debtors who cannot pay that good evidence prevents",
            low=0.0,
            high=1.0,
            off=0.0,
            reads="debtor",
            expected="H-",
            passage="6.2",
            cost=15.0,
            base="case",
            bites={"sanctions.prison_rate": 0.02, "collaborative.target_accuracy": 0.0},
            source="recording devices, proof of ability; value assumed",
        ),
    ] = 0.0


@PROSECUTION.add_to("institutions")
class Proof:
    """The parameter that sets the chance of a conviction."""

    evidence: Annotated[
        float,
        Q(
            unit="chance that the evidence of a refusal leads to a conviction",
            low=0.0,
            high=1.0,
            source="assumed",
            bites=CHARGED,
        ),
    ] = 0.5


quality_of = PROSECUTION.view(Quality)
proof_of = PROSECUTION.view(Proof)

REPORTED = PROSECUTION.count("reported")
PRIVATE_CHARGES = PROSECUTION.count("private_charges")
PRIVATE_CONVICTIONS = PROSECUTION.count("private_convictions")
