"""The page of the rules of extraction: what each did, and what administrators change about them.

Parse, call a service, redirect; no SQL here. People who review see the counts of their dialogues.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.policy.errors import Conflict, InvalidInput, NotAllowed
from tracker.queries.reviews import count_by_rule
from tracker.services.change_lexicon import (
    add_forms,
    additions,
    disable_rule,
    enable_rule,
    remove_line,
)
from tracker.services.installation_lexicon import read_installation_lexicon
from tracker.services.judge_rules import RuleRecord, judge_rules, missed_passages
from tracker.web.context import actor, now, reading, scope, settings
from tracker.web.forms.rules import WordsForm
from tracker.web.system import require_administrator

pages = Blueprint("rules", __name__)
SHOWN = {
    "all": "All",
    "decided": "Decided on",
    "off": "Switched off",
}
"""Which rules the page shows, by the value of ``show`` in its address."""


@pages.get("/system/rules/")
def rules_page() -> ResponseReturnValue:
    """What each rule picked, and what became of it."""
    may_review = any(scope().may_edit(dialogue_id) for dialogue_id in scope().dialogue_ids)
    if not may_review and not scope().is_administrator:
        raise NotAllowed("The rules are for those who review cables or run the installation.")
    return _page(WordsForm(formdata=None), 200)


@pages.post("/system/rules/words")
def words_page() -> ResponseReturnValue:
    """Adds names or phrases to the installation's words."""
    require_administrator()
    form, status = WordsForm(), 422
    if form.validate():
        forms = (form.forms.data or "").split(",")
        try:
            add_forms(
                settings().instance,
                form.sort.data,
                form.name.data or "",
                forms,
                actor=actor(),
                now=now(),
            )
        except InvalidInput as error:
            form.take_error(error)
        except Conflict as error:
            form.form_errors.append(str(error))
            status = 409
        else:
            flash("Added. Cables that are imported from now on are read with it.", "success")
            return redirect(url_for(".rules_page", _anchor="words"), 303)
    return _page(form, status)


@pages.post("/system/rules/words/remove")
def remove() -> ResponseReturnValue:
    """Takes back a line that added names or phrases."""
    require_administrator()
    try:
        remove_line(settings().instance, request.form.get("line", ""), actor=actor(), now=now())
    except Conflict as error:
        flash(str(error), "info")
    else:
        flash("Removed. Cables that are imported from now on are read without it.", "success")
    return redirect(url_for(".rules_page", _anchor="words"), 303)


@pages.post("/system/rules/<rule_id>/<any(on, off):state>")
def switch(rule_id: str, state: str) -> ResponseReturnValue:
    """Switches a rule off or on."""
    require_administrator()
    change = enable_rule if state == "on" else disable_rule
    try:
        change(settings().instance, rule_id, actor=actor(), now=now())
    except Conflict as error:
        flash(str(error), "info")
    else:
        words = "picks again" if state == "on" else "picks nothing any more"
        flash(f"The rule {rule_id} {words}, from the next import on.", "success")
    return redirect(url_for(".rules_page", show=_shown(), _anchor=f"r-{rule_id}"), 303)


def _page(form: WordsForm, status: int) -> tuple[str, int]:
    added = read_installation_lexicon(settings().instance)
    with reading() as session:
        counts = count_by_rule(session, scope())
    records = judge_rules(added.lexicon, counts)
    page = render_template(
        "web/system/rules.html",
        records=[record for record in records if _is_shown(record, _shown())],
        tallies=[
            (key, label, sum(_is_shown(record, key) for record in records))
            for key, label in SHOWN.items()
        ],
        shown=_shown(),
        missed=missed_passages(counts),
        decided=sum(record.decided for record in records),
        added=added,
        additions=additions(added.text or ""),
        form=form,
        may_change=scope().is_administrator,
        is_refused=status != 200,
    )
    return page, status


def _shown() -> str:
    asked = request.args.get("show", "all")
    return asked if asked in SHOWN else "all"


def _is_shown(record: RuleRecord, shown: str) -> bool:
    if shown == "decided":
        return record.decided > 0
    return shown == "all" or not record.is_enabled
