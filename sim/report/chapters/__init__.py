"""The chapters of a report, in order; each is silent where the material holds nothing for it."""

from sim.report.chapter import Write
from sim.report.chapters.attribution import attribution
from sim.report.chapters.frontier import frontier
from sim.report.chapters.harm import harm
from sim.report.chapters.headline import headline
from sim.report.chapters.ledgers import ledgers
from sim.report.chapters.map import across
from sim.report.chapters.provenance import provenance
from sim.report.chapters.regimes import regimes
from sim.report.chapters.search import search
from sim.report.chapters.series import series
from sim.report.chapters.size import size
from sim.report.chapters.survival import survival
from sim.report.chapters.tornado import tornado

CHAPTERS: tuple[Write, ...] = (
    *(headline, search, frontier, attribution, across, regimes, tornado),
    *(series, survival, ledgers, size, harm, provenance),
)
"""First what came out, then why, then to whom and at what price, then how it was made."""
