"""A learner's own formula: read as arithmetic, never run as Python.

The standard parser reads it; numbers, x, pi, e, + - * / **, parentheses and the functions below are then
computed on arrays.  Anything else is refused with the position where it stands.
"""

from __future__ import annotations

import ast
import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mlbasics.kit.errors import InputError, quoted
from mlbasics.words import phrase

if TYPE_CHECKING:
    from mlbasics.numerics import Array

LONGEST = 300
FUNCTIONS = (
    "abs", "arctan", "ceil", "cos", "cosh", "exp", "floor",
    "log", "sign", "sin", "sinh", "sqrt", "tan", "tanh",
)  # fmt: skip
OPERATORS = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide", ast.Pow: "power"}
SIGNS = {ast.UAdd: "positive", ast.USub: "negative"}


@dataclass(frozen=True)
class Function:
    """The function a formula stands for."""

    body: ast.expr

    def __call__(self, x: Array) -> Array:
        """Return its values at x, NaN or infinite where it has none."""
        import numpy as np

        with np.errstate(all="ignore"):  # where it is not finite is said by the caller
            value = np.asarray(_value(self.body, x), dtype=float)
        return np.broadcast_to(value, x.shape).copy()


def read(text: str) -> Function:
    """Return the function a formula in x stands for; raise InputError where it is none, and say where."""
    if len(text) > LONGEST:
        raise InputError(phrase("formula.long", length=len(text), longest=LONGEST))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the parser comments on Python that is refused below
            body = ast.parse(text.strip(), mode="eval").body
        _check(body)
    except SyntaxError as error:
        raise _refused(text, (error.offset or 1) - 1, "formula.syntax") from None
    except (RecursionError, MemoryError, ValueError):
        raise _refused(text, 0, "formula.syntax") from None

    return Function(body)


def _check(node: ast.expr) -> None:
    """Raise SyntaxError at the first part that is no arithmetic."""
    match node:
        case ast.Constant(value=bool() | complex() | str() | bytes()) | ast.Constant(value=None):
            allowed = False
        case ast.Constant(value=value):
            allowed = isinstance(value, int | float) and abs(value) < 1e300
        case ast.Name(id=name):
            allowed = name in ("x", "pi", "e")
        case ast.BinOp(left=left, op=op, right=right):
            allowed = True
            _check(left)
            if type(op) not in OPERATORS:
                raise _at(left.end_col_offset or 0)
            _check(right)
        case ast.UnaryOp(op=op, operand=operand):
            allowed = type(op) in SIGNS
            _check(operand)
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
            allowed = name in FUNCTIONS
            _check(argument)
        case _:
            allowed = False
    if not allowed:
        raise _at(node.col_offset)


def _at(offset: int) -> SyntaxError:
    return SyntaxError("", ("", 1, offset + 1, ""))


def _value(node: ast.expr, x: Array) -> Any:
    """Return the value at x."""
    import numpy as np

    match node:
        case ast.Constant(value=number):
            return np.float64(number)  # type: ignore[arg-type]
        case ast.Name(id=name):
            return x if name == "x" else np.float64({"pi": math.pi, "e": math.e}[name])
        case ast.BinOp(left=left, op=op, right=right):
            return getattr(np, OPERATORS[type(op)])(_value(left, x), _value(right, x))
        case ast.UnaryOp(op=op, operand=operand):
            return getattr(np, SIGNS[type(op)])(_value(operand, x))
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return getattr(np, name)(_value(argument, x))
    raise TypeError(node)  # _check has refused it


def _refused(text: str, offset: int, key: str) -> InputError:
    at = min(max(offset, 0), max(len(text.strip()) - 1, 0))
    return InputError(
        phrase(
            key,
            given=quoted(text.strip()[at : at + 20] or " "),
            position=at + 1,
            functions=", ".join(FUNCTIONS),
        )
    )
