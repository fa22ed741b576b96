"""A run, or the whole course, as one page that needs nothing else: vector graphics, tables, light and dark.

Its HTML is in page.html, its style and its script in page.css and page.js.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from mlbasics import lessons
from mlbasics.formats.figures import Figures
from mlbasics.formats.pieces import Html, fill, source
from mlbasics.formats.view import View, paragraphs
from mlbasics.kit.claims import Claim
from mlbasics.kit.dial import Dial
from mlbasics.kit.report import Block, Panels, Plot, Report, Table
from mlbasics.lessons import following, ways_on
from mlbasics.posing import posed
from mlbasics.render.mathml import formula
from mlbasics.render.palette import STYLES, VERDICTS
from mlbasics.render.terminal import Terminal
from mlbasics.runs import Run
from mlbasics.words import Phrase, Words, load

LOADING = "default-src 'none'; style-src 'unsafe-inline'"  # a page loads nothing


def render(run: Run, words: Words, view: View) -> str:
    """Return the page of a run."""
    report = view.report(run)
    dial = _turned(run) if report.heroes and report.claims else None  # where it is an article
    title = f"{lessons.called(report.lesson)} · {words.say(Phrase('question'))}"
    asked = _asked(run, view)
    body = article(report, words, view.carry, dial, questions=asked)
    return _page(title, body, view.terminal, live=bool(report.heroes or asked))


def _turned(run: Run) -> Dial | None:
    """Return the dial, where there is more than one position to turn it to."""
    return run.dial if run.dial and len(run.dial.positions) > 1 else None


def _asked(run: Run, view: View, head: str = "h2") -> Sequence[Html]:
    """Return the questions of a lesson, where what is shown is to be predicted first."""
    if not view.predict:
        return ()
    from mlbasics.formats.questions import questions

    return list(questions(posed(run.lesson, run.params.seed, {}), view.terminal.lang, head=head))


def course(runs: Sequence[Run], view: View) -> str:
    """Return the page of the whole course: what it is, its contents, and an article for each lesson."""
    shared = load(view.terminal.lang)
    told = [(run, lessons.words(run.lesson, view.terminal.lang)) for run in runs]
    title = shared["course.title"]
    body = fill(
        "course",
        title=title,
        about=[fill("paragraph", said=text) for text in shared["course.about"].split("\n\n")],
        contents=shared["course.contents"],
        lessons=[
            fill("contents", lesson=run.lesson, question=words["question"], summary=words["summary"])
            for run, words in told
        ],
        articles=[
            article(
                run.report, words, view.carry, _turned(run), course=True, questions=_asked(run, view, "h3")
            )
            for run, words in told
        ],
    )
    return _page(title, body, view.terminal)


def _page(title: str, body: Html, terminal: Terminal, *, live: bool = True) -> str:
    """Return a page; where the stream cannot carry it as it is, in character references."""
    policy, script = LOADING, Html()
    if live:
        code = source("page.js")
        script = fill("script", source=code)
        policy += f"; script-src 'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"
    whole = fill(
        "page", lang=terminal.lang, policy=Html(policy), title=title, body=_sheet(body), script=script
    )
    return whole.encode("ascii", "xmlcharrefreplace").decode() if terminal.ascii_only else str(whole)


def sheet(title: str, parts: Iterable[Html], terminal: Terminal) -> str:
    """Return a page of parts that were made elsewhere, under a title."""
    return _page(title, fill("printed", title=title, parts=parts), terminal, live=False)


def fragment(report: Report, words: Words, carry: str = "") -> str:
    """Return the report as one element with its own style, for a notebook: nothing in it moves."""
    return _sheet(article(report, words, carry))


def _sheet(body: Html) -> Html:
    """Return one element with its own style."""
    return fill("sheet", style=source("page.css"), body=body)


def article(
    report: Report,
    words: Words,
    carry: str,
    dial: Dial | None = None,
    *,
    course: bool = False,
    questions: Sequence[Html] = (),
) -> Html:
    """Return the report as an article; of a course, it has the lesson's name, and a link to the next."""
    parts = _Article(words, course, questions).parts(report, carry, dial)
    return fill("lesson", lesson=report.lesson, parts=parts) if course else fill("article", parts=parts)


class _Article:
    """How each part of a report is told in HTML."""

    def __init__(self, words: Words, course: bool, questions: Sequence[Html] = ()) -> None:
        self.questions = questions
        self.words, self.course, self.say = words, course, words.say
        self.figures = Figures(words)
        self.title, self.head = ("h2", "h3") if course else ("h1", "h2")

    def parts(self, report: Report, carry: str, dial: Dial | None) -> Html | list[Html]:
        """Return the figure alone where nothing is claimed, the claims where nothing is drawn, or all."""
        if not report.claims:
            return list(map(self.block, report.heroes))
        question = self.say(Phrase("question"))
        header = fill("header", lesson=lessons.called(report.lesson), title=self.title, question=question)
        if not report.heroes:
            return [header, self.claims(report.claims)]
        first, others = paragraphs(self.words)
        return fill(
            "story",
            header=header,
            first=self.paragraph(first),
            questions=self.questions,
            scene=self.say(report.scene),
            note=None if report.note is None else self.paragraph(self.words.say(report.note)),
            player=self.figures.player(dial, report.lesson if self.course else "") if dial else None,
            look=map(self.block, report.look[len(dial.look.heroes) if dial else 0 :]),
            claims=self.claims(report.headlines),
            others=map(self.paragraph, others),
            more=self.say(Phrase("more.title")),
            blocks=map(self.block, report.more),
            checks=self.claims([claim for claim in report.claims if not claim.headline]),
            head=self.head,
            onward=self.say(Phrase("try.title")),
            ways=self.ways(report, carry),
        )

    def ways(self, report: Report, carry: str) -> Iterator[Html]:
        """Yield each thing to try, then the next lesson; in a course it is linked to."""
        *ways, (bridge, command) = ways_on(report, carry)
        copy = {"copy": self.say(Phrase("page.copy")), "copied": self.say(Phrase("page.copied"))}
        for why, suggested in ways:
            yield fill("way", why=self.say(why), command=suggested, **copy)
        if self.course:
            lesson = following(report.lesson)
            yield fill("way to the next", why=self.say(bridge), command=command, lesson=lesson, **copy)
        else:
            yield fill("way", why=self.say(bridge), command=command, **copy)

    def paragraph(self, text: str) -> Html:
        """Return a paragraph; its indented lines are formulas."""
        if text.startswith("    "):
            return fill("formula", lines=[Html(formula(line)) for line in text.split("\n")])
        return fill("paragraph", said=text)

    def block(self, block: Block) -> Html:
        """Return a figure, a table or a sentence."""
        if isinstance(block, Panels | Plot):
            return self.figures.still(block)
        return self.table(block) if isinstance(block, Table) else fill("paragraph", said=self.say(block))

    def table(self, table: Table) -> Html:
        """Return a table under its title."""
        of_words = [" of words" if column.words else "" for column in table.columns]
        names = [self.say(column.name) for column in table.columns]
        rows = []
        for row in table.shown:
            said = map(self.words.cell, row.cells, [column.decimals for column in table.columns])
            shown = [fill(f"cell{kind}", said=one) for kind, one in zip(of_words, said, strict=True)]
            rows.append(fill("row", hue=STYLES[row.role].hue, cells=shown))
        columns = [
            fill(f"column{kind}", name=name) if name else fill("cell", said=None)
            for kind, name in zip(of_words, names, strict=True)
        ]
        return fill("table", head=self.head, title=self.say(table.title), columns=columns, rows=rows)

    def claims(self, claims: Sequence[Claim]) -> Html:
        """Return claims, each behind its mark."""
        return fill("claims", claims=map(self.claim, claims))

    def claim(self, claim: Claim) -> Html:
        """Return a claim: what was found, on what grounds, and if not, why."""
        parts = (
            ("verdict", claim.verdict),
            ("text", claim.sentence),
            ("grounds", claim.grounds),
            ("text", claim.excuse),
        )
        said = Html(" ".join(fill(piece, said=self.say(part)) for piece, part in parts if part))
        return fill("claim", holds=str(claim.holds).lower(), mark=VERDICTS[claim.holds][0], said=said)
