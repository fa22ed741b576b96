import numpy as np
import pytest
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier

from mlbasics.numerics import validation
from mlbasics.numerics.neighbors import held_out_error, predict_every_k, regions


@pytest.mark.parametrize(
    ("n", "dimensions", "classes"), [(1, 2, 1), (2, 2, 2), (60, 2, 2), (41, 5, 2), (60, 2, 3), (50, 3, 7)]
)
def test_every_k_equals_scikit_learns_classifier(n, dimensions, classes):
    rng = np.random.default_rng(n)
    x, labels, new = rng.random((n, dimensions)), rng.integers(classes, size=n), rng.random((300, dimensions))
    ours = predict_every_k(x, labels, new)
    for k in range(1, n + 1):
        theirs = KNeighborsClassifier(k, algorithm="brute").fit(x, labels).predict(new)
        np.testing.assert_array_equal(ours[:, k - 1], theirs)


def test_blocks_do_not_show(monkeypatch):
    rng = np.random.default_rng(0)
    x, labels = rng.random((50, 2)), rng.integers(2, size=50)
    whole = predict_every_k(x, labels, x)
    monkeypatch.setattr("mlbasics.numerics.neighbors.BLOCK", 120)
    np.testing.assert_array_equal(predict_every_k(x, labels, x), whole)


def test_errors_on_held_out_points_equal_scikit_learns_on_the_same_folds():
    rng = np.random.default_rng(0)
    x, labels = rng.random((25, 2)), rng.integers(2, size=25)
    masks = validation.fold_masks(1, 25, 4, rng)[0]  # the largest fold holds out 7: k = 18 is the last
    splits = [(np.flatnonzero(~m), np.flatnonzero(m)) for m in masks]
    error = held_out_error(x, labels, masks)
    assert np.isnan(error[:, 18:]).all()
    for k in range(1, 19):
        theirs = 1 - cross_val_score(KNeighborsClassifier(k, algorithm="brute"), x, labels, cv=splits)
        np.testing.assert_allclose(error[:, k - 1], theirs, atol=1e-12)


def test_the_border_between_two_points_is_halfway():
    x, labels = np.array([[-0.5, 0.0], [0.5, 0.0]]), np.array([0, 1])
    found = regions(x, labels, [1], (10, 6))[1]
    assert found.tolist() == [[0] * 5 + [1] * 5] * 6


def test_the_lowest_row_of_the_regions_is_the_lowest_of_the_square():
    x, labels = np.array([[0.0, -0.5], [0.0, 0.5]]), np.array([1, 0])
    assert regions(x, labels, [1], (2, 4))[1].tolist() == [[1] * 2] * 2 + [[0] * 2] * 2
