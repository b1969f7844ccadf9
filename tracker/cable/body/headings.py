"""What a heading looks like: underlined, in capitals, in title case, labelled or run in.

It looks at words and at the lines around them, never at what a heading is about.
"""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase

_UNDERLINE = re.compile(r"[-=_~*\s]{3,}$")
_TRAILING_DASHES = re.compile(r"(?P<title>[^\n]{2,110}?)\s{0,4}[-=_]{4,}(?:\s+|$)")
_SMALL_WORDS = frozenset(
    str.split(
        """
        a an and as at by for from in into of on or the to with vs via over per its de la du
        about after before against between than that but nor so up out off is are u.s. not
        no
        """
    )
)
_WORD = re.compile(r"[^\W_][\w.'/&-]*")
_RUN_IN = re.compile(  # "CIVIL AVIATION: The EPD …", "COMMENT. We think", "\"LABOR\": MRE has"
    r"(?P<title>[\"'(]?[A-Z][A-Z0-9 ,/&'\"().-]{2,90}?[\"')]?)\s?"
    r"(?P<sign>:|(?<![A-Z]\.[A-Z])\.(?=\s{1,3}[A-Z\"(])|\s?--)\s{1,4}(?=\S)"
)
# What a sentence in capitals has and a title in capitals has not.
_FINITE = re.compile(
    r"\b(?:IS|ARE|WAS|WERE|HAS|HAVE|HAD|WILL|WOULD|SHALL|SHOULD|COULD|MUST|CANNOT|SAID|TOLD|AGREED|"
    r"ASKED|REMAINS?|NOTED|STATED|CONFIRMED|INFORMED|CALLED|MET|GAVE|MADE|TOOK|CAME|WENT|SENT|"
    r"RAISED|REPORTED|REPLIED|OPENED|PROMISED|EXPRESSED|HANDED|(?:WE|I|EMBASSY|POST|MISSION|USINT) "
    r"(?:RECOMMENDS?|REQUESTS?|SUGGESTS?|PROPOSES?|BELIEVES?|THINKS?|EXPECTS?|UNDERSTANDS?|AGREES?|"
    r"CONCURS?|DO|DID|DOES|NEEDS?|SEES?|APPRECIATES?|HOPES?|INTENDS?|PLANS?|CAN|MAY)|PLEASE)\b"
)
_RUN_IN_TITLE = re.compile(  # "Summary: …", "Key points: …", "Agenda item 3: …"
    r"(?P<title>[A-Z][A-Za-z0-9 ,/&'().-]{2,80}?)\s?(?P<sign>:|--)\s{1,4}(?=[A-Z\"(\d-])"
)
_NAMED = re.compile(  # headings that need no other sign
    r"""[(]?(?:begin\ +)?(?P<title>
    (?:executive\ +)?summary
        (?:\ *(?:and|&|/)\ *(?:comment|introduction|action\ request|background|recommendations?))?
    |introduction(?:\ and\ summary)?
    |comment(?:\ and\ (?:action\ request|recommendations?))?
    |bluf|bottom\ line\ up\ front
    |background|overview|key\ points|action\ request|next\ steps|conclusion
    |bio(?:graphic)?\ note|recommendations?
    )\s*(?P<sign>[:.)]|-{1,2}(?=\s))[:.]?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
# "Action: Ruritania to submit a list": a label that belongs to the one act behind it.
_LABEL_OF_ONE = re.compile(
    r"(?:agreed )?(?:action(?: item)?|due[- ]?out|deliverable|tasking|task|follow[- ]?up|to[- ]do|"
    r"decision|request|commitment|next step)(?: ?\([A-Z. ]{2,12}\))?",
    re.IGNORECASE,
)
LONGEST = 110
_SMALL, _BIG = ascii_lowercase.encode(), ascii_uppercase.encode()


def is_underline(text: str) -> bool:
    """A line of dashes and nothing else."""
    return _UNDERLINE.match(text) is not None and sum(text.count(sign) for sign in "-=_~") >= 3


def dashed_title(text: str) -> tuple[str, int] | None:
    """A title that dashes follow on its own line ("Next Steps -----"), and where these end."""
    if not ("-" in text or "=" in text or "_" in text):
        return None  # Most lines, so that the pattern is not tried from each letter on.
    found = _TRAILING_DASHES.match(text)
    if found is None or not (is_capitals(found["title"]) or is_title_case(found["title"])):
        return None
    return found["title"], found.end()


def is_capitals(text: str) -> bool:
    """Words in capitals, at least one of three letters, no sentence."""
    return (
        text.isupper()
        and len(text) <= LONGEST
        and len(text.split()) <= 16
        and not text.endswith((";", ","))
        and not text.endswith((" WILL", " WOULD", " SHALL", " THE", " OF", " AND"))
        and re.search(r"[A-Z]{2}", text) is not None
    )


_HELPER = re.compile(
    r"\b(?:MAY (?:WISH|WANT|ALSO)|IS|ARE|WAS|WERE|HAS|HAVE|HAD|WILL|WOULD|SHALL|SHOULD)\b"
)


def is_clause(text: str) -> bool:
    """Whether words in capitals hold a verb that a title hardly ever has."""
    return _HELPER.search(text) is not None


def is_title_case(text: str) -> bool:
    """A short line whose words, the small ones apart, begin with capitals, and no sentence."""
    if (
        len(text) > LONGEST
        or text.endswith((".", ";", ",", "!"))
        or (not text[:1].strip("\"'(").isalnum() and len(text) < 2)
    ):
        return False
    words = _WORD.findall(text)
    if re.search(r"[a-z]{4}[.?!] ", text):
        return False
    if not 1 <= len(words) <= 12 or not words[0][0].isupper():
        return False
    big = [word for word in words if word.lower() not in _SMALL_WORDS]
    return bool(big) and sum(word[0].isupper() or word[0].isdigit() for word in big) >= 0.8 * len(
        big
    )


def run_in_title(text: str) -> tuple[str, int, int] | None:
    """A title with which a paragraph begins: title, where it ends, and where the text begins."""
    head = text[:140]
    for pattern in (_NAMED, _RUN_IN, _RUN_IN_TITLE):
        found = pattern.match(head)
        if found is None:
            continue
        title = found["title"]
        is_label = pattern is _RUN_IN and found["sign"] == ":" and head[found.end()].islower()
        if is_label or (found["sign"] != "." and _LABEL_OF_ONE.fullmatch(title)):
            return None
        if pattern is _NAMED or _is_run_in(title, found["sign"].strip()):
            return title, found.end("title"), found.end()
    return None


def _is_run_in(title: str, sign: str) -> bool:
    letters = re.findall(r"[A-Z]{3,}", title)
    if title.isupper():
        last = title.split()[-1]
        return bool(letters) and (
            sign != "." or ("." not in last and len(last) > 2 and _FINITE.search(title) is None)
        )
    is_whole = title.count("(") == title.count(")") and ". " not in title
    return is_whole and is_title_case(title) and len(title.split()) <= 9


def is_mostly_capitals(text: str) -> bool:
    """A telegram in capitals throughout, judged by its beginning."""
    sample = text[:4000].encode("ascii", "ignore")
    small, capital = (len(sample) - len(sample.translate(None, each)) for each in (_SMALL, _BIG))
    return small * 10 < capital
