"""Every route as every role of both sides, as nobody and as administrator: who may see what.

Each internal field holds a word of its own (canaries.py); where a word shows up that should not,
the test names route, reader and field. New routes are walked as soon as they are registered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import BuildError, Rule
from werkzeug.test import TestResponse

from tests.web.canaries import OWN, THEIRS, Canaries, found_in
from tests.web.follow_up import fields_of
from tests.world import World
from tracker.models import (
    ROLES,
    AgreedList,
    Candidate,
    Change,
    Contact,
    LogEntry,
    Meeting,
    Membership,
    OwnerQuestion,
    ReportMail,
    StatusReport,
    Task,
)

SignedIn = Callable[[int], FlaskClient]
SHARED_ENDPOINTS = re.compile(
    r"shared\.|agreed_lists\.(?:show|export)$|amendments\.(?:delegations|end)$"
    r"|report_cycle\.(?:show|update)$|report_page\.(?:show|download)$|standing\.show$"
)
"""What the other side opens below a dialogue's address."""
LEADS_ON = {
    "reports.show_latest": {302},
    "cables.confirm_page": {303},
    "reminders.go_to_approval": {302},
}
"""Lead to today's report or the review, whether or not there is such a thing, and to a list that
is on offer to both sides."""
LEAVES = re.compile(r"sign_in\.sign_out_page|me\.end_session_page")
"""Posts that end the walk, and are tested elsewhere."""
ACTS_FOR_OUR_SIDE = ("owner", "approver", "notetaker", "editor", "lead")
MAY_POST = (
    (r"(accounts|rules|system)\.|shared\.ask$", set()),
    (r"roles\.|people\.active_page$", {"lead"}),
    (r"log(_questions)?\.", {"notetaker", "editor", "lead"}),
    (r"(agreed_lists|report_steps)\.approve$|amendments\.(delegations|end)$", {"approver"}),
    (r"shared\.|report_steps\.remarks$|standing\.put$", set(ACTS_FOR_OUR_SIDE)),
    (r"task_lists\.change$", {"owner", "editor", "lead"}),
    (r"", {"editor", "lead"}),
)
"""Who of our side may post to which endpoint below a dialogue, cable, mail or person; the first
line that fits. An owner changes the tasks that they own, and here they own none."""
ACTS_FOR_THEIR_SIDE = ("lead", "editor", "notetaker", "approver", "owner")


@pytest.fixture
def canaries(world: World) -> Canaries:
    return Canaries(world)


class Walk:
    """The addresses of every route, with things that exist in their parts."""

    def __init__(self, app: Flask, canaries: Canaries) -> None:
        self.app = app
        self.canaries = canaries
        self.values = canaries.values()

    def routes(self, method: str) -> Iterator[tuple[Rule, str]]:
        """Each route that takes the method, with an address; further ones where it matters."""
        adapter = self.app.url_map.bind("localhost")
        for rule in self.app.url_map.iter_rules():
            if method not in (rule.methods or ()):
                continue
            for values in self._variants(rule):
                known = {name: _value(rule, name, values) for name in rule.arguments}
                try:
                    yield rule, adapter.build(rule.endpoint, known, method)
                except BuildError:
                    continue

    def is_public(self, rule: Rule) -> bool:
        """Whether people who are not signed in may open it."""
        view = self.app.view_functions[rule.endpoint]
        return rule.endpoint == "static" or getattr(view, "is_public", False)

    def _variants(self, rule: Rule) -> Iterator[dict[str, object]]:
        yield self.values
        if "meetings" in rule.rule and "number" in rule.arguments:
            yield {**self.values, "number": 2}  # A draft there, which is ours alone.
        if "format_" in rule.arguments:
            yield {**self.values, "format_": "csv"}
        if rule.rule.endswith("/<name>"):
            yield from ({**self.values, "name": f"report.{kind}"} for kind in ("html", "csv"))
        if "day" in rule.arguments and "version" in rule.arguments:
            yield {**self.values, "version": 2}  # A draft that the other side was not shown.
        if "item" in rule.arguments:
            yield from ({**self.values, "item": n} for n in (2, 99))


@pytest.fixture
def walk(app: Flask, canaries: Canaries) -> Walk:
    return Walk(app, canaries)


def _value(rule: Rule, name: str, values: dict[str, object]) -> object:
    """What stands in a part of an address; one of the words where the route lists them."""
    words = getattr(rule._converters[name], "items", None)
    return sorted(words)[0] if words else values.get(name, 1)


def read(client: FlaskClient, address: str) -> TestResponse:
    with client.get(address) as response:
        response.get_data()
        return response


def leaks(response: TestResponse, words: set[str]) -> list[str]:
    headers = str(response.headers).encode()
    return list(found_in(response.data + headers, words))


def test_no_internal_word_reaches_the_other_side_by_any_page(
    walk: Walk, canaries: Canaries, signed_in: SignedIn
) -> None:
    words = canaries.internal | canaries.away
    for role in ROLES:
        client = signed_in(canaries.people[THEIRS, role])
        for rule, address in walk.routes("GET"):
            response = read(client, address)
            assert not leaks(response, words), (role, address)
            assert response.status_code < 500, (role, address)
            if rule.rule.startswith(("/dialogues/<slug>", "/cables/<", "/go/", "/outbox/<")):
                is_shared = SHARED_ENDPOINTS.match(rule.endpoint)
                allowed = (
                    {200, 302, 403, 404}
                    if is_shared
                    else {404} | LEADS_ON.get(rule.endpoint, set())
                )
                assert response.status_code in allowed, (role, address, response.status_code)


def test_the_other_side_opens_its_list_and_nothing_of_a_draft(
    walk: Walk, canaries: Canaries, signed_in: SignedIn
) -> None:
    client = signed_in(canaries.people[THEIRS, "reader"])
    base = f"/dialogues/{walk.values['slug']}"
    for path in (
        "/shared/",
        "/shared/meetings/1",
        "/shared/meetings/1/items/1",
        "/meetings/1/list/1",
        "/meetings/1/list/1/agreed-list.json",
    ):
        assert read(client, base + path).status_code == 200, path
    missing = read(client, f"{base}/shared/meetings/77").data
    for path in ("/shared/meetings/2", "/shared/meetings/99"):
        response = read(client, base + path)
        assert response.status_code == 404
        assert _plain(response.data) == _plain(missing)
    hidden = read(client, f"{base}/meetings/2/list/1")
    never = read(client, f"{base}/meetings/2/list/9")
    assert (hidden.status_code, _plain(hidden.data)) == (404, _plain(never.data))


def test_nothing_internal_changes_a_letter_of_what_the_other_side_sees(
    walk: Walk, canaries: Canaries, signed_in: SignedIn
) -> None:
    """Not by a count, a number, an order or a date."""
    client = signed_in(canaries.people[THEIRS, "lead"])
    addresses = [address for rule, address in walk.routes("GET") if rule.endpoint != "static"]
    before = {address: _plain(read(client, address).data) for address in addresses}
    canaries.add_internal_work()
    for address in addresses:
        assert _plain(read(client, address).data) == before[address], address


def test_our_own_view_of_the_shared_pages_is_what_the_other_side_sees(
    walk: Walk, canaries: Canaries, signed_in: SignedIn
) -> None:
    client = signed_in(canaries.people[OWN, "lead"])
    for rule, address in walk.routes("GET"):
        if rule.rule.startswith("/dialogues/<slug>/shared"):
            assert not leaks(read(client, address), canaries.internal), address


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_our_own_roles_read_their_dialogue_and_no_other(
    walk: Walk, canaries: Canaries, signed_in: SignedIn
) -> None:
    seen: set[str] = set()
    for role in ROLES:
        client = signed_in(canaries.people[OWN, role])
        for rule, address in walk.routes("GET"):
            response = read(client, address)
            assert not leaks(response, canaries.away), (role, address)
            assert response.status_code < 500, (role, address)
            if walk.is_public(rule):
                continue
            seen.update(leaks(response, canaries.internal))
    shown_to_nobody = {"message"}  # A Message-ID is for mail programs.
    hidden = {
        word for word in canaries.internal - seen if word.split("-")[1] not in shown_to_nobody
    }
    assert hidden <= {w for w in hidden if w.split("-")[1] in ("mail", "alias", "papername")}, (
        hidden
    )


@pytest.mark.parametrize("who", ["administrator", "none"])
def test_who_has_no_part_in_a_dialogue_sees_none_of_it(
    walk: Walk, canaries: Canaries, signed_in: SignedIn, who: str
) -> None:
    contact_id = canaries.people["nowhere", who]
    canaries.world.account(contact_id, is_administrator=who == "administrator")
    client = signed_in(contact_id)
    directory = {w for w in canaries.internal if w.split("-")[1] in ("office", "mail", "alias")}
    allowed = directory if who == "administrator" else set()
    for rule, address in walk.routes("GET"):
        response = read(client, address)
        assert not leaks(response, canaries.internal - allowed), (who, address)
        assert response.status_code < 500, address
        is_internal = rule.rule.startswith(("/dialogues/<slug>", "/cables/<", "/go/"))
        if is_internal and rule.endpoint not in LEADS_ON:
            assert response.status_code == 404, (who, address, response.status_code)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_is_led_to_the_sign_in_and_sees_nothing(
    walk: Walk, canaries: Canaries, app: Flask
) -> None:
    client = app.test_client()
    for rule, address in walk.routes("GET"):
        response = read(client, address)
        assert not leaks(response, canaries.internal | canaries.away), address
        if walk.is_public(rule):
            assert response.status_code in (200, 404, 410), (address, response.status_code)
        else:
            assert response.status_code == 302, (address, response.status_code)
            assert response.headers["Location"].startswith("/sign-in"), address


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nobody_changes_anything_by_a_post(walk: Walk, canaries: Canaries, app: Flask) -> None:
    before = _state(canaries)
    client = app.test_client()
    token = _token(client, "/sign-in")
    for rule, address in walk.routes("POST"):
        response = client.post(address, data={"csrf_token": token})
        assert not leaks(response, canaries.internal | canaries.away), address
        if not walk.is_public(rule):
            assert response.status_code in (400, 401), (address, response.status_code)
            assert client.post(address).status_code in (400, 401), address
    assert _state(canaries) == before


@pytest.mark.parametrize("side", [THEIRS, OWN])
def test_who_only_reads_changes_nothing_by_a_post(
    walk: Walk, canaries: Canaries, signed_in: SignedIn, side: str
) -> None:
    before = _state(canaries)
    words = canaries.away if side == OWN else canaries.internal | canaries.away
    for role in ("reader", "co-chair"):
        client = signed_in(canaries.people[side, role])
        token = _token(client, "/me/")
        for rule, address in walk.routes("POST"):
            if LEAVES.match(rule.endpoint):
                continue
            data = {"csrf_token": token, "status": "done", "remark": "x", "typed": "x"}
            response = client.post(address, data=data)
            assert not leaks(response, words), (role, address)
            assert response.status_code < 500, (role, address)
            if "<slug>" in rule.rule or rule.rule.startswith("/cables/<"):
                allowed = {403, 404, 409, 422} | LEADS_ON.get(rule.endpoint, set())
                assert response.status_code in allowed, (role, address, response.status_code)
    assert _state(canaries) == before


def test_the_other_sides_posts_reach_its_own_items_only(
    walk: Walk, canaries: Canaries, signed_in: SignedIn
) -> None:
    """With what such a form could hold, and fields that would give more."""
    before = _state(canaries)
    words = canaries.internal | canaries.away
    for role in ACTS_FOR_THEIR_SIDE:
        client = signed_in(canaries.people[THEIRS, role])
        token = _token(client, "/me/")
        for rule, address in walk.routes("POST"):
            if LEAVES.match(rule.endpoint) or rule.endpoint == "shared.update":
                continue
            data = {
                "csrf_token": token,
                "status": "done",
                "side": OWN,
                "role": "lead",
                "marking": "U",
                "typed": "Open the gate",
                "client_id": "client-from-them",
                "title": "Ours now",
            }
            response = client.post(address, data=data)
            assert not leaks(response, words), (role, address)
            assert response.status_code < 500, (role, address)
            is_shared = SHARED_ENDPOINTS.match(rule.endpoint) or rule.endpoint in (
                "agreed_lists.approve",
                "report_steps.approve",
                "report_steps.remarks",
            )
            if "<slug>" in rule.rule or rule.rule.startswith("/cables/<"):
                allowed = {403, 404, 409, 422} if is_shared else {403, 404}
                allowed |= LEADS_ON.get(rule.endpoint, set())
                assert response.status_code in allowed, (role, address, response.status_code)
    assert _state(canaries) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_our_own_roles_post_what_is_theirs_to_do_and_no_more(
    walk: Walk, canaries: Canaries, signed_in: SignedIn
) -> None:
    """What a role may not do changes nothing, and what it may do is not refused. On one database:
    rights are asked before anything is stored."""
    for role in ACTS_FOR_OUR_SIDE:
        client = signed_in(canaries.people[OWN, role])
        token = _token(client, "/me/")
        data = {"csrf_token": token, "status": "done", "typed": "Open", "reason": "x", "text": "x"}
        before = _state(canaries)
        mine = []
        for rule, address in walk.routes("POST"):
            if not re.match(r"/(dialogues|cables)/<|/(outbox|people|system)/", rule.rule):
                continue
            if role in _may_post(rule.endpoint):
                mine.append((rule, address))
                continue
            response = client.post(address, data=data)
            assert not leaks(response, canaries.away), (role, address)
            allowed = {403, 404, 422} | LEADS_ON.get(rule.endpoint, set())
            assert response.status_code in allowed, (role, address, response.status_code)
        assert _state(canaries) == before, role
        for rule, address in mine:
            response = client.post(address, data=data)
            assert not leaks(response, canaries.away), (role, address)
            is_taken = response.status_code < 500 and response.status_code != 403
            assert is_taken, (role, rule.endpoint, address, response.status_code)


def _may_post(endpoint: str) -> set[str]:
    return next(roles for pattern, roles in MAY_POST if re.match(pattern, endpoint))


def test_their_item_takes_their_status_and_ours_does_not(
    walk: Walk, canaries: Canaries, signed_in: SignedIn
) -> None:
    client = signed_in(canaries.people[THEIRS, "editor"])
    base = f"/dialogues/{walk.values['slug']}/shared/meetings/1/items"
    answers = {99: client.post(f"{base}/99", data={"csrf_token": _token(client, f"{base}/1")})}
    for n in (1, 2, 3, 4):
        seen = fields_of(client.get(f"{base}/{n}").text, f"{base}/{n}")
        answers[n] = client.post(f"{base}/{n}", data={**seen, "status": "done"})
    # 1 is both sides', 2 ours, 3 theirs, 4 both sides'.
    codes = {n: answer.status_code for n, answer in answers.items()}
    assert codes == {1: 303, 2: 422, 3: 303, 4: 303, 99: 404}


def test_the_walk_covers_every_route(
    walk: Walk, canaries: Canaries, record_property: Callable[[str, object], None]
) -> None:
    gets = {rule.rule for rule, _ in walk.routes("GET")}
    posts = {rule.rule for rule, _ in walk.routes("POST")}
    registered = {
        (rule.rule, method)
        for rule in walk.app.url_map.iter_rules()
        for method in ("GET", "POST")
        if method in (rule.methods or ())
    }
    assert {(r, "GET") for r in gets} | {(r, "POST") for r in posts} == registered
    roles = len(ROLES)
    record_property(
        "matrix", f"{len(gets)} GET and {len(posts)} POST routes, {roles} roles, 2 sides"
    )
    print(f"{len(gets)} GET, {len(posts)} POST routes x {roles} roles x 2 sides, + 3 others")


_CHANGING = re.compile(
    rb'name="csrf_token"[^>]*value="[^"]*"|X-CSRFToken[^}]*}|last used[^<]*|\?v=\w+'
)


def _plain(page: bytes) -> bytes:
    """The page without what changes with every request."""
    return _CHANGING.sub(b"", page)


def _token(client: FlaskClient, page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', client.get(page).text)
    assert found, page
    return found.group(1)


def _state(canaries: Canaries) -> list[object]:
    """All that must not change: tasks, history, log, lists, meetings, roles."""
    with canaries.world.database.reading() as session:
        tasks = select(Task.id, Task.version, Task.status, Task.history_hash).order_by(Task.id)
        lists = select(AgreedList.id, AgreedList.state, AgreedList.sha256).order_by(AgreedList.id)
        log = select(LogEntry.id, LogEntry.version).order_by(LogEntry.id)
        meetings = select(Meeting.id, Meeting.closed_at, Meeting.place).order_by(Meeting.id)
        roles = select(Membership.contact_id, Membership.role).order_by(Membership.id)
        changes = select(Change.id).order_by(Change.id)
        reports = select(StatusReport.id, StatusReport.state, StatusReport.edits)
        questions = select(OwnerQuestion.id, OwnerQuestion.answered_at).order_by(OwnerQuestion.id)
        candidates = select(Candidate.id, Candidate.version).order_by(Candidate.id)
        people = select(Contact.id, Contact.is_active, Contact.version).order_by(Contact.id)
        mails = select(ReportMail.id, ReportMail.state).order_by(ReportMail.id)
        return [
            [tuple(row) for row in session.execute(query)]
            for query in (
                *(tasks, lists, log, meetings, roles, changes),
                *(reports.order_by(StatusReport.id), questions, candidates, people, mails),
            )
        ]
