"""The regression task: polynomials of growing degree through noisy points of a curve."""

from mlbasics.kit import Lesson
from mlbasics.lessons.overfit import Params
from mlbasics.lessons.overfit.regression import claims, experiment, figures


def lesson() -> Lesson[Params, experiment.Source, experiment.Result]:
    """Return what runs."""
    return Lesson(
        source=experiment.source,
        simulate=experiment.simulate,
        details=experiment.details,
        claims=claims.RULES,
        headlines=claims.HEADLINES,
        look=figures.look,
        more=figures.more,
        dial=figures.dial,
        variant="regression",
    )
