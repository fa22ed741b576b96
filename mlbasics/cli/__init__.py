"""The command line: this room alone knows Typer, the streams and the environment."""

import _signal  # type: ignore[import-not-found]  # signal loads for 7 ms, in which Ctrl-C makes a traceback
import gc
import sys

SELDOM = 100_000
"""Objects made and kept before any is looked at: a screen takes 60 000, nearly all of them to its end."""


def run() -> None:
    """Run the program and leave with its exit code; signals and closed streams are seen to first of all."""
    if _signal.getsignal(_signal.SIGINT) == _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)  # no traceback while the next lines are read
    from mlbasics.cli import leaving

    leaving.at_signals()
    gc.set_threshold(SELDOM)
    from mlbasics.cli import streams

    streams.hold()
    from mlbasics.cli.app import main

    leaving.at_the_end(main(sys.argv[1:]))
