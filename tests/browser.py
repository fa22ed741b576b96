"""A headless Chromium, driven through the pipe of its DevTools protocol; the standard library is enough."""

import base64
import json
import os
import select
import shutil
import signal
import time
from contextlib import contextmanager
from fcntl import F_DUPFD, fcntl

NAMES = "chromium", "chromium-browser", "google-chrome"
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
    "--remote-debugging-pipe",
]  # fmt: skip
KEYS = {"ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Home": 36, "End": 35, "Tab": 9}
PATIENCE = 60  # seconds for what takes a busy machine long


class Browser:
    """A running browser: commands and their answers in turn, and what happened meanwhile."""

    def __init__(self, folder):
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()
        ends = [fcntl(end, F_DUPFD, 10) for end in (commands, answers)]  # out of the way of 3 and 4
        quiet = os.open(os.devnull, os.O_RDWR)
        dup = [
            (os.POSIX_SPAWN_DUP2, end, to) for end, to in ((quiet, 1), (quiet, 2), (ends[0], 3), (ends[1], 4))
        ]
        command = [BROWSER, *OPTIONS, f"--user-data-dir={folder}"]
        self.process = os.posix_spawn(BROWSER, command, os.environ, file_actions=dup, setpgroup=0)
        for end in (commands, answers, quiet, *ends):
            os.close(end)
        self.number, self.rest, self.events = 0, b"", []

    def close(self):
        os.close(self.commands)
        os.close(self.answers)
        os.killpg(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)

    def ask(self, method, session=None, **params):
        """The answer to a command; events that come before it are kept."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": params} | (
            {"sessionId": session} if session else {}
        )
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while (answer := self.next()).get("id") != self.number:
            self.events.append(answer)
        assert "error" not in answer, answer
        return answer["result"]

    def next(self):
        """The next message."""
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.rest:
            assert select.select([self.answers], [], [], end - time.monotonic())[0], "the browser is silent"
            self.rest += os.read(self.answers, 1 << 16)
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    @contextmanager
    def page(self, address, width=1280, *, dark=False, script=True):
        """A page that has been loaded, so many pixels wide."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.ask(f"{domain}.enable")
        page.ask(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        page.ask("Emulation.setScriptExecutionDisabled", value=not script)
        page.media("screen", dark=dark)
        page.go(address)
        yield page
        self.ask("Target.closeTarget", targetId=target)


class Page:
    """A page in the browser: what it shows, and what is done to it."""

    def __init__(self, browser, session):
        self.browser, self.session = browser, session

    def ask(self, method, **params):
        return self.browser.ask(method, self.session, **params)

    def happened(self, method):
        """What this page has been seen to do."""
        ours = (e for e in self.browser.events if e.get("sessionId") == self.session)
        return [event["params"] for event in ours if event["method"] == method]

    def go(self, address):
        loads = len(self.happened("Page.loadEventFired"))
        self.ask("Page.navigate", url=address)
        while len(self.happened("Page.loadEventFired")) == loads:
            self.browser.events.append(self.browser.next())

    def media(self, kind, *, dark=False):
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media=kind, features=[scheme])

    def eval(self, expression):
        """The value of an expression in the page."""
        done = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def until(self, expression):
        """Wait until an expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.eval(expression):
            assert time.monotonic() < end, f"never: {expression}"
            time.sleep(0.02)

    def key(self, name):
        for kind in ("rawKeyDown", "keyUp"):
            self.ask(
                "Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=KEYS[name]
            )

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)

    def drag(self, start, end):
        """Press the mouse at one place, and let it go at another."""
        way = [("mousePressed", *start), ("mouseMoved", *end), ("mouseReleased", *end)]
        for kind, x, y in way:
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)

    def pdf(self):
        """The page as it is printed."""
        self.ask("Emulation.setEmulatedMedia", media="")
        return base64.b64decode(self.ask("Page.printToPDF", generateTaggedPDF=True)["data"])

    def requests(self):
        """The addresses that it asked for, after its own."""
        return [sent["request"]["url"] for sent in self.happened("Network.requestWillBeSent")][1:]

    def console(self):
        """What was written on its console, thrown, or complained of by the browser."""
        called = [str(c["args"]) for c in self.happened("Runtime.consoleAPICalled")]
        thrown = [t["exceptionDetails"]["text"] for t in self.happened("Runtime.exceptionThrown")]
        return called + thrown + [e["entry"]["text"] for e in self.happened("Log.entryAdded")]
