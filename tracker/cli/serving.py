"""The commands `serve`, `web` and `scheduler`: the installation's processes.

`serve` supervises the other two; on a larger installation each is started by itself.
"""

from __future__ import annotations

import click

from tracker.cli.installation import open_installation

_TAKEN_BEYOND = 256 * 1024 * 1024
"""What is read, into a file, beyond the limit of an upload: who sends too much gets our page that
says so. Only above this does waitress cut the connection with words of its own."""


@click.command("serve")
def serve_command() -> None:
    """Start web and scheduler, and keep both running until Ctrl-C."""
    from tracker.cli.supervisor import serve

    serve()


@click.command("web")
def web_command() -> None:
    """Start the web server alone."""
    import waitress

    from tracker import create_app
    from tracker.cli.supervisor import end_with_supervisor, require_free_port

    end_with_supervisor()
    with open_installation() as (settings, _):
        require_free_port(settings)
        app = create_app(settings)
        waitress.serve(
            app,
            host=settings.host,
            port=settings.port,
            threads=8,
            ident=None,
            max_request_body_size=settings.max_upload_bytes + _TAKEN_BEYOND,
        )


@click.command("scheduler")
def scheduler_command() -> None:
    """Start the scheduler alone."""
    from tracker.cli.supervisor import end_with_supervisor
    from tracker.scheduler.jobs import run_scheduler

    end_with_supervisor()
    with open_installation() as (settings, _):
        run_scheduler(settings)
