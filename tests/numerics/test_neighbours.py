import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier

from mlbasics.numerics.neighbours import predict_every_k


@pytest.mark.parametrize(("n", "dimensions"), [(1, 2), (2, 2), (60, 2), (41, 5)])
def test_every_k_equals_scikit_learns_classifier(n, dimensions):
    rng = np.random.default_rng(n)
    x, labels, new = rng.random((n, dimensions)), rng.random(n) < 0.5, rng.random((300, dimensions))
    ours = predict_every_k(x, labels, new)
    for k in range(1, n + 1):
        theirs = KNeighborsClassifier(k, algorithm="brute").fit(x, labels).predict(new)
        np.testing.assert_array_equal(ours[:, k - 1], theirs)


def test_blocks_do_not_show(monkeypatch):
    rng = np.random.default_rng(0)
    x, labels = rng.random((50, 2)), rng.random(50) < 0.5
    whole = predict_every_k(x, labels, x)
    monkeypatch.setattr("mlbasics.numerics.neighbours.BLOCK", 120)
    np.testing.assert_array_equal(predict_every_k(x, labels, x), whole)
