"""python -m mlbasics."""

from mlbasics.cli.app import run

if __name__ == "__main__":
    run()
