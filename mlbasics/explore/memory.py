"""Memory that runs and widgets have left, given back to the system."""

from __future__ import annotations

from contextlib import suppress
from ctypes import CDLL


def give_back() -> None:
    """Give back what is free, where the C library is glibc: it else keeps pages between what is in use.

    After 15 000 random keys it had kept 450 MB, of which a tenth was in use.  What the last 1024 widgets drew
    is freed first, which Textual keeps long after they are gone (its issue 6665).
    """
    with suppress(AttributeError, ImportError):  # once it is mended
        from textual._styles_cache import StylesCache

        StylesCache.get_inner_outer.cache_clear()
    with suppress(AttributeError, OSError, TypeError):  # another library, or none
        CDLL(None).malloc_trim(0)
