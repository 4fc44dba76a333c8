"""What public and private charges share: the declared mechanism, evidence and counts."""

from typing import TYPE_CHECKING, Annotated

from sim.engine.record import Quantity as Q
from sim.levers.lever import Lever
from sim.mechanisms.base.mechanism import Mechanism
from sim.mechanisms.base.rules import rule
from sim.terms import Option

if TYPE_CHECKING:
    from sim.agents.debtor.debtor import Debtor
    from sim.levers.catalogue import Levers
    from sim.parameters import Institutions

PROSECUTION = Mechanism(
    title="Criminal prosecution of refusal",
    zh="拒执罪追诉",
    summary="Debtors who evade and, by error, some who cannot pay are reported for refusing to "
    "execute a judgment, at the rate `sanctions.prison_rate`. The district's prosecutor "
    "charges them if that is worth the work and capacity is left; otherwise their creditor may. "
    "Convicted debtors go to prison.",
)

CHARGED = {"sanctions.prison_rate": 0.3, "institutions.charge_cost": 5000.0}
"""Settings, by path, of a world in which the gain and cost of a charge matter."""


@PROSECUTION.add_to("special")
class Quality:
    """The lever that sets the quality of evidence."""

    evidence: Annotated[
        float,
        Lever(
            title="Quality of evidence for refusal to execute",
            zh="拒执罪证据质量",
            unit="share prevented by good evidence, of prosecutions of debtors who cannot pay",
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
    """The chance of a conviction, and what better evidence adds to it."""

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
    evidence_reach: Annotated[
        float,
        Q(
            unit="share of otherwise failing charges against evaders that succeed with the best "
            "evidence",
            low=0.0,
            high=1.0,
            source="assumed: evidence only protects debtors who cannot pay",
            bites=CHARGED | {"special.evidence": 1.0},
        ),
    ] = 0.0


quality_of = PROSECUTION.view(Quality)
proof_of = PROSECUTION.view(Proof)


@rule
def proved(debtor: "Debtor", levers: "Levers", of: "Institutions") -> float:
    """Chance that a charge leads to a conviction: e + (1 − e)·reach·quality (ODD eq. 154).

    e is `institutions.evidence`, reach `institutions.evidence_reach` and quality
    `special.evidence`. Against a debtor who cannot pay, better evidence proves nothing: the chance
    stays e.
    """
    known = proof_of(of).evidence
    if debtor.option == Option.UNABLE:
        return known
    return known + (1.0 - known) * proof_of(of).evidence_reach * quality_of(levers.special).evidence


REPORTED = PROSECUTION.count("reported")
CHARGES_PROVED = PROSECUTION.count("charges_proved")
PRIVATE_CHARGES = PROSECUTION.count("private_charges")
PRIVATE_CONVICTIONS = PROSECUTION.count("private_convictions")
