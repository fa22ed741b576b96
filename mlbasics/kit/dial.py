"""The dial of a lesson: the one quantity whose turning tells its story, and what is seen at each position."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mlbasics.kit.report import Panels, Plot
from mlbasics.words import Phrase

Position = int | float


class Frame(NamedTuple):
    """What is seen at one position: the figures, the first of which makes the point, and a sentence."""

    heroes: Sequence[Plot | Panels]
    caption: Phrase


@dataclass(frozen=True)
class Dial:
    """What is turned, where it can stand, and how it is seen there; nothing is simulated anew for it."""

    name: Phrase
    positions: Sequence[Position]
    default: int  # which of the positions the look shows
    frame: Callable[[Position], Frame]

    @property
    def look(self) -> Frame:
        """What is seen where the look shows it."""
        return self.frame(self.positions[self.default])

    @property
    def frames(self) -> Sequence[Frame]:
        """What is seen at every position, in order."""
        return [self.frame(position) for position in self.positions]
