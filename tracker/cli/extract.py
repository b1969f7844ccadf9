"""`tracker extract`: cables ─► items, without a database.

Reads files, prints; what an item is and how it is found lives in extract/.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:  # Imported for real only where a file is read, so that help comes fast.
    from tracker.intake import Document

_PARALLEL_FROM = 8
"""So many files are worth starting further processes."""


@dataclass(frozen=True)
class Job:
    """One file to read, and what a worker needs to know for it."""

    path: str
    today: dt.date
    lexicon: str | None
    with_text: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of a file: its JSON object, and its text where that was asked for, or why it
    could not be read."""

    path: str
    found: dict[str, Any] | None
    error: str | None = None
    text: str | None = None


@click.command("extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object; JSON Lines for several.")
@click.option("--explain", is_flag=True, help="Say for each item what picked it and why.")
@click.option(
    "--lexicon", type=click.Path(path_type=Path), help="A file of further names and phrases."
)
def extract_command(
    files: tuple[Path, ...], as_json: bool, explain: bool, lexicon: Path | None
) -> int:
    """Read cables and list what must be followed up. FILES may be folders; - reads a pipe."""
    words = _read_lexicon(lexicon)
    today = dt.datetime.now().astimezone().date()
    paths = list(_find_files(files))
    if not paths:
        raise click.ClickException("No files there. Name a cable or a folder that holds cables.")
    is_single = len(files) == 1 and not files[0].is_dir()
    failed: list[Outcome] = []
    jobs = [Job(path, today, words, with_text=explain and not as_json) for path in paths]
    for outcome in _with_progress(_run(jobs), len(jobs)):
        if outcome.found is None:
            failed.append(outcome)
        elif as_json:
            _print_json(outcome, is_single)
        else:
            _print_readable(outcome)
    for outcome in failed:
        click.echo(f"tracker: {outcome.path}: {outcome.error}", err=True)
    return 1 if failed else 0


def read_one(job: Job) -> Outcome:
    """Read one file; an outcome with an error where that is not possible."""
    from tracker.intake import IntakeError, read_document

    try:
        data = sys.stdin.buffer.read() if job.path == "-" else Path(job.path).read_bytes()
    except OSError as error:
        return Outcome(job.path, None, error.strerror or "cannot be read")
    try:
        document = read_document(data, None if job.path == "-" else job.path)
        return _extracted(job, document)
    except IntakeError as error:
        return Outcome(job.path, None, str(error))
    except Exception as error:  # One file that breaks a reader must not end a run over thousands.
        return Outcome(job.path, None, f"cannot be read ({type(error).__name__}); please report it")


def _extracted(job: Job, document: Document) -> Outcome:
    from tracker.cable import parse_cable
    from tracker.extract import DEFAULT, extract, read_lexicon, to_json
    from tracker.policy.errors import InvalidInput
    from tracker.services.recognise_cable import require_cable

    lexicon = read_lexicon(job.lexicon) if job.lexicon else DEFAULT
    cable = parse_cable(document.text)
    extraction = extract(cable, today=job.today, lexicon=lexicon)
    found = to_json(extraction)
    noticed = [{"code": "file", "message": words, "span": None} for words in document.warnings]
    try:
        require_cable(document, cable, extraction)
    except InvalidInput as error:  # Said, but a sentence alone is read as well.
        noticed = [{"code": "no_cable", "message": str(error), "span": None}]
    found["warnings"] = [*noticed, *found["warnings"]]
    return Outcome(job.path, found, text=document.text if job.with_text else None)


def _read_lexicon(path: Path | None) -> str | None:
    """The text of a lexicon file, checked: the one that was named, or else the installation's,
    without which it goes on where that cannot be read."""
    if path is None:
        return _installed_lexicon()
    from tracker.extract import LexiconError, read_lexicon

    try:
        data = path.read_bytes()
    except OSError as error:
        raise click.ClickException(
            f"The lexicon {path} cannot be read: {error.strerror}. Name a text file of names and "
            "phrases."
        ) from error
    try:
        text = data.decode("utf-8-sig")
        read_lexicon(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise click.ClickException(
            f"The lexicon {path} is not saved as UTF-8 (line {line}). Save it as UTF-8 text."
        ) from error
    except LexiconError as error:
        raise click.ClickException(str(error)) from error
    return text


def _installed_lexicon() -> str | None:
    from tracker.config import instance_folder
    from tracker.services.installation_lexicon import read_installation_lexicon

    found = read_installation_lexicon(instance_folder())
    if found.error is not None:
        click.echo(f"tracker: {found.error} Going on without it.", err=True)
        return None
    return found.text


def _find_files(files: Iterable[Path]) -> Iterator[str]:
    """Every file that was named, and those below a folder, in order."""
    for path in files:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                yield from (os.path.join(folder, n) for n in sorted(names) if not n.startswith("."))
        else:
            yield str(path)


def _run(jobs: list[Job]) -> Iterator[Outcome]:
    """The outcomes in the order of the jobs, on all cores where there are many."""
    cores = os.cpu_count() or 1
    if len(jobs) < _PARALLEL_FROM or cores < 2:
        yield from map(read_one, jobs)
        return
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(min(cores, len(jobs))) as pool:
        yield from pool.imap(read_one, jobs, chunksize=4)


def _with_progress(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """The same outcomes, counted on a terminal where there are many."""
    if total < _PARALLEL_FROM or not sys.stderr.isatty():
        yield from outcomes
        return
    for number, outcome in enumerate(outcomes, start=1):
        click.echo(f"\r{number} of {total} files", err=True, nl=number == total)
        yield outcome


def _print_json(outcome: Outcome, is_single: bool) -> None:
    import json

    found = outcome.found or {}
    if is_single:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        click.echo(json.dumps({"file": outcome.path, **found}, ensure_ascii=False))


def _print_readable(outcome: Outcome) -> None:
    from tracker.cli.extract_table import print_extraction

    print_extraction(outcome.path, outcome.found or {}, outcome.text)
