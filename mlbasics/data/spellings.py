"""Numbers and dates as people write them: a column is read in the one way that fits all of its cells.

No library reads them so.  Of csv.Sniffer, clevercsv (320 ms to import), DuckDB's sniffer (240 ms), Polars
(380 ms) and pandas (850 ms) none tells a decimal comma from a thousands comma, knows a minus that is U+2212,
a unit behind each number or a gap written #N/A; dateutil guesses where day and month cannot be told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from mlbasics.numerics import Array

_GAPS = """
na n/a n.a. #n/a <na> nan -nan nat null none nil missing (null) \\n - -- --- – — − ? . .. ... … x * : 결측
#div/0! #value! #ref! #num! #null!
"""
GAPS = frozenset(["", *_GAPS.split()])
LARGEST = 1e100

_NUMBER = (
    r"[-+]?(?=[{0}]?\d)(?:[1-9]\d{{0,2}}(?:([{1}])\d{{3}})(?:\1\d{{3}})*|\d*)(?:[{0}]\d*)?(?:[eE][-+]?\d+)?"
)
FORMS = {mark: re.compile(_NUMBER.format(mark, parts)) for mark, parts in ((".", ",' "), (",", ".' "))}
"""Numbers by their decimal mark, with or without one of the marks between thousands."""
AFFIXED = re.compile(r"(\D*?)([.,]?\d(?:[\d.,' ]*\d)?[.,]?(?:[eE][-+]?\d+)?)(\D{0,12})")
CURRENCY = re.compile(r"[A-Z]{3}|\W{1,2}|[A-Z]{1,2}\W|Rs\.?|")  # before a number: USD, $, R$, Rs
MONEY = re.compile(r"[$€£¥₩₹원円元]")  # amounts of which have no three decimals

DAYS = (
    "%Y-%m-%d|%Y/%m/%d|%Y.%m.%d|%Y. %m. %d.|%Y년 %m월 %d일|%Y-%m|%Y/%m|%Y년 %m월|%d/%m/%Y|%m/%d/%Y|%d-%m-%Y|"
    "%m-%d-%Y|%d.%m.%Y|%d/%m/%y|%m/%d/%y|%d-%b-%Y|%d-%b-%y|%d %b %Y|%d %B %Y|%b %d %Y|%b %d, %Y|%B %d, %Y|"
    "%b %Y|%B %Y|%b-%Y"
)
DATE_LIKE = re.compile(r"\d{1,4}[-/.:년] ?\d{1,2}(?!\d).*|(?:\d{1,2}[- ])?[A-Z][a-z]{2,8}[- ]\d{1,4}(?!\d).*")
CLOCK = re.compile(r"(.*?) ?\b\d{1,2}:\d\d(:\d\d)?( [AaPp][Mm])?")
HOUR = np.timedelta64(1, "h")
YEARS = np.timedelta64(730, "D")  # dates that span more are told in years


class Reading(NamedTuple):
    """What a column's cells mean: (n,) numbers, NaN where one is missing."""

    values: Array
    how: str = ""  # comma, thousands, unit, date; where it is not certain either or either-date
    mark: str = ""  # of decimals, where the cells show it
    unit: str = ""  # what stands before or behind each number; of dates the unit and the first


def is_missing(cell: str) -> bool:
    """Return whether a cell says that its value is missing."""
    return cell.lower() in GAPS


def is_value(cell: str) -> bool:
    """Return whether a cell is a number, or looks like a date, however it is written."""
    cell = cell.strip()
    return not is_missing(cell) and bool(plain([cell]) or DATE_LIKE.fullmatch(cell) or _numbers([cell], ","))


def read(cells: Sequence[str], decimal: str, delimiter: str) -> Reading | None:
    """Return what the cells mean as numbers or dates; None where no one way of reading fits all of them.

    decimal is the decimal mark, where it is known; where commas part cells, a point can be no other.
    """
    known, found = cells, plain(cells)
    if found is None:
        known = [cell for cell in cells if not is_missing(cell)]
        found = plain(known) or _numbers(known, decimal) or _dates(known)
    if found and (decimal or ("" if delimiter in ";\t" else ".")) != "." and _may_be_thousands(known):
        found = _numbers(known, decimal)
    if found is None or not known or (abs(found.values) > LARGEST).any():
        return None
    if known is cells:
        return found
    values = np.full(len(cells), np.nan)
    values[[not is_missing(cell) for cell in cells]] = found.values
    return found._replace(values=values)


def misfit(cells: Sequence[str]) -> int:
    """Return the place of the first cell that is no number, or else that is none as a computer writes it."""
    known = [i for i, cell in enumerate(cells) if not is_missing(cell)]
    wrong = [i for i in known if not is_value(cells[i])] or [i for i in known if not plain([cells[i]])]
    return wrong[0] if wrong else next(i for i in known if not abs(float(cells[i])) <= LARGEST)


def plain(cells: Sequence[str]) -> Reading | None:
    """Return the numbers of cells that are written as a computer writes them."""
    try:
        values = np.array(list(map(float, cells)))
    except ValueError:
        return None
    text = "".join(cells)
    return None if "_" in text else Reading(values, mark="." if "." in text else "")


def _may_be_thousands(cells: Sequence[str]) -> bool:
    """Return whether points may part thousands: some numbers have none, the others three digits behind."""
    pointed = sum("." in cell for cell in cells)
    return 0 < pointed < len(cells) and all(FORMS[","].fullmatch(cell) or is_missing(cell) for cell in cells)


def _simple(cell: str) -> str:
    """Return a cell with digits, spaces, signs and apostrophes of one kind."""
    if cell.isascii():
        return cell
    return unicodedata.normalize("NFKC", cell).replace("−", "-").replace("’", "'")


def _numbers(cells: Sequence[str], decimal: str) -> Reading | None:
    """Return the numbers in the decimal mark that fits all of them; not certain where both do, and differ."""
    parted = [found for found in map(AFFIXED.fullmatch, map(_simple, cells)) if found]
    around = {(found[1].strip("-+ "), found[3].strip()) for found in parted}
    if len(parted) < len(cells) or len(around) != 1 or not CURRENCY.fullmatch(next(iter(around))[0]):
        return None
    unit = "".join(around.pop())
    cells = [("-" if "-" in found[1] else "") + found[2] for found in parted]
    read = {}
    for mark, form in FORMS.items():
        if all(map(form.fullmatch, cells)):
            to_point = str.maketrans(mark, ".", ".,' ".replace(mark, ""))
            read[mark] = np.array([float(cell.translate(to_point)) for cell in cells])
    if not read:
        return None
    if MONEY.search(unit):
        decimal = "." if any("," in cell for cell in cells) else ","
    mark = decimal if decimal in read else next(iter(read))
    if mark != decimal and len(read) > 1 and (read["."] != read[","]).any():
        return Reading(read[mark], "either")
    grouped = any(found and found[1] for found in map(FORMS[mark].fullmatch, cells))
    comma = mark == "," and any("," in cell for cell in cells)
    how = "comma" if comma else "thousands" if grouped else "unit" if unit else ""
    return Reading(read[mark], how, mark if len(read) == 1 else "", unit)


def _dates(cells: Sequence[str]) -> Reading | None:
    """Return dates in years or days, or times of the day in hours; not certain where formats differ."""
    if not cells or not DATE_LIKE.fullmatch(cells[0]):
        return None
    time = ""
    if clock := CLOCK.fullmatch(cells[0]):
        time = ("%I:%M" if clock[3] else "%H:%M") + (":%S" if clock[2] else "") + (" %p" if clock[3] else "")
    forms = [f"{day} {time}".strip() for day in ("", *DAYS.split("|"))]
    found = {tuple(when) for form in forms if (when := _dated(cells, form))}
    if len(found) != 1:
        return Reading(np.zeros(len(cells)), "either-date") if found else None
    dates = np.array(found.pop(), "datetime64[s]")
    if clock and not clock[1]:
        return Reading((dates - np.datetime64("1900-01-01")) / HOUR, "date", unit="h")
    if np.ptp(dates) > YEARS:
        years = dates.astype("datetime64[Y]")
        length = (years + 1).astype("datetime64[s]") - years
        return Reading(1970 + years.astype(float) + (dates - years) / length, "date")
    first = str(dates.min()).replace("T", " ").removesuffix(":00").removesuffix(" 00:00")
    return Reading((dates - dates.min()) / (24 * HOUR), "date", unit=f"d, 0 = {first}")


def _dated(cells: Sequence[str], form: str) -> list[datetime] | None:
    """Return the dates of one format, of ISO 8601 where there is none; None where a cell is no such date."""
    try:
        when = [datetime.strptime(c, form) if form else datetime.fromisoformat(c) for c in cells]
    except ValueError:
        return None
    return [t.astimezone(UTC).replace(tzinfo=None) if t.tzinfo else t for t in when]
