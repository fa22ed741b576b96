"""What is refused, by the key of its sentence and what that names: the wording is the words files'."""

from contextlib import contextmanager

import pytest

from mlbasics.kit import InputError


@contextmanager
def refused(key, **named):
    """Expect the sentence of that key, with these values among its own, each as it is told."""
    with pytest.raises(InputError) as caught:
        yield caught
    told = caught.value.sentence
    assert told.key == key
    assert {name: str(told.values[name]) for name in named} == {
        name: str(value) for name, value in named.items()
    }
    assert "\n" not in str(caught.value)
