"""The classification task: the experiment, the claims it is judged by, and its screen."""

from mlbasics.kit import Lesson
from mlbasics.lessons.overfit import Params
from mlbasics.lessons.overfit.classification import claims, dial, show, simulate, source


def lesson() -> Lesson[Params, source.Source, simulate.Result]:
    """Return what runs."""
    return Lesson(
        source=source.source,
        simulate=simulate.simulate,
        claims=claims.RULES,
        headlines=claims.HEADLINES,
        look=show.look,
        more=show.more,
        dial=dial.dial,
        variant="classification",
    )
