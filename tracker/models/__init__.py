"""All tables, one file per family. No queries, mail or Flask."""

from tracker.db import Base
from tracker.models.accounts import Account, FailedSignIn, OneTimeLink, SignInSession
from tracker.models.agreed_lists import (
    AgreedList,
    Amendment,
    Approval,
    ApprovalDelegation,
    ListItem,
)
from tracker.models.cables import CableRecord, Candidate
from tracker.models.correspondence import ANSWERS, Correspondence, MailAnswer, Snooze, TakenMail
from tracker.models.dialogues import (
    ROLES,
    AgendaItem,
    Dialogue,
    DialogueParty,
    Meeting,
    Membership,
)
from tracker.models.directory import Contact, Party
from tracker.models.meetings import CarriedTask, Delegate, LogEntry
from tracker.models.reminders import (
    Reminder,
    ReminderApproval,
    ReminderLine,
    SentOccasion,
    StoredRules,
)
from tracker.models.status_reports import (
    OwnerQuestion,
    ReportApproval,
    ReportingPeriod,
    ReportMail,
    ReportStep,
    StatusReport,
)
from tracker.models.system import Fact
from tracker.models.tasks import Change, Remark, Task, TaskOwner, TaskParty
from tracker.models.versions import VersionQuestion

__all__ = [
    "ANSWERS",
    "ROLES",
    "Account",
    "AgendaItem",
    "AgreedList",
    "Amendment",
    "Approval",
    "ApprovalDelegation",
    "Base",
    "CableRecord",
    "Candidate",
    "CarriedTask",
    "Change",
    "Contact",
    "Correspondence",
    "Delegate",
    "Dialogue",
    "DialogueParty",
    "Fact",
    "FailedSignIn",
    "ListItem",
    "LogEntry",
    "MailAnswer",
    "Meeting",
    "Membership",
    "OneTimeLink",
    "OwnerQuestion",
    "Party",
    "Remark",
    "Reminder",
    "ReminderApproval",
    "ReminderLine",
    "ReportApproval",
    "ReportMail",
    "ReportStep",
    "ReportingPeriod",
    "SentOccasion",
    "SignInSession",
    "Snooze",
    "StatusReport",
    "StoredRules",
    "TakenMail",
    "Task",
    "TaskOwner",
    "TaskParty",
    "VersionQuestion",
]
