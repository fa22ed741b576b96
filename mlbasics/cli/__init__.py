"""The command line: this room alone knows Typer, the streams and the environment."""

import gc
import sys


def run() -> None:
    """Run the program and leave with its exit code; signals and closed streams are seen to first of all."""
    from mlbasics.cli import leaving, streams

    leaving.at_signals()
    streams.hold()
    gc.set_threshold(
        100_000
    )  # a look makes 60 000 objects and keeps nearly all: to search them takes 4 % of it
    from mlbasics.cli.app import main

    leaving.at_the_end(main(sys.argv[1:]))
