"""The regression task: polynomials of growing degree through noisy points of a curve."""

from mlbasics.kit import Lesson
from mlbasics.lessons.overfit import Params
from mlbasics.lessons.overfit.regression import claims, details, dial, show, simulate, source


def lesson() -> Lesson[Params, source.Source, simulate.Result]:
    """Return what runs."""
    return Lesson(
        source=source.source,
        simulate=simulate.simulate,
        details=details.details,
        claims=claims.RULES,
        headlines=claims.HEADLINES,
        look=show.look,
        more=show.more,
        dial=dial.dial,
        variant="regression",
    )
