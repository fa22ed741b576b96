import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import ElasticNet, Lasso, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlbasics.numerics.penalties import L1, L2, TrainingSet, shrinkage


@pytest.mark.parametrize("l1_ratio", [L2, L1, 0.5])
def test_weights_on_the_diabetes_data_equal_scikit_learns(l1_ratio):
    X, y = load_diabetes(return_X_y=True)
    X = X * np.arange(1, 11)
    lambdas = np.array([0.1, 1.0, 10.0])
    fit = TrainingSet(X, y).fit(lambdas, l1_ratio)
    for i, lam in enumerate(lambdas):
        exact = {"tol": 1e-14, "max_iter": 10**6}
        model = (
            Ridge(alpha=lam * len(y))
            if l1_ratio == L2
            else Lasso(alpha=lam, **exact)
            if l1_ratio == L1
            else ElasticNet(alpha=lam, l1_ratio=l1_ratio, **exact)
        )
        scaled = make_pipeline(StandardScaler(), model).fit(X, y)
        theirs = scaled[-1].coef_ / scaled[0].scale_
        np.testing.assert_allclose(fit.coef[i], theirs, rtol=0, atol=1e-8 * np.abs(theirs).max())


def test_orthonormal_columns_shrink_by_the_closed_forms():
    found = shrinkage(0.7, np.random.default_rng(0))
    soft = np.sign(found.z) * np.maximum(np.abs(found.z) - 0.7, 0)
    np.testing.assert_allclose(found.l1, soft, atol=1e-12)
    np.testing.assert_allclose(found.l2, found.z / 1.7, atol=1e-12)
