"""Automatic numbers of Word's lists, which stand in no text: "1.", "a)", "-". Numbers only."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]  # It ships no types.

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts the paragraphs of every list; ``label`` must be asked in the order of the text."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, str] = {}
        if numbering is not None:
            self._read_levels(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: etree._Element) -> str:
        """The number with a blank behind it; "" where the paragraph is in no list."""
        number, level = self._list_of(paragraph)
        definition = self._levels.get((number, level))
        if definition is None:
            return ""
        form, template, start = definition
        if form == "bullet":
            return "- "
        key = (number, level)
        self._counts[key] = self._counts.get(key, start - 1) + 1
        for deeper in range(level + 1, 9):
            self._counts.pop((number, deeper), None)
        for outer in range(level + 1):
            count = self._counts.get((number, outer), 1)
            form_of_outer = self._levels.get((number, outer), (form, "", 1))[0]
            template = template.replace(f"%{outer + 1}", _spell(count, form_of_outer))
        return f"{template} " if template.strip() else ""

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        properties = paragraph.find(W + "pPr")
        if properties is None:
            return "", 0
        style = properties.find(W + "pStyle")
        number = self._styles.get(_value(style), "")
        level = 0
        listed = properties.find(W + "numPr")
        if listed is not None:
            number = _value(listed.find(W + "numId")) or number
            level = _integer(_value(listed.find(W + "ilvl")), 0)
        return number, level

    def _read_levels(self, numbering: etree._Element) -> None:
        abstract = {
            element.get(W + "abstractNumId"): element
            for element in numbering.findall(W + "abstractNum")
        }
        for element in numbering.findall(W + "num"):
            definition = abstract.get(_value(element.find(W + "abstractNumId")))
            for level in definition.findall(W + "lvl") if definition is not None else ():
                key = (element.get(W + "numId") or "", _integer(level.get(W + "ilvl"), 0))
                form = _value(level.find(W + "numFmt")) or "decimal"
                start = _integer(_value(level.find(W + "start")), 1)
                self._levels[key] = (form, _value(level.find(W + "lvlText")), start)

    def _read_styles(self, styles: etree._Element) -> None:
        for style in styles.findall(W + "style"):
            listed = style.find(f"{W}pPr/{W}numPr/{W}numId")
            if listed is not None:
                self._styles[style.get(W + "styleId") or ""] = _value(listed)


def _value(element: etree._Element | None) -> str:
    return "" if element is None else element.get(W + "val") or ""


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _spell(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        roman, left = "", count if count < 40 else 1
        for value, sign in _ROMAN:
            while left >= value:
                roman, left = roman + sign, left - value
        return roman.upper() if form == "upperRoman" else roman
    return str(count)
