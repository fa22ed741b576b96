"""What a question looks like on a screen: before the guess, and guess and truth in one picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import RenderableType
from rich.text import Text

from mlbasics import lessons
from mlbasics.kit.question import Amount, Guess, Letters, Setting
from mlbasics.kit.report import Panels, Plot
from mlbasics.posing import Posed, kind
from mlbasics.render import look
from mlbasics.render.palette import ASCII, VERDICTS
from mlbasics.render.screen import Screen
from mlbasics.render.terminal import Terminal
from mlbasics.words import Phrase, Words, phrase

YOU, TRUTH, BOTH = "◇", "●", "◈"
STRIP = 48  # cells of the line on which guess and truth stand
BAR = 30  # cells of the longest bar of a vote
Votes = dict[str, int]


def question(posed: Posed, place: int, count: int, terminal: Terminal) -> str:
    """Return the scene without its answer, and what is asked."""
    head = Text(f"{lessons.called(posed.run.lesson)} · ", "bold")
    words = lessons.words(posed.run.lesson, terminal.lang)
    head.append(words.say(phrase("learn.place", place=place, count=count)))
    scene, ask = posed.sentence("scene"), posed.sentence("ask")
    return _sheet(words, terminal, [head, scene], posed.figures(None), [ask, kind(posed)])


def answer(
    posed: Posed, guess: Guess | None, right: bool, terminal: Terminal, votes: Sequence[Votes] = ()
) -> str:
    """Return guess and truth in one picture, where to look, and the claim that is earned."""
    words = lessons.words(posed.run.lesson, terminal.lang)
    truth = posed.question.answer.typed(posed.question.answer.truth)
    given = {} if guess is None else {"guess": posed.question.answer.typed(guess)}
    verdict = "shown" if guess is None else "right" if right else "wrong"
    if isinstance(posed.question.answer, Setting):
        verdict = "setting.right" if right else "setting" if guess is None else "setting.wrong"
    said = phrase(f"learn.{verdict}", truth=truth, **given)
    mark, style = VERDICTS[True]
    claim = Text.assemble((mark, style), " ", words.say(posed.sentence("claim", guess)))
    below = [*_marks(posed, guess, words, votes), said, posed.sentence("look", guess), claim]
    drawn = [] if isinstance(posed.question.answer, Setting) else posed.figures(guess)  # else drawn by a try
    return _sheet(words, terminal, [], drawn, below)


def tried(posed: Posed, value: float, tries: int, terminal: Terminal) -> tuple[str, bool]:
    """Run the lesson with a value of what is to be found; return its picture, and whether it is found."""
    words, setting = lessons.words(posed.run.lesson, terminal.lang), posed.question.answer
    assert isinstance(setting, Setting)
    run = posed.tried(value)
    found = bool(setting.reached(run.params, run.result))
    said = [setting.said(run.params, run.result)]
    if found:
        said.append(phrase("learn.found", tries=tries))
    return _sheet(words, terminal, [], setting.figures(run.params, run.result), said), found


def _sheet(
    words: Words,
    terminal: Terminal,
    above: Sequence[Text | Phrase],
    figures: Sequence[Plot | Panels],
    below: Sequence[Text | Phrase],
) -> str:
    """Return sentences, figures in the rows that are left, and sentences."""

    def printed(parts: Sequence[Text | Phrase]) -> str:
        screen = Screen(words, terminal)
        lines: list[RenderableType] = [p if isinstance(p, Text) else screen.text(p) for p in parts]
        screen.print(*lines)
        said = screen.finish()
        return said.translate(ASCII) if terminal.ascii_only else said

    top, bottom = printed(above) if above else "", printed(below)
    room = min(terminal.height, look.TALLEST) - (top + bottom).count("\n") - 2  # the line that is typed on
    drawn = look.figures(figures, words, terminal, room, all_plots=True) if figures else []
    return top + "".join(drawn) + bottom


def _marks(posed: Posed, guess: Guess | None, words: Words, votes: Sequence[Votes]) -> list[Text | Phrase]:
    """Return guess and truth on one line, or beside their letters, and the votes of a class."""
    answer = posed.question.answer
    marks: list[Text | Phrase] = []
    if isinstance(answer, Amount):
        marks.append(Text(strip(answer, guess)))
    elif isinstance(answer, Letters):
        you = [] if guess is None else [f"{YOU} {guess}"]
        marks.append(Text("   ".join([*you, f"{TRUTH} {answer.truth}"])))
    most = max((count for vote in votes for count in vote.values()), default=0) or 1
    for said in dict.fromkeys(said for vote in votes for said in vote):
        bars = (f"{'█' * math.ceil(BAR * vote.get(said, 0) / most)} {vote.get(said, 0)}" for vote in votes)
        true = TRUTH if posed.right(answer.read(said) or 0.0) else " "
        marks.append(Text(f"{true} {said:>6}  {'  →  '.join(bars)}"))
    return marks


def strip(answer: Amount, guess: Guess | None) -> str:
    """Return the axis of a number, with the guess and the truth on it."""
    cells = ["─"] * STRIP
    if guess is not None:
        cells[_cell(answer, float(guess))] = YOU
    at = _cell(answer, answer.truth)
    cells[at] = BOTH if cells[at] == YOU else TRUTH
    return f"{answer.typed(answer.low)} {''.join(cells)} {answer.typed(answer.high)}"


def _cell(answer: Amount, value: float) -> int:
    """Return the cell of a value; beyond the axis it is the last on that side."""
    low, high, value = answer.low, answer.high, min(max(value, answer.low), answer.high)
    if answer.log:
        low, high, value = math.log(low), math.log(high), math.log(value)
    return round((STRIP - 1) * (value - low) / (high - low))
