"""Sets a dialogue's rules of reminders, and has what they decide looked at again.

The only writer of these rules.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.models import Dialogue, StoredRules
from tracker.policy.errors import Conflict, NotAllowed
from tracker.policy.reminder_rules import ReminderRules, check_rules
from tracker.policy.visibility import Actor
from tracker.queries.reminder_rules import find_stored_rules
from tracker.services.look_again import look_again_at_dialogue


def set_rules(
    session: Session, dialogue: Dialogue, rules: ReminderRules, *, seen_version: int, actor: Actor
) -> None:
    """Stores the rules; what people were told already is not told again.

    ``seen_version`` is that of the rules which the person saw, 0 for the defaults. Raises
    NotAllowed for all but editors and leads, InvalidInput with the field, and Conflict where
    somebody else has set them since.
    """
    if not actor.scope.may_edit(dialogue.id):
        raise NotAllowed("The editors and leads of the dialogue set its rules of reminders.")
    check_rules(rules)
    stored = find_stored_rules(session, dialogue.id)
    if seen_version != (stored.version if stored else 0):
        raise Conflict("Somebody else has set these rules while you were writing.")
    if stored is None:
        stored = StoredRules(dialogue_id=dialogue.id)
        session.add(stored)
    stored.lead_days = list(rules.lead_days)
    stored.overdue_every, stored.stale_after = rules.overdue_every, rules.stale_after
    stored.head_after, stored.chair_after = rules.head_after, rules.chair_after
    stored.approval_every = rules.approval_every
    look_again_at_dialogue(session, dialogue.id)
