"""Write the golden screens and the README's pictures from real runs: make screens."""

from pathlib import Path

import mlbasics
from mlbasics.formats import View
from mlbasics.render.terminal import Terminal
from mlbasics.words import languages

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
PICTURES = ROOT / "docs"
WIDTHS = (40, 80, 120)
CHARACTERS = {"unicode": False, "ascii": True}


def screens(run):
    """Yield the name of each golden screen of a run, and the screen."""
    for width in WIDTHS:
        for language in languages():
            for characters, ascii_only in CHARACTERS.items():
                name = f"{run.lesson}-{width}-{language}-{characters}.txt"
                yield name, run.to_text(width, language, ascii_only=ascii_only)


def main():
    """Run every lesson at its defaults and write what it shows; remove what no lesson shows any more."""
    for folder in (GOLDEN, PICTURES):
        folder.mkdir(exist_ok=True)
    for old in (*GOLDEN.glob("*.txt"), *PICTURES.glob("*.svg")):
        old.unlink()
    for lesson in mlbasics.lesson_names():
        run = mlbasics.run(lesson)
        for name, screen in screens(run):
            (GOLDEN / name).write_text(screen, "utf-8", newline="\n")
        picture = run.render("svg", View(Terminal(width=80)))
        (PICTURES / f"{lesson}.svg").write_text(picture, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
