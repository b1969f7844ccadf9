"""The services as commands: one file per group of commands, loaded only when called.

Exit codes: 0 done, 1 the input or request is at fault (one line on stderr), 2 wrong usage.
"""

from __future__ import annotations

import sys
import traceback
from importlib import import_module
from pathlib import Path

import click

from tracker.policy.errors import TrackerError

_OURS = Path(__file__).resolve().parents[1]
_COMMANDS = {
    "extract": "tracker.cli.extract:extract_command",
    "rules": "tracker.cli.rules:rules_command",
    "import": "tracker.cli.importing:import_command",
    "remind": "tracker.cli.reminding:remind_command",
    "report": "tracker.cli.reporting:report_command",
    "list": "tracker.cli.lists:list_group",
    "serve": "tracker.cli.serving:serve_command",
    "web": "tracker.cli.serving:web_command",
    "scheduler": "tracker.cli.serving:scheduler_command",
    "inbound": "tracker.cli.inbound:inbound_command",
    "db": "tracker.cli.operating:db_group",
    "audit": "tracker.cli.operating:audit_group",
    "check": "tracker.cli.operating:check_command",
    "backup": "tracker.cli.operating:backup_command",
    "restore": "tracker.cli.operating:restore_command",
}


class _LazyGroup(click.Group):
    """Imports a command's module when it is called, so that `extract` starts without a web
    server or database library."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order above."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_LazyGroup)
@click.version_option(package_name=None, version="0.1.0", prog_name="tracker")
def cli() -> None:
    """Follow up on what two governments agreed: read cables, track tasks, remind, report."""


def main(arguments: list[str] | None = None) -> None:
    """Runs the command line and ends the process with its exit code."""
    try:
        code = cli.main(args=arguments, standalone_mode=False)
    except TrackerError as error:
        _end(1, str(error))
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        _end(1, error.format_message())
    except (click.Abort, KeyboardInterrupt):
        _end(130, "Stopped.")
    except BrokenPipeError:
        sys.exit(0)
    except Exception as error:
        _end(1, _unexpected(error))
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _unexpected(error: Exception) -> str:
    """Where it happened and nothing of what was being handled, which may hold cable text."""
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if _OURS in Path(f.filename).parents
    ]
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in frames[-3:]]
    return (
        f"This is a fault of the tracker itself ({type(error).__name__} at {' > '.join(places)}). "
        "Please report it with this line; nothing was changed by what did not come to its end."
    )


def _end(code: int, words: str) -> None:
    click.echo(f"tracker: {' '.join(words.split())}", err=True)
    sys.exit(code)
