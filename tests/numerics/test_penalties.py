import numpy as np
import pytest
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Lasso, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from mlbasics.numerics.penalties import L1, L2, TrainingSet


@pytest.mark.parametrize("penalty", [L2, L1])
def test_weights_on_the_diabetes_data_equal_scikit_learns(penalty):
    X, y = load_diabetes(return_X_y=True)
    X = X * np.arange(1, 11)
    lambdas = np.array([0.1, 1.0, 10.0])
    fit = TrainingSet(X, y).fit(lambdas, penalty)
    for i, lam in enumerate(lambdas):
        exact = {"tol": 1e-14, "max_iter": 10**6}
        model = Ridge(alpha=lam * len(y)) if penalty == L2 else Lasso(alpha=lam, **exact)
        scaled = make_pipeline(StandardScaler(), model).fit(X, y)
        theirs = scaled[-1].coef_ / scaled[0].scale_
        np.testing.assert_allclose(fit.coef[i], theirs, rtol=0, atol=1e-8 * np.abs(theirs).max())


def test_orthonormal_columns_shrink_by_the_closed_forms():
    rng, n, lam = np.random.default_rng(0), 60, 0.7
    columns = np.linalg.qr(np.column_stack([np.ones(n), rng.standard_normal((n, 20))]))[0][:, 1:]
    X, z = np.sqrt(n) * columns, np.linspace(-2, 2, 20)
    data = TrainingSet(X, X @ z)
    for penalty, expected in ((L1, np.sign(z) * np.maximum(np.abs(z) - lam, 0)), (L2, z / (1 + lam))):
        np.testing.assert_allclose(data.fit(np.array([lam]), penalty).coef[0], expected, atol=1e-12)
