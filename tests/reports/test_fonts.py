"""The committed fonts are the ones named, and what they draw is read rightly."""

from __future__ import annotations

import hashlib

from tracker.reports.fonts import (
    FAMILIES,
    FONT_DIRECTORY,
    load_fonts,
    make_drawable,
    read_coverage,
    replace_missing,
)


def test_the_files_are_those_of_the_checksums() -> None:
    lines = (FONT_DIRECTORY / "SHA256SUMS").read_text().splitlines()
    expected = {name: digest for digest, name in (line.split() for line in lines)}
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in FONT_DIRECTORY.glob("*.ttf")
    }
    assert found == expected


def test_typst_finds_each_family_and_no_other() -> None:
    assert set(load_fonts().families()) == set(FAMILIES)


def test_the_fonts_stay_small() -> None:
    assert sum(path.stat().st_size for path in FONT_DIRECTORY.iterdir()) < 12_000_000


def test_coverage_knows_the_letters_of_the_parties() -> None:
    covered = read_coverage()
    assert all(ord(c) in covered for c in "AzəƏşŞğĞıİöÜçŽЯїЂЁαΩعبدאשհგᲐहिกข王龍한グ–—“”…№•")
    assert not {0x12000, 0x1F642, 0x10FFFF} & covered


def test_a_letter_that_no_font_draws_is_replaced_and_others_are_kept() -> None:
    assert replace_missing("aə王\U00012000\n\u200d") == "aə王\ufffd\n\u200d"


def test_a_letter_with_its_accent_apart_is_composed() -> None:
    assert make_drawable("s\u0327o\u0308") == "şö"


def test_only_words_too_long_for_a_column_get_places_to_break() -> None:
    assert make_drawable("Vergangenheitsbewältigung is one word") == (
        "Vergangenheitsbewältigung is one word"
    )
    assert make_drawable("x" * 30) == "\u200b".join(["xxxxxx"] * 5)
