"""The dial of a lesson: the one quantity whose turning tells its story, and what is seen at each position."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from mlbasics.kit.report import Panels, Plot
from mlbasics.words import Phrase

Position = int | float


class Frame(NamedTuple):
    """What is seen at one position: the figures, the first of which makes the point, and a sentence.

    The measures are what to compare with another position, or another run: a name and a number each.
    """

    heroes: Sequence[Plot | Panels]
    caption: Phrase
    measures: Sequence[tuple[Phrase, float]] = ()

    def among(self, heroes: Sequence[Plot | Panels]) -> Sequence[Plot | Panels]:
        """Return the figures of a look with these in the places of its first: the others stay as they are."""
        return [*self.heroes, *heroes[len(self.heroes) :]]


class Dial(NamedTuple):
    """What is turned, where it can stand, and how it is seen there; nothing is simulated anew for it."""

    name: Phrase
    positions: Sequence[Position]
    default: int  # which of the positions the look shows
    frame: Callable[[Position], Frame]
    parameter: str | None = None  # the one whose value is the look's position, where there is one

    @property
    def look(self) -> Frame:
        """What is seen where the look shows it."""
        return self.frame(self.positions[self.default])

    def turned(self, position: Position, steps: int) -> Position:
        """Return the position so many steps on."""
        return self.positions[min(max(self._place(position) + steps, 0), len(self.positions) - 1)]

    def share(self, position: Position) -> float:
        """Return how far along the dial a position is, from 0 to 1."""
        return self._place(position) / max(1, len(self.positions) - 1)

    def at(self, share: float) -> Position:
        """Return the position that is so far along the dial."""
        return self.positions[round(share * (len(self.positions) - 1))]

    def nearest(self, position: Position) -> Position:
        """Return where the dial can stand that is closest to a position."""
        return min(self.positions, key=lambda one: abs(one - position))

    def _place(self, position: Position) -> int:
        return list(self.positions).index(self.nearest(position))

    @property
    def frames(self) -> Sequence[Frame]:
        """What is seen at every position, in order."""
        return [self.frame(position) for position in self.positions]
