"""The classification task: k nearest neighbors, for every k, on labels that noise has mixed."""

from mlbasics.kit import Lesson
from mlbasics.lessons.overfit import Params
from mlbasics.lessons.overfit.classification import claims, experiment, figures


def lesson() -> Lesson[Params, experiment.Source, experiment.Result]:
    """Return what runs."""
    return Lesson(
        source=experiment.source,
        simulate=experiment.simulate,
        claims=claims.RULES,
        headlines=claims.HEADLINES,
        look=figures.look,
        more=figures.more,
        dial=figures.dial,
        variant="classification",
    )
