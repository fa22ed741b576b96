import numpy as np
import pytest

from mlbasics.numerics.order import distinct, equal, quantile


@pytest.mark.parametrize("n", [1, 2, 7, 100])
@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 1])
def test_quantiles_are_numpys(n, share):
    values = np.random.default_rng(n).standard_normal((n, 3))
    np.testing.assert_allclose(quantile(values, share), np.quantile(values, share, axis=0), rtol=1e-12)


@pytest.mark.parametrize("arrays", [([],), ([], []), ([2.0, 1.0, 2.0], [1.0, -3.0]), ([5.0],)])
def test_distinct_values_are_those_of_numpy(arrays):
    arrays = [np.array(one) for one in arrays]
    assert np.array_equal(distinct(*arrays), np.unique(np.concatenate(arrays)))


def test_equal_is_what_rounding_leaves_and_no_more():
    assert equal(0.1 + 0.2, 0.3)
    assert not equal(1.0, 1.0 + 1e-8)
    assert equal(1e-20, 0.0, zero=1e-12)
    assert not equal(1e-20, 0.0)


@pytest.mark.parametrize(
    ("a", "b", "zero", "alike"),
    [
        (0.1 + 0.2, 0.3, 0, True),
        (1e300, 1e300 * (1 + 1e-12), 0, True),
        (1.0, 1.0 + 1e-6, 0, False),
        (1e-30, 3e-32, 0, False),
        (1e-30, 3e-32, 1e-28, True),
        (-1.0, 1.0, 0, False),
        (0.0, 0.0, 0, True),
    ],
)
def test_numbers_are_equal_but_for_rounding(a, b, zero, alike):
    assert equal(a, b, zero) == alike
    assert equal(np.array([a]), b, zero)[0] == alike
