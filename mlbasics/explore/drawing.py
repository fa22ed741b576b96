"""What is seen of a setting, and how it differs from what was seen before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from rich.ansi import AnsiDecoder
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from mlbasics.explore.knobs import knobs
from mlbasics.explore.setting import Setting
from mlbasics.kit.dial import Dial, Frame
from mlbasics.kit.report import Panels, Plot, Series
from mlbasics.render.look import Hero, figures
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import Terminal
from mlbasics.runs import Run
from mlbasics.words import Phrase, Words

Lines = Sequence[Sequence[Segment]]
COLOURS = re.compile(r"\x1b\[([\d;]*)m")


class Seen(NamedTuple):
    """A setting, the run that shows it, and what it shows there."""

    setting: Setting
    run: Run
    dial: Dial | None
    frame: Frame

    @property
    def judged(self) -> bool:
        """Whether the claims of the run are of this very setting."""
        return self.run.params == self.setting.params


def see(setting: Setting, run: Run) -> Seen:
    """Return what a run shows of a setting."""
    report, dial = run.report, run.dial
    if dial is None:
        return Seen(setting, run, None, Frame(report.heroes, report.scene))
    frame = dial.frame(setting.stands(dial))
    return Seen(setting, run, dial, frame._replace(heroes=frame.among(report.heroes)))


def picture(frame: Frame, former: Frame | None, words: Words, terminal: Terminal) -> Lines:
    """Return the figures in the rows of the terminal, over what was seen before."""
    heroes = list(frame.heroes)
    if former is not None:
        heroes[0] = over(heroes[0], former.heroes[0])
    drawn = figures(heroes, words, terminal, terminal.height)
    return rows("".join(drawn))


def rows(text: str) -> Lines:
    """Return a drawn text as rows of cells; all of a screen's signs are colors, each said in full."""
    return [
        [
            Segment(said, _style(signs))
            for signs, said in zip(*[iter(["", *COLOURS.split(line)])] * 2, strict=True)
            if said
        ]
        for line in text.rstrip("\n").split("\n")
    ]


@cache
def _style(signs: str) -> Style:
    """Return the style that the numbers between ESC[ and m stand for."""
    text = AnsiDecoder().decode_line(f"\x1b[{signs}mx")
    return text.get_style_at_offset(Console(), 0)


def over(hero: Hero, former: Hero) -> Hero:
    """Return a figure with the curves of another one of its kind behind its own, where they differ."""
    if isinstance(hero, Panels) and isinstance(former, Panels) and len(hero.plots) == len(former.plots):
        return replace(hero, plots=[_over(*pair) for pair in zip(hero.plots, former.plots, strict=True)])
    return _over(hero, former) if isinstance(hero, Plot) and isinstance(former, Plot) else hero


def _over(plot: Plot, former: Plot) -> Plot:
    if plot.id != former.id:
        return plot
    ghosts = [
        Series(Phrase("explore.nameless" if i else "explore.ghost"), "faint", "line", one.x, one.y)
        for i, one in enumerate(_curves(former, plot.series))
    ]
    return replace(plot, series=[*ghosts, *plot.series])


def _curves(plot: Plot, others: Sequence[Series]) -> Iterator[Series]:
    """Yield the curves of a plot that stand alone of their kind, and are not among others."""
    kinds = Counter((s.role, s.kind) for s in plot.series)
    for one in plot.series:
        if one.kind in ("line", "both") and kinds[one.role, one.kind] == 1 and one not in others:
            yield one


def claims(seen: Seen, before: Seen | None, words: Words, terminal: Terminal) -> Lines:
    """Return the claims that carry the lesson; one that was judged otherwise before bears both marks."""
    screen = Screen(words, terminal)
    former = {} if before is None else {claim.id: claim for claim in before.run.report.headlines}
    screen.print(*(screen.claim(one, former.get(one.id)) for one in seen.run.report.headlines))
    return rows(screen.finish())


def change(seen: Seen, before: Seen | None, words: Words) -> Text:
    """Return what was turned, and what that changed: each from what to what."""
    if before is None:
        return Text()
    told: list[Phrase] = []
    for now, then in (
        (_knobs(seen, words), _knobs(before, words)),
        (_measures(seen, words), _measures(before, words)),
    ):
        told += [
            Phrase("explore.change", {"name": name, "before": then[name], "after": value})
            for name, value in now.items()
            if name in then and value != then[name]
        ]
    return Text(" · ".join(map(words.say, told)))


def _knobs(seen: Seen, words: Words) -> dict[str, object]:
    return {knob.label: knob.shown for knob in knobs(seen.setting, seen.dial, words)}


def _measures(seen: Seen, words: Words) -> dict[str, object]:
    return {words.say(name): value for name, value in seen.frame.measures}
