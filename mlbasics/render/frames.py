"""Frames of a dial as one: what they share is written once, what moves with the positions that show it.

An element says in data-at at which positions it is seen; those of the position that is seen are of class now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from mlbasics.render.vector import Drawing


class Part(NamedTuple):
    """An element, and the frames it is part of."""

    element: str
    at: list[int]


def merge(frames: Sequence[Sequence[str]]) -> list[Part]:
    """Return the elements of all frames, in an order that keeps the order of each."""
    elements: list[str] = []
    parts: list[Part] = []
    for i, frame in enumerate(frames):
        start = 0
        for element in frame:
            try:
                start = elements.index(element, start)
            except ValueError:
                elements.insert(start, element)
                parts.insert(start, Part(element, []))
            parts[start].at.append(i)
            start += 1
    return parts


def figure(drawings: Sequence[Drawing | None], default: int) -> str:
    """Return the drawings of every frame, of one size, as one svg element that first shows the default."""
    inside = [drawing.inside if drawing else [] for drawing in drawings]
    outside = [drawing.outside if drawing else [] for drawing in drawings]
    drawn = ("".join(_groups(merge(side), len(drawings), default)) for side in (inside, outside))
    return (drawings[default] or next(filter(None, drawings))).wrap(*drawn)


def _groups(parts: Sequence[Part], frames: int, default: int) -> Iterator[str]:
    for at, run in groupby(parts, key=lambda part: part.at):
        joined = "".join(part.element for part in run)
        yield joined if len(at) == frames else f"<g{_seen(at, default)}>{joined}</g>"


def stack(texts: Sequence[str], default: int, tag: str = "span") -> str:
    """Return what is said at each frame as elements that lie on one another, the room of the largest kept."""
    alike: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        alike.setdefault(text, []).append(i)
    if len(alike) == 1:
        return texts[0]
    layers = (f"<{tag}{_seen(at, default)}>{text}</{tag}>" for text, at in alike.items())
    return f'<{tag} class="stack">{"".join(layers)}</{tag}>'


def _seen(at: Sequence[int], default: int) -> str:
    now = ' class="now"' if default in at else ""
    return f' data-at="{" ".join(map(str, at))}"{now}'
