"""Write the committed screens and the README's moving pictures from real runs: make screens.

Only what changed in more than digits is written, so that another processor's rounding leaves no trace.
"""

import re
import sys
from pathlib import Path

import mlbasics
from mlbasics.formats.view import View
from mlbasics.render.picture import picture
from mlbasics.render.terminal import Terminal
from mlbasics.words import FALLBACK, languages

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
PICTURES = ROOT / "docs"
NUMBER = re.compile(r"[-−]?\d+(\.\d+)?(e-?\d+)?|–")
INSIDE, BOTTOM = re.compile("[│┤]"), re.compile("└[┬─]{8}")  # of a plot, or of several side by side


def skeleton(screen):
    """The lines of a screen without numbers, bars, insides of plots, names that found no place there, and spaces."""
    lines, under = [], False
    for line in screen.split("\n"):
        under = under and not re.match(r"$|[\w✓✗?]", line)  # until a sentence, a table or an empty line
        if BOTTOM.search(line):
            lines.append("frame")
            under = True
        elif (
            under
        ):  # ticks, and the names for which a plot has no room: curves of other digits leave other room
            continue
        elif INSIDE.search(line):
            lines.append("plot")
        else:
            masked = re.sub("[▁-█]+", "bars", NUMBER.sub("#", line))
            lines.append(re.sub(r" +", " ", re.sub(r"─+", "─", masked)))
    return lines


def words(picture):
    """The words of a picture, wherever and however often they stand."""
    return set(re.findall(r"[^\W\d_]{2,}", picture))


def write(path, text, *, same):
    """Write a file unless what it holds is the same but for digits."""
    if not (path.exists() and same(path.read_text("utf-8"), text)):
        path.write_text(text, "utf-8", newline="\n")
        print(path.relative_to(ROOT))


def main():
    """Run every lesson at its defaults and write what it shows."""
    for lesson in mlbasics.lesson_names():
        run = mlbasics.run(lesson)
        golden = GOLDEN / f"{lesson}.txt"
        changed = not golden.exists() or skeleton(golden.read_text("utf-8")) != skeleton(run.to_text())
        write(golden, run.to_text(), same=lambda old, new: skeleton(old) == skeleton(new))
        for lang in languages():
            folder = PICTURES if lang == FALLBACK else PICTURES / lang
            folder.mkdir(exist_ok=True)
            write(
                folder / f"{lesson}.svg",
                run.render("svg", View(Terminal(width=80, lang=lang), watch=True)),
                same=lambda old, new, changed=changed: not changed and words(old) == words(new),
            )
    sys.path[:0] = [str(ROOT / "tests" / "explore")]
    import explorer  # needs Textual

    explorer.GOLDEN.mkdir(exist_ok=True)
    for lang in languages():
        write(
            (PICTURES if lang == FALLBACK else PICTURES / lang) / "explore.svg",
            picture(explorer.reel(lang), explorer.REEL[0], "mlbasics explore overfit", explorer.RATE),
            same=lambda old, new: words(old) == words(new),
        )
    for name in explorer.SCREENS:
        drawn, drawing = explorer.screen(name)
        write(
            explorer.GOLDEN / f"{name}.txt",
            drawn,
            same=lambda old, new, p=drawing: explorer.skeleton(old, p) == explorer.skeleton(new, p),
        )


if __name__ == "__main__":
    main()
