"""Which passwords are taken: long and unlikely ones, in whatever language."""

from __future__ import annotations

import pytest

from tracker.policy.passwords import password_fault, plain_form

COMMON = frozenset(map(plain_form, ["correct horse battery staple", "iloveyouforever"]))
PERSONAL = ("mira.okonjo@example.org", "Ambassador Mira Okonjo", "dialogue tracker")


@pytest.mark.parametrize(
    "password",
    [
        "quiet lantern over harbour",
        "sieben kupferne Kessel",
        "длинная фраза про чайник",
        "vR7!kq9#Lm2$xW5",
        "Mira likes seventeen green teapots",
        "a tracker of migrating geese",
        "長い言葉をいくつか並べて作る合言葉",
        "x" + "unlikely kettles " * 14,
    ],
)
def test_long_unlikely_passwords_are_taken(password: str) -> None:
    assert password_fault(password, personal=PERSONAL, common=COMMON) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "at least 15"),
        ("fourteen chars", "at least 15"),
        ("x" * 257, "at most 256"),
        ("Correct Horse, Battery Staple!", "tried first"),
        ("I.Love.You.Forever.2024", "tried first"),
        ("ÎlovéYouForever", "tried first"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats"),
        ("abababababababababab", "repeats"),
        ("teapot teapot teapot", "repeats"),
        ("123456789012345", "follows the keys"),
        ("asdfghjkl qwertyuiop", "follows the keys"),
        ("zyxwvutsrqponmlkji", "follows the keys"),
        ("1234567890abcdefgh!", "follows the keys"),
        ("mira.okonjo@example.org", "Others know"),
        ("Ambassador Mira Okonjo 07", "Others know"),
        ("dialogue.tracker.mira", "Others know"),
    ],
)
def test_short_common_and_guessable_ones_are_refused_with_the_reason(
    password: str, words: str
) -> None:
    fault = password_fault(password, personal=PERSONAL, common=COMMON)
    assert fault is not None
    assert words in fault


def test_a_password_of_256_characters_is_checked_quickly() -> None:
    for password in ("ab" * 128, "abcdefgh" * 32, "a1" * 100 + "quiet lantern" * 4):
        password_fault(password, personal=PERSONAL, common=COMMON)
