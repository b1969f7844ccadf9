"""Fields that several forms share: a day, names separated by semicolons, check boxes for many.

No form of a page lives here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from wtforms import DateField, Field, Form, SelectMultipleField, StringField, widgets
from wtforms.validators import ValidationError

from tracker.policy.days import is_plausible


class DayField(DateField):
    """A date; one that does not exist, or that nobody can mean, is asked for again in words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads the date; raises ValueError with what to write instead."""
        if not "".join(valuelist).strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError("There is no such day. Write it like 2008-01-10.") from error
        if not is_plausible(self.data):
            self.data = None
            raise ValueError("Give a date between 1900 and 2199.")


class NamesField(StringField):
    """Several names on one line, separated by semicolons."""

    @property
    def names(self) -> list[str]:
        """The names, each once."""
        parts = (part.strip() for part in re.split(r"[;\n]", self.data or ""))
        return list(dict.fromkeys(part for part in parts if part))


def each_at_most(longest: int) -> Callable[[Form, Field], None]:
    """A validator: each of several names is no longer than what is stored of one."""

    def check(_form: Form, field: Field) -> None:
        if isinstance(field, NamesField) and any(len(name) > longest for name in field.names):
            raise ValidationError(f"Each name has at most {longest} characters.")

    return check


class ManyField(SelectMultipleField):
    """Any number of options, each a check box."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()
