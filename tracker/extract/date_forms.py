"""How cables write days and months: "July 9-10", "15 DEC", "end-January".

Which day such a form means is decided in `dates`.
"""

from __future__ import annotations

import re

from tracker.cable.blanks import over_line_ends

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
           "september", "october", "november", "december")  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d%]|:\d)"
_YEAR = r"(?:,?\s{1,3}(?P<y>(?:19|20)\d\d)(?!\d))?"
_TO = r"(?:\s?(?:-|–|—|to|through|thru|and|&|until)\s?|\s(?:to|through|and)\s)"

# "July 9-10, 2007", "October 22", "December 30 to January 2"
MONTH_FIRST = re.compile(
    over_line_ends(
        rf"""\b(?P<m>{MONTH})\s{{0,3}}(?P<d>{_DAY})
    (?:{_TO}(?:(?P<m2>{MONTH})\s{{0,2}})?(?P<d2>{_DAY}))?{_YEAR}"""
    ),
    re.VERBOSE | re.IGNORECASE,
)
# "9-10 July 2007", "8 and 9 September", "15 DEC", "30 June - 2 July"
DAY_FIRST = re.compile(
    over_line_ends(
        rf"""(?<![\d/.:$,-])(?P<d>{_DAY})(?:\s(?P<m1>{MONTH}))?(?:{_TO}(?P<d2>{_DAY}))?
    \s{{0,2}}(?:of\s)?(?P<m>{MONTH})(?!\s\d\d?(?!\d)){_YEAR}"""
    ),
    re.VERBOSE | re.IGNORECASE,
)
# "26 FEB 10", "26FEB2010": the military way, with a year of two figures.
MILITARY = re.compile(
    over_line_ends(
        r"(?<![\d/.:$,-])(?P<d>0?[1-9]|[12]\d|3[01])\s?(?P<m>JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|"
        r"NOV|DEC)\s?(?P<y>\d\d)\b(?!:)"
    )
)
# "2008-01-15", "01/15/2008", "15/01/2008", "15.01.2008"
NUMERIC = re.compile(
    r"(?<![\d./])(?:(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|"
    r"(?P<first>\d{1,2})(?P<sign>[/.])(?P<second>\d{1,2})(?P=sign)(?P<y2>(?:19|20)\d\d))(?!\d)"
)
# "end-January", "the end of September", "mid-March", "early June 2008", "March"
MONTH_ONLY = re.compile(
    over_line_ends(
        rf"""\b(?:(?P<part>end|late|mid|early|beginning|middle|(?:first|second)\ half|start(?=\sof))
    (?:\s?-\s?|\s)(?:of\s)?(?:the\smonth\sof\s)?)?(?P<m>{MONTH})(?!\s{{0,2}}\d\d?(?!\d)){_YEAR}"""
    ),
    re.VERBOSE | re.IGNORECASE,
)


# "on the morning of the 20th", "by the 3rd": a day of the month that is meant.
ORDINAL = re.compile(
    over_line_ends(
        r"\bthe\s(?P<d>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?=[.,;:)]|\s(?:and|to|at|in|with|for|"
        r"before|after|or)\b|\s*\Z)"
    )
)
ORDINAL_SIGN = re.compile(r"\d(?:st|nd|rd|th)\b")
# "February-March 1979", "in April or May"
MONTHS_RANGE = re.compile(
    over_line_ends(
        rf"\b(?P<m>{MONTH})\s?(?:-|–|/|\sor\s|\sto\s|\sand\s)\s?(?P<m2>{MONTH})(?!\s{{0,2}}\d\d?(?!\d)){_YEAR}"
    ),
    re.IGNORECASE,
)


def month_of(name: str) -> int:
    """1 to 12 for "Dec", "December", "SEPT."."""
    return next(n for n, m in enumerate(_MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))
