"""The command line: this room alone knows Typer, the streams and the environment."""

import gc
import signal
import sys

SELDOM = 50_000  # objects made and kept, up to which none is looked at: loading keeps nearly all it makes


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
