"""Runs that many tests look at: each is made once in a process, whatever asks for it first."""

from dataclasses import fields
from functools import cache

import mlbasics
from mlbasics import lessons
from mlbasics.kit.params import fill


def run(lesson, **given):
    """The whole run of a lesson with these parameters."""
    return _run(lesson, fill(lessons.find(lesson).Params, given))


@cache
def _run(lesson, params):
    return mlbasics.run(lesson, **{field.name: getattr(params, field.name) for field in fields(params)})
