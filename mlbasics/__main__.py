"""python -m mlbasics."""

from mlbasics.cli import run

if __name__ == "__main__":
    run()
