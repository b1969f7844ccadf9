"""What a copy or a transmission put into the text, turned into blanks at equal length.

After this the text holds only what its author wrote; nothing here says what it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.cable.characters import plain_characters
from tracker.cable.model import Span
from tracker.cable.posts import last_post

_ENTITIES = {
    "amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": " ", "ndash": "-",
    "mdash": "-", "lsquo": "'", "rsquo": "'", "ldquo": '"', "rdquo": '"', "para": " ",
    "#39": "'", "#34": '"', "#160": " ", "#182": " ", "#8211": "-", "#8212": "-", "#8216": "'",
    "#8217": "'", "#8220": '"', "#8221": '"', "#x27": "'", "bull": "\u2022",
}  # fmt: skip

_ENTITY = re.compile(r"&(#?\w{2,6});")  # "&amp;"
_TAG = re.compile(  # "<br />", "<a href='…'>", "</p>"
    r"</?(?:a|b|br|i|p|u|em|div|pre|span|strong|code|h[1-6]|li|ul|ol|td|tr|table|tbody|blockquote|font)"
    r"(?:\s[^<>\n]{0,300})?/?>",
    re.IGNORECASE,
)
_PILCROW_LINK = re.compile(r"\[1\]\([^()\s]{0,200}\)(?=\s?\d)")  # "[1](#)1." for "¶1."
_LINK = re.compile(r"\[([^\[\]\n]{1,120})\]\([^()\s]{0,300}\)")  # "[PGOV](#)", "[B](#)."
_HASHES = re.compile(r"\#{1,6}")  # "#### COMMENT", "COMMENT ##"
_NOTHING_MORE = re.compile(r"[ ]*$", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|\\(?=[-.()\[\]*#_])")  # "**Comment:**", "\-"
_PILCROW = re.compile("\u00b6")

# "Armenia,s", "We,d", "DON,T": a comma for the apostrophe. The comma stands first, which is fast.
_POSSESSIVE = re.compile(
    r",(?:(?=(?:s|t|d|m|re|ve|ll|S|T|RE|VE|LL)\b)(?<=[A-Za-z]{2},)|(?=(?:m|d|ve|ll)\b)(?<=\b[IA],)|(?=[Aa]ffaires\b|AFFAIRES\b)(?<=\b[dD],))"
)
_QUOTE = re.compile(  # "&corridor8": ampersand and 8 for the quotation marks
    r"(?<![\w&])&(?=[A-Za-z])([^&\n]{1,200}?[A-Za-z.,!?])8(?=[\s.,;:)?!-]|$)"
)
_QUOTED = re.compile(r"^[ ]{0,2}(?:>[ ]?){1,6}", re.MULTILINE)  # "> " of a forwarded mail
_DASH = re.compile(r"(?<=[A-Za-z.,] )\)(?= [A-Z])")  # "1. Jane Roe ) State Department"

# "002 OF 005", "001.2 OF 004", "02 OF 04 121545Z": the end of a page line, from the "OF" on.
_PAGE_PART = re.compile(r"[ ]OF[ ]{1,3}\d{2,3}(?!\d)(?:[ ]{1,4}\d{6}Z)?")
# "BAKU 00000832 002", "PAGE 02  BONN 12345 01": what stands before the "OF".
_PAGE_LEFT = re.compile(
    r"(PAGE[ ]{1,4}\d{1,3}[ ]{1,12})?([A-Z][A-Z. ]{1,50}?)[ ]{1,8}\d{4,8}"
    r"[ ]{1,4}\d{1,3}(?:\.\d{1,2})?[ ]{0,2}$"
)
# "002 OF 005" alone, the post being lost; a count ("150 OF 192") has no leading nought.
_PAGE_ALONE = re.compile(r"(?<!\d)0\d{1,2}(?:\.\d{1,2})?[ ]{0,2}$")
_PAGE_OF = re.compile(r"^[ ]*PAGE[ ]{1,4}\d{1,3}[ ]{1,4}OF[ ]{1,4}\d{1,3}[ ]*$", re.MULTILINE)
# "PAGE 02        BONN  12345  121545Z" of the 1970s.
_OLD_PAGE = re.compile(
    r"^[ ]*PAGE[ ]{1,4}\d{1,3}[ ]{1,12}[A-Z][A-Z. ]{1,30}[ ]\d{3,8}[^\n]{0,40}$", re.MULTILINE
)
_TRAILER = re.compile(  # "NNNN", "<< END OF DOCUMENT >>", "#0832", "BT" alone on a line
    r"^[ ]*(?:N{3,4}|BT|\#\d{3,5}|<<[ ]*END[ ]OF[ ]DOCUMENT[ ]*>>|=+[ ]*CABLE[ ]ENDS[ ]*=+)[ ]*$",
    re.MULTILINE,
)


# "C O N F I D E N T I A L SECTION 2 OF 3 NEW DELHI 5012": the last line of a section's head, and
# the lines that may stand in one.
_LATER_SECTION = re.compile(
    r"^[^\n]{0,60}\bSECTION[ ]{0,3}(?:[2-9]|0[2-9]|1\d|[A-Z]{3,5})[ ]{0,2}OF[ ]{0,2}\d{1,2}\b"
    r"[^\n]*$",
    re.MULTILINE,
)
_HEAD_LINE = re.compile(
    r"""[ ]*(?:$|\d{1,3}[ ]*$|(?:(?:ACTION|INFO)[ ]+)?[A-Z/]{1,6}-\d\d\b
    |[-\d ]{8,}|(?:[OPRZ][ ]){1,3}\d{6}Z|\d{6}Z[ ][A-Z]{3}[ ]\d\d|FM[ ]|TO[ ]|INFO[ ]|/\d{2,3}[ ]W
    |(?:AM|US)?(?:EMBASSY|CONSUL|CONGEN|MISSION|EMBASSIES)\b|R[A-Z]{4,6}/|RU[A-Z]{4,6}[ ]|SECSTATE
    |[A-Z]{4,12}[ ]*(?:PRIORITY|IMMEDIATE|ROUTINE)?[ ]*\d{0,4}$)""",
    re.VERBOSE,
)


# "USDOC WASHDC", "CINCEUR VAIHINGEN GE 0123": below "FM" in a section's head.
_ADDRESSEE = re.compile(r"[ ]*[A-Z/]{2,14}(?:[ ][A-Z/]{2,12}){1,4}(?:[ ]\d{1,4})?[ ]*$")


def mask(source: str) -> str:
    """``source`` at equal length without page lines, mark-up and typographic accidents."""
    text = plain_characters(source)
    if text.count("\n>") > 2:
        text = _QUOTED.sub(_blanked, text)
    text = _mask_markup(text)
    text = _mask_pages(text)
    text = _POSSESSIVE.sub("'", text)
    if "8" in text and "&" in text:
        text = _QUOTE.sub(lambda found: f'"{found.group(1)}"', text)
    if " ) " in text:
        text = _DASH.sub(_dash_unless_closing, text)
    return text


def unescape(passage: str) -> str:
    """``passage`` with its entities read, not at equal length: for values, never for spans."""
    return _ENTITY.sub(lambda found: _ENTITIES.get(found.group(1).lower(), found.group()), passage)


def blanks(passage: str) -> str:
    """As many blanks as ``passage`` has characters; ends of lines stay."""
    return "\n".join(" " * len(line) for line in passage.split("\n"))


def _blanked(found: re.Match[str]) -> str:
    return blanks(found.group())


def _mask_markup(text: str) -> str:
    if "\u00b6" in text:
        text = _PILCROW.sub(" ", text)
    if "](" in text:
        text = _PILCROW_LINK.sub(_blanked, text)
        text = _LINK.sub(_keep(1), text)
    if "<" in text:
        text = _TAG.sub(_blanked, text)
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "#" in text:
        text = _HASHES.sub(_unless_heading, text)
    if "**" in text or "__" in text or "\\" in text:
        text = _EMPHASIS.sub(_blanked, text)
    return text


def _mask_pages(text: str) -> str:
    if "PAGE" in text:
        text = _PAGE_OF.sub(_blanked, text)
    if "SECTION" in text:
        text = blank_all(text, [_head_span(text, s) for s in _LATER_SECTION.finditer(text)])
    if " OF " in text:
        text = blank_all(text, [_page_span(text, found) for found in _PAGE_PART.finditer(text)])
    if "PAGE" in text:
        text = _OLD_PAGE.sub(_blanked, text)
    return _TRAILER.sub(_blanked, text)


def _head_span(text: str, section: re.Match[str]) -> Span | None:
    """The head that stands again before a later section, with its page line; None where no
    transmission line stands above: then it is the head of the message itself."""
    start, has_line = section.start(), False
    while start > 0:
        begun = text.rfind("\n", 0, start - 1) + 1
        line = text[begun : start - 1]
        if _OLD_PAGE.match(line) or line.strip().startswith("PAGE "):
            return begun, section.end()
        if not (_HEAD_LINE.match(line) or (not has_line and _ADDRESSEE.match(line))):
            break
        has_line = has_line or bool(re.match(r"[ ]*(?:FM[ ]|(?:[OPRZ][ ]){1,3}\d{6}Z)", line))
        start = begun
    is_inside = text.count("\n\n", 0, start) > 3
    return (start, section.end()) if has_line and is_inside else None


def _page_span(text: str, part: re.Match[str]) -> Span | None:
    """Where the page line that ends with ``part`` stands; None for a classification line's
    "SECTION 01 OF 05" and for counts."""
    start, end = part.span()
    before = text[max(0, start - 80) : start].rpartition("\n")[2]
    alone = re.search(r"SECTION[ ]{0,4}(?:\d{1,3}(?:\.\d)?)?[ ]{0,2}$", before)
    left = _PAGE_LEFT.search(before)
    if alone is not None or left is None:
        number = _PAGE_ALONE.search(before)
        is_page = number is not None and alone is None and part.group().split()[1].startswith("0")
        return (start - len(before) + number.start(), end) if number and is_page else None
    if left[1]:
        return start - len(before) + left.start(), end
    post = " ".join(last_post(left[2].split()))
    place = before.rfind(post.split()[0], left.start(2))
    return start - len(before) + max(place, left.start(2)), end


def blank_all(text: str, spans: list[Span | None]) -> str:
    """``text`` with blanks over ``spans``, which are in order; ends of lines stay."""
    pieces, place = [], 0
    for span in spans:
        if span is not None and span[0] >= place:
            pieces += [text[place : span[0]], blanks(text[span[0] : span[1]])]
            place = span[1]
    return "".join([*pieces, text[place:]])


def _keep(group: int) -> Callable[[re.Match[str]], str]:
    def replace(found: re.Match[str]) -> str:
        kept = found.group(group)
        lead = found.start(group) - found.start()
        return " " * lead + kept + " " * (len(found.group()) - lead - len(kept))

    return replace


def _entity(found: re.Match[str]) -> str:
    plain = _ENTITIES.get(found.group(1).lower())
    return found.group() if plain is None else plain.ljust(len(found.group()))


def _unless_heading(found: re.Match[str]) -> str:
    """Blanks for the signs of a heading: at the head of a line, or at its end."""
    text, start, end = found.string, found.start(), found.end()
    window = text[max(0, start - 4) : start]
    before = window.rpartition("\n")[2]
    is_at_head = (len(before) < len(window) or start < 4) and not before.strip(" ")
    if (is_at_head and text[end : end + 1].isspace()) or (
        before.endswith(" ") and _NOTHING_MORE.match(text, end)
    ):
        return " " * (end - start)
    return found.group()


def _dash_unless_closing(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 120) : found.start()]
    return ")" if before.rfind("(") > before.rfind(")") else "-"
