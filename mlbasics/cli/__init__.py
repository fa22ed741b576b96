"""The command line: this room alone knows Typer, the streams and the environment."""

import gc
import signal
import sys

SELDOM = 100_000
"""Objects made and kept before any is looked at: a screen takes 60 000, nearly all of them to its end."""


def run() -> None:
    """Run the program and leave with its exit code; signals and closed streams are seen to first of all."""
    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback while the next lines are read
    from mlbasics.cli import leaving

    leaving.at_signals()
    gc.set_threshold(SELDOM)
    from mlbasics.cli import streams

    streams.hold()
    from mlbasics.cli.app import main

    leaving.at_the_end(main(sys.argv[1:]))
