"""The terminal's driver: Textual's, which a byte that is no UTF-8 does not end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver


def driver() -> type[Driver] | None:
    """Return the driver for this system; None for Textual's own choice."""
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class Lenient(LinuxDriver):
        """Drops a byte that is no UTF-8, such as an old mouse report has, with what came along with it."""

        def run_input_thread(self) -> None:
            while True:
                try:
                    return super().run_input_thread()
                except UnicodeDecodeError:
                    continue

    return Lenient
