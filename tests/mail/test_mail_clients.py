"""The checklist of docs/mail.md, applied to each expected mail: what mail programs render.

Tests are named in that page's table; a rule without one fails here.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.mail.digests import expected_mails, make_digest, make_task
from tracker.mail import render_digest
from tracker.policy.markings import LEVELS, Marking

PAGE = Path(__file__).parents[2] / "docs" / "mail.md"
ELEMENTS = {"html", "head", "meta", "title", "style", "body", "table", "tr", "td", "a"} | {
    "span",
    "b",
    "br",
}
PROPERTIES = {
    "background-color",
    "border",
    "border-radius",
    "color",
    "display",
    "font-family",
    "font-size",
    "font-weight",
    "line-height",
    "margin",
    "max-width",
    "padding",
    "text-decoration",
    "width",
    "word-break",
}
VOID = {"meta", "br"}
CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3.


@dataclass
class Element:
    """An element with its inline style, as a mail program sees it."""

    name: str
    attributes: dict[str, str]
    parents: tuple["Element", ...]
    text: str = ""
    style: dict[str, str] = field(default_factory=dict)

    @property
    def lineage(self) -> tuple["Element", ...]:
        return (*self.parents, self)

    def inherited(self, name: str) -> str | None:
        found = [element.style[name] for element in self.lineage if name in element.style]
        return found[-1] if found else None


class Reader(HTMLParser):
    """All elements of a mail in order, with the text directly in each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.comments: list[str] = []
        self.declaration = ""
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert not self._open, "an element is not closed"

    def handle_decl(self, decl: str) -> None:
        self.declaration = decl

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, tuple(self._open))
        element.style = declarations(attributes.get("style", ""))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self._open[-1].text += data


def declarations(style: str) -> dict[str, str]:
    pairs = [part.split(":", 1) for part in style.split(";") if part.strip()]
    return {name.strip(): value.replace("!important", "").strip() for name, value in pairs}


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


def mails_by_level() -> dict[str, str]:
    """A mail of each level, since the banner's colour goes with it."""
    mails = {}
    for level in LEVELS:
        marking = Marking(level)
        task = make_task(marking=marking, due_in=-1, last_remark="See above.")
        mails[f"level {level}"] = html_of(render_digest(make_digest(task, ceiling=marking)))
    return mails


ALL = {name: html_of(message) for name, message in expected_mails().items()} | mails_by_level()


@pytest.fixture(params=sorted(ALL))
def mail(request: pytest.FixtureRequest) -> str:
    return ALL[request.param]


@pytest.fixture
def page(mail: str) -> Reader:
    return Reader(mail)


def words_of(page: Reader) -> list[Element]:
    """Elements of the body that hold words."""
    return [e for e in page.elements if e.text and any(p.name == "body" for p in e.lineage)]


def test_elements_are_tables_links_and_emphasis_only(page: Reader):
    assert {element.name for element in page.elements} <= ELEMENTS


def test_nothing_is_fetched(mail: str, page: Reader):
    assert not re.search(r"\b(src|srcset|background|poster|data)=", mail)
    assert "url(" not in mail
    assert "@import" not in mail
    assert not any(name.startswith("on") for e in page.elements for name in e.attributes)


def test_styles_are_inline_and_of_properties_that_outlook_and_gmail_know(page: Reader):
    for element in page.elements:
        assert set(element.style) <= PROPERTIES, element
    assert all(e.style.get("display", "inline-block") == "inline-block" for e in page.elements)


def test_the_style_sheet_holds_the_dark_scheme_and_nothing_else(mail: str, page: Reader):
    (sheet,) = [element.text for element in page.elements if element.name == "style"]
    rules = re.sub(r"@media \(prefers-color-scheme: dark\) \{(.*?\})\s*\}", "", sheet, flags=re.S)
    assert rules.split() == [":root", "{", "color-scheme:", "light", "dark;", "}"]
    assert len(sheet) < 8192
    used = {name for e in page.elements for name in e.attributes.get("class", "").split()}
    assert used <= set(re.findall(r"\.(\w+)", sheet))


def test_tables_are_layout_and_say_so(page: Reader):
    for table in (element for element in page.elements if element.name == "table"):
        assert table.attributes["role"] == "presentation"
        assert table.attributes["border"] == "0"
        assert table.attributes["cellpadding"] == table.attributes["cellspacing"] == "0"


def test_it_is_600_wide_at_most_and_as_narrow_as_the_screen(mail: str, page: Reader):
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in mail
    for element in page.elements:
        # The pieces of a bar share its width.
        assert re.fullmatch(r"100%|\d\d?%", element.attributes.get("width", "100%"))
        assert element.style.get("width", "100%") == "100%"
        assert element.style.get("max-width", "600px") == "600px"
    outlook = [comment for comment in page.comments if "<table" in comment]
    assert all("[if mso]" in comment and 'width="600"' in comment for comment in outlook)
    assert len(page.comments) == 2


def test_each_cell_with_words_names_its_font_colours_and_heights(page: Reader):

    for cell in (c for c in map(nearest_cell, words_of(page)) if c):
        wanted = {"font-family", "font-size", "line-height", "color", "background-color"}
        inside = (
            cell.style if wanted <= set(cell.style) else {**cell.style, **link_style(page, cell)}
        )
        assert wanted <= set(inside), cell


def test_a_background_stands_in_the_attribute_too(page: Reader):
    for element in page.elements:
        if element.name in ("td", "table") and "background-color" in element.style:
            assert element.attributes["bgcolor"] == element.style["background-color"]


def test_words_are_14_pixels_or_larger(page: Reader):
    for element in words_of(page):
        assert int((element.inherited("font-size") or "0").removesuffix("px")) >= 14, element.text


def test_contrast_is_enough_in_light_and_dark(page: Reader):
    (sheet,) = [element.text for element in page.elements if element.name == "style"]
    dark = {n: declarations(body) for n, body in re.findall(r"\.(\w+) \{ (.*?) \}", sheet)}
    for element in words_of(page):
        for scheme in ({}, dark):
            ink, ground = (
                colour_of(element, name, scheme) for name in ("color", "background-color")
            )
            assert contrast(ink, ground) >= CONTRAST, (element.text, ink, ground, bool(scheme))


def test_links_are_absolute_have_words_and_are_easily_hit(page: Reader):
    links = [element for element in page.elements if element.name == "a"]
    for link in links:
        assert re.match(r"https?://", link.attributes["href"])
        assert len(link.text.strip()) > 5
        assert int((link.inherited("line-height") or "0").removesuffix("px")) >= 22


def test_it_is_ascii_in_lines_that_every_server_passes(mail: str):
    assert mail.isascii()
    assert max(map(len, mail.splitlines())) < 998


def test_it_declares_language_encoding_and_both_colour_schemes(mail: str, page: Reader):
    assert page.declaration == "DOCTYPE html"
    assert page.elements[0].attributes["lang"] == "en"
    assert "text/html; charset=utf-8" in mail
    assert '<meta name="color-scheme" content="light dark">' in mail


@pytest.mark.parametrize("name", sorted(expected_mails()))
def test_text_and_html_say_the_same(name: str):
    message = expected_mails()[name]
    text = message.get_body(("plain",)).get_content()
    page = Reader(html_of(message))
    shown = " ".join(e.text for e in page.elements if any(p.name == "body" for p in e.lineage))
    links = [e.attributes["href"] for e in page.elements if e.name == "a"]
    assert sorted(set(re.findall(r"https://\S+", text))) == sorted(set(links))
    said = re.sub(r"https://\S+|^--$", "", text, flags=re.M)
    assert letters(said) == letters(re.sub(r"https://\S+", "", shown))


@pytest.mark.parametrize("name", sorted(expected_mails()))
def test_subject_and_size_are_within_what_lists_and_gmail_show(name: str):
    message = expected_mails()[name]
    assert len(message["Subject"]) < 60
    assert len(message.as_bytes()) < 100_000


def test_every_rule_of_the_checklist_has_its_test():
    rows = re.findall(r"^\|.*\| `(test_\w+)` \|$", PAGE.read_text(encoding="utf-8"), flags=re.M)
    here = {name for name in globals() if name.startswith("test_")}
    assert set(rows) == here - {"test_every_rule_of_the_checklist_has_its_test"}


def names(element: Element) -> list[str]:
    return [parent.name for parent in element.lineage]


def nearest_cell(element: Element) -> Element | None:
    cells = [parent for parent in element.lineage if parent.name == "td"]
    return cells[-1] if cells else None


def link_style(page: Reader, cell: Element) -> dict[str, str]:
    """The style of the one link that fills a button's cell."""
    (link,) = [e for e in page.elements if e.name == "a" and nearest_cell(e) is cell]
    return link.style


def letters(text: str) -> list[str]:
    """The words of a text, whatever their order and case."""
    return sorted(re.findall(r"\w+", text.casefold()))


def colour_of(element: Element, name: str, dark: dict[str, dict[str, str]]) -> str:
    colour = None
    for parent in element.lineage:
        colour = parent.style.get(name, colour)
        for class_name in parent.attributes.get("class", "").split():
            colour = dark.get(class_name, {}).get(name, colour)
    assert colour, (element.text, name)
    return colour


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours such as "#1b1b1b"."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
