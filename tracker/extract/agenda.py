"""The topics of a meeting as the cable heads them, and which of them a passage stands under.

Labels stand as printed, or topics are counted; headings that are no topic use up no label.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from tracker.cable import Block, Cable
from tracker.extract.model import AgendaItem

# Words with which a heading that is no topic begins, whatever follows.
_BEGINS = re.compile(
    r"""^\W*(?:the\ |a\ |embassy\ |mission\ |post\ |consulate\ |begin\ |end\ |brief\ |executive\ |
    general\ |usg\ |u\.s\.\ |our\ )*
    (?:summary|overview|introduction|introductory|background|back-?drop|comments?|note|assessment|
    biograph\w*|bio|rosters?|attendees|participants|delegations?(?:\ lists?|\ rosters?)?|
    list\ of|text\ of|sensitive\ but|unclassified|not\ for\ internet|this\ is\ an?\ action|
    additional\ action|
    points?\ of\ contact|pocs?|description\ of|talking\ points|key\ points?|action\ requests?|
    action\ requested|fyi|dates?\ (?:and|of|for)|delegations?\ and|
    reporting\ deadlines?|logistics|scene-?setter|setting\ the\ scene|
    conclusions?|
    department\ (?:may|please|for)|guidance|format\ (?:of|for|and)|
    attachments?|annex|appendix|references?|signature|bottom\ line|opening\ remarks|
    how\ we\ got\ here|if\ (?:raised|asked)|next\ (?:meetings?|rounds?|sessions?)\b|
    next\ steps\ and|
    reporting\ (?:deadline|requirement)|where\ (?:we|things)\ (?:are|stand)|state\ of\ play|
    mechanics|what\ (?:we|you)\ (?:would\ )?(?:like|want|need|hope)|
    (?:a\ )?(?:last|final|closing)\ (?:word|thought|note)s?|
    (?:press|media|public)(?:\ and\ (?:public|press|media))?\ (?:events|arrangements|plan)|
    (?:domestic\ |internal\ )?politics\ and\b|(?:\w+,?\ ){0,5}back-?drop|
    (?:political|domestic|internal)(?:,?\ (?:and\ )?\w+){0,3}\ (?:context|background|overview|scene|
    setting|landscape|climate|situation|environment|picture)|
    (?:\w+['’]s\ |GO[A-Z]+\ |their\ |\w+(?:an|ish|ese|i)\ )?(?:responses?|reactions?)\W*$|
    (?:public|press|media)\ (?:handling|affairs|coverage|guidance|line|statement)|
    \w+\ \d{1,2}(?:-\d{1,2})?\ (?:meeting|session|talks)\W*$|
    welcoming\ remarks|closing\ remarks|atmospherics|schedule|itinerary|program\ of\ the)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Words that make a short heading none: "Next steps", "USG strategy", "Political context".
_HOLDS = re.compile(
    r"""\b(?:next\ (?:steps|round|meeting|session)|follow[- ]?up|way\ (?:ahead|forward)|
    looking\ (?:ahead|forward)|strategy|
    context|objectives?|deliverables?|goals|recommendations?|remarks|impact|
    what\ (?:we|they)\ want|to-do\ list|action\ items?|due[- ]outs?|conclusions?|
    bottom\ line|back-?drop|background|(?:security|operating|policy|regional)\ environment|
    landscape|scene|setting|rosters?)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# "Work program and next steps"
_STEPS_LAST = re.compile(r"\band (?:next steps|follow[- ]?up)\W*$", re.IGNORECASE)
# "Thursday, October 22": a timetable inside a topic.
_TIMETABLE = re.compile(
    r"^\W*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|day \w+\W*$|\d{1,2}[:.]?\d\d\b)",
    re.IGNORECASE,
)
# "Annotated agenda topics": what stands above it is no agenda.
_AGENDA = re.compile(r"\b(?:agenda|topics)\b", re.IGNORECASE)
_RESETS = re.compile(r"^\W*(?:[\w.]+ )?(?:comments?|conclusions?)\b", re.IGNORECASE)
_SMALL = frozenset({"and", "of", "for", "the", "our", "on", "in", "to", "from", "with"})
# Lists of people and annexes end the body.
_ENDS = re.compile(r"^\W*(?:delegation )?(?:rosters?|delegations?$|attachments?|annex|"
    r"participants\W*$)",
                   re.IGNORECASE)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Agenda:
    """The topics in order, and by index of a heading block the label that holds below it."""

    items: tuple[AgendaItem, ...]
    label_of_heading: dict[int, str | None]

    def label_of(self, block: Block) -> str | None:
        """The label of the topic a block stands under, None outside the agenda."""
        if block.section == "comment" or block.heading is None:
            return None
        return self.label_of_heading.get(block.heading)


def without_preliminaries(agenda: Agenda, busy: set[str]) -> tuple[Agenda, dict[str, str | None]]:
    """The agenda from the first topic on that has something to follow up, and its labels anew.

    ``busy`` are the labels of topics that have. What stands before the first of them under a
    heading of its own ("A difficult year") leads to the topics; labels that the cable prints
    stay. The second value maps an old label to its new one, None where it is none any more.
    """
    labels = [topic.label for topic in agenda.items]
    begun = next((n for n, label in enumerate(labels) if label in busy), 0)
    if begun == 0 or labels != [str(n) for n in range(1, len(labels) + 1)]:
        return agenda, {}
    anew = {old: str(n - begun + 1) if n >= begun else None for n, old in enumerate(labels)}
    items = tuple(replace(topic, label=str(n)) for n, topic in enumerate(agenda.items[begun:], 1))
    below = {n: None if label is None else anew[label]
             for n, label in agenda.label_of_heading.items()}  # fmt: skip
    return Agenda(items, below), anew


_STEPS = re.compile(
    r"\b(?:next steps|action[- ]items?|due[- ]outs?|follow[- ]?ups?|deliverables?|taskings?|to-do|"
    r"way (?:ahead|forward)|action requested|actions)\b",
    re.IGNORECASE,
)


_ASKS = re.compile(
    r"\b(?:points? to (?:raise|make|stress)|(?:issues|topics) (?:to|for) (?:raise|you|"
    r"discussion)|objectives|"
    r"goals|asks|recommendations?|suggested (?:points|topics)|what we want|priorities|"
    r"we (?:want|need|seek)|"
    r"key (?:messages|requests))\b",
    re.IGNORECASE,
)


def is_list_of_asks(text: str) -> bool:
    """Whether a heading or lead-in announces what our side is to pursue."""
    return _ASKS.search(text) is not None


def is_list_of_steps(text: str) -> bool:
    """Whether a heading or lead-in announces steps that somebody is to take."""
    return _STEPS.search(text) is not None


def read_agenda(cable: Cable) -> Agenda:
    """Find the topics among the headings: the labelled ones, where there are any."""
    headings = [(i, b) for i, b in enumerate(cable.blocks) if b.kind == "heading"]
    labelled = [b for _, b in headings if b.label]
    has_labels = len(labelled) >= 2 and not _are_points_of_one(cable, headings, labelled)
    if has_labels:
        return _read_labelled(cable, headings)
    starts = [n for n, (_, b) in enumerate(headings) if _AGENDA.search(_title(cable, b))]
    first = starts[0] + 1 if starts and len(headings) - starts[0] > 2 else 0
    own_lines = sum(
        not _is_run_in(cable, b) and b.section == "body" and _is_topic(cable, i, _title(cable, b))
        for i, b in headings[first:]
    )
    items: list[AgendaItem] = []
    labels: dict[int, str | None] = {}
    current: str | None = None
    for n, (index, block) in enumerate(headings):
        title = _title(cable, block)
        if block.label and len(labelled) > 1:
            labels[index] = current
            continue
        if _TIMETABLE.match(title) or (
            own_lines > 1 and _is_part(cable, block, title) and n > first
        ):
            labels[index] = current
            continue
        current = None
        if _ENDS.match(title):
            break
        if n >= first and block.section != "comment" and _is_topic(cable, index, title):
            current = str(len(items) + 1)
            items.append(AgendaItem(current, title, block.span))
        labels[index] = current
    if len(items) == 1 and _is_run_in(cable, cable.blocks[_index_of(cable, items[0])]):
        return Agenda((), {})  # "As for the colonel: …" in a text without any other heading
    return Agenda(tuple(items), labels)


def _index_of(cable: Cable, topic: AgendaItem) -> int:
    return next(n for n, block in enumerate(cable.blocks) if block.span == topic.span)


def _are_points_of_one(
    cable: Cable, headings: list[tuple[int, Block]], labelled: list[Block]
) -> bool:
    """Whether the labels only count the points of one paragraph, among topics without a label."""
    if len({b.paragraph for b in labelled}) > 1 or labelled[0].paragraph is None:
        return False
    topics = [b for i, b in headings if not b.label and _is_topic(cable, i, _title(cable, b))]
    return sum(b.section == "body" and not _is_run_in(cable, b) for b in topics) > len(labelled)


def _read_labelled(cable: Cable, headings: list[tuple[int, Block]]) -> Agenda:
    items: list[AgendaItem] = []
    labels: dict[int, str | None] = {}
    current: str | None = None
    repeated = _repeated(cable, headings)
    for index, block in headings:
        title = _title(cable, block)
        if label := block.label or _label_as_mark(cable, block, items):
            current = label
            items.append(AgendaItem(current, title, block.span))
        elif (
            block.section != "body"
            or _RESETS.match(title)
            or (title.lower() not in repeated and not _is_below(cable, index, items, title))
        ):
            current = None
        labels[index] = current
    return Agenda(tuple(items), labels)


def _label_as_mark(cable: Cable, block: Block, items: list[AgendaItem]) -> str | None:
    """ "(C) Gas" after "(B) Oil": a label that reads like a portion mark."""
    last = items[-1].label if items else ""
    if len(last) != 1 or not last.isalpha():
        return None
    following = chr(ord(last) + 1)
    line = cable.masked.rfind("\n", 0, block.span[0]) + 1
    return following if cable.masked[line : block.span[0]].strip() == f"({following})" else None


def _is_below(cable: Cable, index: int, items: list[AgendaItem], title: str) -> bool:
    """Whether a heading without label belongs to the topic above it."""
    if _BEGINS.match(title) or _outranks(cable, index, items):
        return False
    is_part = _is_run_in(cable, cable.blocks[index]) and not _HOLDS.search(title)
    return is_part or _paragraph(cable, index) == _paragraph_of(cable, items)


def _outranks(cable: Cable, index: int, items: list[AgendaItem]) -> bool:
    """Whether a heading on a line of its own stands among topics that run into their text."""
    if not items or _is_run_in(cable, cable.blocks[index]):
        return False
    return all(_is_run_in(cable, b) for b in cable.blocks if b.kind == "heading" and b.label)


def _repeated(cable: Cable, headings: list[tuple[int, Block]]) -> set[str]:
    """Titles that come again under every topic ("Discussion", "Action items"): parts of it."""
    titles = Counter(_title(cable, b).lower() for _, b in headings if not b.label)
    return {title for title, count in titles.items() if count > 1}


def _is_run_in(cable: Cable, block: Block) -> bool:
    """Whether text follows a heading on its own line."""
    rest = cable.masked[block.span[1] : block.span[1] + 80].partition("\n")[0]
    return any(map(str.isalnum, rest))


def _paragraph(cable: Cable, index: int) -> int | None:
    return cable.blocks[index].paragraph


def _paragraph_of(cable: Cable, items: list[AgendaItem]) -> int | None:
    """The paragraph of the last topic: a heading in another one is not below it."""
    if not items:
        return -1
    return next(b.paragraph for b in cable.blocks if b.span == items[-1].span)


def _title(cable: Cable, block: Block) -> str:
    return cable.text_of(block.span).strip(" :-–—.=*_#")


def _is_topic(cable: Cable, index: int, title: str) -> bool:
    """Whether an unlabelled heading names a topic of the meeting."""
    words = _LETTERS.findall(title)
    if not words or len(words) > 16 or not _has_content(cable, index):
        return False
    if _BEGINS.match(title) or _STEPS_LAST.search(title):
        return False
    others = [w for w in _LETTERS.findall(_HOLDS.sub(" ", title)) if w.lower() not in _SMALL]
    return len(others) > (0 if len(others) == len(words) else 1)


def _is_part(cable: Cable, block: Block, title: str) -> bool:
    """Whether a heading that runs into its text only divides the topic above it."""
    return (
        block.section == "body"
        and not _BEGINS.match(title)
        and not _HOLDS.search(title)
        and _is_run_in(cable, block)
    )


def _has_content(cable: Cable, index: int) -> bool:
    """Whether anything but another heading follows a heading."""
    following = cable.blocks[index + 1 : index + 2]
    return bool(following) and following[0].kind not in {"heading", "signature"}
