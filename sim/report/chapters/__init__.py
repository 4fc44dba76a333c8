"""The chapters of a report, in order. A chapter without data is left out."""

from sim.report.chapter import Write
from sim.report.chapters.answer.conclusion import conclusion
from sim.report.chapters.answer.harm import harm
from sim.report.chapters.answer.headline import headline
from sim.report.chapters.answer.money import money
from sim.report.chapters.answer.reach import reach
from sim.report.chapters.attribution import attribution
from sim.report.chapters.frontier import frontier
from sim.report.chapters.ledgers import ledgers
from sim.report.chapters.map import across
from sim.report.chapters.regimes import regimes
from sim.report.chapters.search import search
from sim.report.chapters.series import series
from sim.report.chapters.size import size
from sim.report.chapters.survival import survival
from sim.report.chapters.tornado import tornado
from sim.report.chapters.trust.convergence import convergence
from sim.report.chapters.trust.provenance import provenance
from sim.report.chapters.trust.warmup import warmup

CHAPTERS: tuple[Write, ...] = (
    *(conclusion, headline, money, reach, harm, search, frontier, attribution),
    *(across, regimes, tornado),
    *(series, survival, ledgers, size, warmup, convergence, provenance),
)
"""First the results, with who pays and who is harmed, then the causes, then the reliability."""
