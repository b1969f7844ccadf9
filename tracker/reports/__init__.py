"""Status reports: a Summary in, one file or page out; every format says the same.

No database and no Flask. ``render`` makes a file, ``render_html_body`` the part of a web page.
"""

from markupsafe import Markup

from tracker.reports.formats import FORMATS, Format, name_file, render
from tracker.reports.summary import Summary

__all__ = ["FORMATS", "Format", "Summary", "name_file", "render", "render_html_body"]


def render_html_body(summary: Summary, *, with_banner: bool = True) -> Markup:
    """See to_html.render_html_body; it is loaded when first asked for."""
    from tracker.reports.to_html import render_html_body as render_body

    return render_body(summary, with_banner=with_banner)
