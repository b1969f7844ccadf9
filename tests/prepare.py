"""Makes a fresh machine able to run every test: `python -m tests.prepare`, called by `make test`.

Installs Debian's chromium where it is missing and tries PostgreSQL; says what to do otherwise.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tests import postgres

BROWSERS = {
    "chromium-headless-shell": "/usr/bin/chromium-headless-shell",
    "chromium": "/usr/bin/chromium",
}
"""Debian's packages and what starts them; the first has no windows and is three times as fast."""


class NotPrepared(Exception):
    """What the tests need is missing and could not be had; the message says what to do."""


def main() -> int:
    """Exit code 0 where all is there, 1 with one clear message otherwise."""
    try:
        ensure_chromium()
        ensure_postgres()
    except NotPrepared as missing:
        print(f"The tests cannot run yet: {missing}", file=sys.stderr)
        return 1
    return 0


def find_chromium() -> str | None:
    """What starts the browser of this machine; None where there is none."""
    return next((path for path in BROWSERS.values() if shutil.which(path)), None)


def ensure_chromium() -> None:
    """Installs chromium with apt-get, as root or with sudo that asks for no password."""
    if find_chromium():
        return
    if not shutil.which("apt-get"):
        raise NotPrepared(f"install Chromium as {BROWSERS['chromium']} (no apt-get here).")
    become_root = _become_root()
    print("Installing chromium for the browser tests (once) …")
    _apt_get(become_root, "update", "-q")
    failures = []
    for package in BROWSERS:
        failures.append(_install(become_root, package))
        if find_chromium():
            return
    raise NotPrepared("apt-get could not install chromium:\n" + "\n".join(failures))


def _install(become_root: list[str], package: str) -> str:
    """Installs a package; returns what apt-get said where it failed."""
    done = _apt_get(
        become_root, "install", "-q", "-y", "--no-install-recommends", package, "fonts-dejavu-core"
    )
    return done.stderr.strip()[-1500:]


def _apt_get(become_root: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*become_root, "apt-get", *arguments],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        capture_output=True,
        text=True,
        check=False,
    )


def _become_root() -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
        if asked.returncode == 0:
            return ["sudo", "-n"]
    raise NotPrepared("install the browser first: sudo apt-get install chromium")


def ensure_postgres() -> None:
    """Starts a server once and stops it; the tests start their own."""
    try:
        postgres.version()
    except Exception as error:  # Whatever keeps it from starting is told, with its own words.
        raise NotPrepared(f"PostgreSQL from its wheel does not start: {error}") from error
    finally:
        postgres.stop()


if __name__ == "__main__":
    sys.exit(main())
