"""The classification task: the experiment, the claims it is judged by, and its screen."""

from mlbasics.lessons.overfit.classification.claims import judge
from mlbasics.lessons.overfit.classification.experiment import simulate
from mlbasics.lessons.overfit.classification.screen import show

__all__ = ["judge", "show", "simulate"]
