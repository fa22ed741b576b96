"""The command line: this room alone knows Typer, the streams and the environment."""

import signal
import sys


def run() -> None:
    """Run the program and leave with its exit code; signals and closed streams are seen to first of all."""
    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback while the next lines are read
    from mlbasics.cli import leaving

    leaving.at_signals()
    from mlbasics.cli import streams

    streams.hold()
    from mlbasics.cli.app import main

    code = main(sys.argv[1:])
    leaving.done()
    sys.exit(code)
