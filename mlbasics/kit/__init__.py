"""What a lesson is made of, for its author alone to import; what breaks an author's lesson raises VERSION."""

from mlbasics.kit.claims import Claim, Verdict, judged, needs_truth
from mlbasics.kit.dial import Dial, Frame
from mlbasics.kit.errors import InputError, no_such, quoted
from mlbasics.kit.figures import band, decimals, line, picked, points, span
from mlbasics.kit.kinds import Choice, Formula, Interval, Numbers, Text
from mlbasics.kit.lesson import Lesson, draws
from mlbasics.kit.number import Number
from mlbasics.kit.params import Depends, LessonParams, OwnData, parameter
from mlbasics.kit.question import Amount, Asked, Letters, Place, Question, Setting
from mlbasics.kit.report import (
    Block,
    Cell,
    Column,
    Panels,
    Plot,
    Regions,
    Role,
    Row,
    Series,
    Shape,
    Suggestion,
    Table,
)
from mlbasics.kit.story import Look, Tick, detail, no_tick, picture, suggest
from mlbasics.words import Phrase, Ratio, Rough, Share, phrase

VERSION = 1

__all__ = [
    "VERSION",
    "Amount",
    "Asked",
    "Block",
    "Cell",
    "Choice",
    "Claim",
    "Column",
    "Depends",
    "Dial",
    "Formula",
    "Frame",
    "InputError",
    "Interval",
    "Lesson",
    "LessonParams",
    "Letters",
    "Look",
    "Number",
    "Numbers",
    "OwnData",
    "Panels",
    "Phrase",
    "Place",
    "Plot",
    "Question",
    "Ratio",
    "Regions",
    "Role",
    "Rough",
    "Row",
    "Series",
    "Setting",
    "Shape",
    "Share",
    "Suggestion",
    "Table",
    "Text",
    "Tick",
    "Verdict",
    "band",
    "decimals",
    "detail",
    "draws",
    "judged",
    "line",
    "needs_truth",
    "no_such",
    "no_tick",
    "parameter",
    "phrase",
    "picked",
    "picture",
    "points",
    "quoted",
    "span",
    "suggest",
]
