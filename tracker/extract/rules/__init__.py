"""The rules of extraction as data, by theme, and the veto rules that lower a tier.

Applying them is the business of `candidates`.
"""

from tracker.extract.rules.agreements import AGREEMENTS
from tracker.extract.rules.commitments import COMMITMENTS
from tracker.extract.rules.goals import GOALS
from tracker.extract.rules.listed import LISTED
from tracker.extract.rules.model import LIKELY, Rule
from tracker.extract.rules.obligations import OBLIGATIONS
from tracker.extract.rules.occasions import OCCASIONS
from tracker.extract.rules.orders import ORDERS
from tracker.extract.rules.plans import PLANS
from tracker.extract.rules.proposals import PROPOSALS
from tracker.extract.rules.requests import REQUESTS
from tracker.extract.rules.vetoes import VETOES, Veto
from tracker.extract.rules.weak import WEAK
from tracker.extract.rules.wishes import WISHES

RULES: tuple[Rule, ...] = (
    *PROPOSALS,
    *ORDERS,
    *OBLIGATIONS,
    *OCCASIONS,
    *GOALS,
    *WISHES,
    *AGREEMENTS,
    *COMMITMENTS,
    *PLANS,
    *REQUESTS,
    *LISTED,
    *WEAK,
)

__all__ = ["LIKELY", "RULES", "VETOES", "Rule", "Veto"]
