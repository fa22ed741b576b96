"""The dial of the overview: the λ of the curve, from none, where it is wild, to so much that it is flat."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from mlbasics.kit import Dial, Frame, Panels, Rough, phrase
from mlbasics.lessons.regularization import figures, planes

if TYPE_CHECKING:
    from mlbasics.lessons.regularization import Params
    from mlbasics.lessons.regularization.simulate import Result

ABREAST = 24  # columns in which curve, diamond and disc can still be read side by side
EVERY = 5  # of the λ that were fitted, so many apart are positions


def dial(params: Params, result: Result) -> Dial | None:
    """Return the dial: λ as it grows, at first the one that is drawn; the other views have none."""
    if params.view != "overview":
        return None
    found = result.calming
    places = sorted({*range(len(found.lambdas) - 1, -1, -EVERY), found.picked}, reverse=True)
    lambdas = found.lambdas[places].tolist()
    return Dial(phrase("dial.lam"), lambdas, places.index(found.picked), partial(frame, result), "lam")


def frame(result: Result, lam: float) -> Frame:
    """Show the curve of a λ, beside diamond and disc: why L1 gives zeros.

    They have λ of their own, as their budget has it; turned, these grow and shrink by the same factor.
    """
    found = result.calming
    place = int(np.flatnonzero(found.lambdas == lam)[0])
    times = lam / float(found.lambdas[found.picked])
    pair = planes.diamond_and_disc(result.geometry, times, named=False)
    seen = Rough(np.square(found.curve(found.x, place) - found.y).mean())
    new = Rough(found.test_mse[place])
    caption = phrase("caption.lam", lam=Rough(lam), train=seen, test=new)
    measures = [(phrase("measure.seen"), seen), (phrase("measure.new"), new)]
    return Frame([Panels([figures.curve(result, place), *pair], ABREAST)], caption, measures)
