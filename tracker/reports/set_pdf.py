"""Sets one report as PDF in a process of its own: JSON on standard input, the file on output.

Run by to_pdf for long reports: ``python -m tracker.reports.set_pdf TIMESTAMP``.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Reads, sets and writes."""
    from tracker.reports.to_pdf import set_report

    made = set_report(sys.stdin.buffer.read().decode(), int(sys.argv[1]))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
