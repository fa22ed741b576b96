"""k nearest neighbors for every k at once: one distance matrix, one sort, one cumulative sum a class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlbasics.numerics import Array, Booleans, Integers
from mlbasics.numerics.classes import middles

BLOCK = 100_000  # distances held at once: 0.8 MB stays in cache, 40 % faster than one block of 750 000


def predict_every_k(x: Array, labels: Integers, new: Array) -> NDArray[np.int8]:
    """Return (m, n): in column k-1, for each new point, the commonest label of its k nearest of n points.

    x (n, d) are the training points, labels (n,) their classes 0 … C - 1, fewer than 128, new (m, d) what
    is to be labeled; the distance is Euclidean.  A tied vote gives the least of its labels, as scikit-learn's
    KNeighborsClassifier does.
    """
    n, m, classes = len(x), len(new), int(labels.max()) + 1
    predicted = np.empty((m, n), np.int8)
    mask = (1 << (classes - 1).bit_length()) - 1
    step = max(1, BLOCK // n)
    for start in range(0, m, step):
        rows = slice(start, start + step)
        squared = np.square(new[rows, 0, None] - x[:, 0])
        for j in range(1, x.shape[1]):
            squared += np.square(new[rows, j, None] - x[:, j])
        # The label rides in the distance's lowest bits, so that one sort carries it: non-negative floats
        # sort as the integers they are stored as.  A third of argsort's time (2500 x 300: 4.6 ms against 12).
        packed = (squared.view(np.int64) & ~mask) | labels
        packed.sort(axis=1)
        predicted[rows] = _elected(packed & mask, classes)
    return predicted


def _elected(nearest: Integers, classes: int) -> Integers:
    """Return which class has most votes among the first k = 1 … n labels of each row; the least of a tie."""
    if classes == 2:
        return (2 * np.cumsum(nearest, axis=1) > np.arange(1, nearest.shape[1] + 1)).astype(np.int_)
    elected, most = np.zeros_like(nearest), np.cumsum(nearest == 0, axis=1)
    for label in range(1, classes):
        votes = np.cumsum(nearest == label, axis=1)
        elected[votes > most] = label
        np.maximum(votes, most, out=most)
    return elected


def wrong_every_k(x: Array, labels: Integers, new: Array, new_labels: Integers) -> Array:
    """Return (n, m): 1 where the k = 1 … n nearest points give a new point the wrong label, else 0."""
    return (predict_every_k(x, labels, new) != new_labels[:, None]).T.astype(float)


def held_out_error(x: Array, labels: Integers, held_out: Booleans) -> Array:
    """Return the error rate of k = 1 … n on the points that each fold holds out, by the others: (K, n).

    held_out is (K, n).  NaN for a k larger than the points that the largest fold leaves.
    """
    n = len(x)
    usable = n - int(held_out.sum(axis=1).max())
    errors = np.full(held_out.shape, np.nan)
    for fold, out in enumerate(held_out):
        wrong = wrong_every_k(x[~out], labels[~out], x[out], labels[out])
        errors[fold, :usable] = wrong[:usable].mean(axis=1)
    return errors


def regions(x: Array, labels: Integers, ks: list[int], cells: tuple[int, int]) -> dict[int, NDArray[np.int8]]:
    """Return, for each k, the label of every part of the square [-1, 1]², at its middle.

    The parts are so many across by so many up: (up, across), the lowest row first.
    """
    predicted = predict_every_k(x, labels, middles(np.array([[-1.0, -1], [1, 1]]), cells))
    return {k: predicted[:, k - 1].reshape(cells[::-1]) for k in ks}


def average_every_k(x: Array, y: Array, new: Array, k: Integers) -> Array:
    """Return (T, K, m): at each new point the mean of y over the k nearest points of the line, for each k.

    x (T, n) or (1, n) are the training points, y (T, n) their values, new (m,) the points asked for.
    """
    order = np.argsort(np.abs(x[:, None, :] - new[:, None]), axis=2, kind="stable")  # (T, m, n)
    sums = np.cumsum(np.take_along_axis(y[:, None, :], order[..., : k.max()], axis=2), axis=2)
    return (sums[..., k - 1] / k).transpose(0, 2, 1)
