"""Runs that many tests look at: each of the last is made once in a process, whatever asks for it first."""

from dataclasses import fields
from functools import lru_cache

import mlbasics
from mlbasics import lessons
from mlbasics.kit.params import fill


def run(lesson, **given):
    """The whole run of a lesson with these parameters."""
    return _run(lesson, fill(lessons.find(lesson).Params, given))


@lru_cache(64)
def _run(lesson, params):
    return mlbasics.run(lesson, **{field.name: getattr(params, field.name) for field in fields(params)})
