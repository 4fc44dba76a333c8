"""Reads the manifest of an experiment's folder, and checks its keys and types.

In: the file `experiment.json`. Out: its plain values.
"""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from sim.runs.output import declared

MANIFEST = "experiment.json"
SCHEMA = 1
"""The format of experiments' folders that this version writes."""

type Manifest = dict[str, Any]
type Scalar = bool | int | float | str | None
type Count = Annotated[int, Field(ge=0, le=10**9)]
type Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="allow", allow_inf_nan=False)


class Design(_Strict):
    """The kind of a design. The other options depend on the kind and are not checked."""

    kind: str
    labels: list[str] = []


class Varied(_Strict):
    """A factor: a setting that the experiment varies, with its values or range."""

    path: str
    title: str = ""
    kind: str = ""
    unit: str = ""
    values: list[Scalar] = []
    low: float | None = None
    high: float | None = None
    scale: str | None = None
    distribution: str | None = None
    parameters: dict[str, Scalar | list[Scalar]] = {}
    steps: int | None = None


class Declared(_Strict):
    """The keys of a manifest that readers require, with their types."""

    format: Annotated[int, Field(alias="schema", ge=1, le=SCHEMA)]
    title: str
    question: str = ""
    text: str = ""
    design: Design | None = None
    factors: list[Varied] = []
    runs: Count
    points: Count
    code: str
    versions: dict[str, str]
    cpu: str
    created: str
    planned: str
    files: dict[str, Digest] | None = None
    unrecorded: list[str] | None = None


def read(folder: Path) -> Manifest:
    """The manifest of an experiment's folder; whether it was altered is not checked.

    Raises:
        FileNotFoundError: If there is no manifest.
        ServandaError: If it is not an experiment's manifest, or has a newer format.
    """
    return declared.read(folder / MANIFEST, Declared, "an experiment", SCHEMA)
