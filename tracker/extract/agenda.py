"""The topics of a meeting as the cable heads them, and which of them a passage stands under.

Labels stand as printed, or topics are counted; headings that are no topic use up no label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.cable import Block, Cable
from tracker.extract.model import AgendaItem

# Headings that are no topic of the meeting.
_NO_TOPIC = re.compile(
    r"""(?:^|\b)(?:executive\ )?(?:summary|introduction|overview|background|back-?drop|context|comments?|
    next\ steps|conclusions?|action\ requested?|action|participants?|delegations?(?:\ rosters?|\ lists?)?|rosters?|
    attendees|points?\ of\ contact|pocs?|objectives?|key\ points?|bottom\ line|note|end\ of?\ summary|
    scene-?setter|setting|description\ of\ meeting|logistics|schedule|annex|attachments?|
    talking\ points|text\ of|biograph(?:y|ies|ic)|bio|recommendations?|follow[- ]up|way\ forward|looking\ ahead|
    embassy\ comment|bio\ notes?|biographic\ notes?|signature|atmospherics|
    the\ way\ ahead|strategy|deliverables?|reporting\ deadlines?|what\ we\ want|our\ goals)(?:\b|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_COMMENT = re.compile(r"^\W*(?:comments?|conclusion|embassy comment|mission comment|next steps|"
                      r"begin comment|strategy|usg strategy)\b", re.IGNORECASE)  # fmt: skip
_LABELLED = re.compile(
    r"""^\W*(?:agenda\s+item\s+|item\s+|topic\s+)?\(?(?P<label>\d{0,2}[A-Z]|[IVX]{1,5}|\d{1,2}|[a-z])[.):]{1,2}\s+(?P<title>\S.*)$""",
    re.VERBOSE,
)


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


def read_agenda(cable: Cable) -> Agenda:
    """Find the topics among the headings."""
    headings = [(i, b) for i, b in enumerate(cable.blocks) if b.kind == "heading"]
    has_labels = sum(_is_topic_label(b) for _, b in headings) >= 2
    items: list[AgendaItem] = []
    labels: dict[int, str | None] = {}
    for index, block in headings:
        title = _title(cable, block)
        labels[index] = None
        if not title or not _has_content(cable, index):
            labels[index] = None if _COMMENT.match(title) or not items else labels.get(index)
            if not has_labels or _COMMENT.match(title):
                continue
        if has_labels and not _is_topic_label(block):
            if not _is_no_topic(title) and items and not block.label:
                labels[index] = None
            continue
        if not has_labels and _is_no_topic(title):
            continue
        label = block.label if has_labels and block.label else str(len(items) + 1)
        labels[index] = label
        items.append(AgendaItem(label, title, block.span))
    return Agenda(tuple(items), labels)


def _is_topic_label(block: Block) -> bool:
    return bool(block.label)


def _title(cable: Cable, block: Block) -> str:
    return cable.text_of(block.span).strip(" :-–—.=*_#")


def _is_no_topic(title: str) -> bool:
    match = _NO_TOPIC.search(title)
    if match is None:
        return False
    # "Summary", "Next steps", "USG Strategy" are none; "Next Steps with Private Sector" is one.
    others = [w for w in re.findall(r"[A-Za-z]+", title[: match.start()] + title[match.end() :])]
    return len(others) <= 1


def _has_content(cable: Cable, index: int) -> bool:
    """Whether anything but another heading follows a heading."""
    following = cable.blocks[index + 1 : index + 2]
    return bool(following) and following[0].kind not in {"heading", "signature"}
