"""A real Chromium without a window, commanded over its debugging pipe."""

import base64
import json
import os
import subprocess
import tempfile
import time

from . import check


class Browser:
    """One page. width and height are those of the screen; a narrow one is a phone."""

    def __init__(self, width, height):
        ours, theirs = os.pipe(), os.pipe()
        self.profile = tempfile.TemporaryDirectory(prefix="ms-chromium-",
                                                   ignore_cleanup_errors=True)
        self.process = subprocess.Popen(
            ["bash", "-c", f'exec chromium "$@" 3<&{ours[0]} 4>&{theirs[1]}', "bash",
             "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--ignore-certificate-errors", "--remote-debugging-pipe",
             f"--user-data-dir={self.profile.name}", "about:blank"],
            pass_fds=(ours[0], theirs[1]), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(ours[0])
        os.close(theirs[1])
        self.to, self.back = os.fdopen(ours[1], "wb"), os.fdopen(theirs[0], "rb")
        self.number, self.session, self.requested = 0, None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target,
                                 flatten=True)["sessionId"]
        self.call("Network.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height,
                  deviceScaleFactor=1, mobile=width < 600)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.to.close()
        self.process.terminate()
        self.process.wait()
        self.back.close()
        self.profile.cleanup()

    def call(self, method, **params):
        """A command of the DevTools protocol; its result."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": params}
        if self.session:
            command["sessionId"] = self.session
        self.to.write(json.dumps(command).encode() + b"\0")
        self.to.flush()
        while True:
            said = self._receive()
            if said.get("id") == self.number:
                check.that("result" in said, f"{method}: {said.get('error')}")
                return said["result"]
            if said.get("method") == "Network.requestWillBeSent":
                self.requested.append(said["params"]["request"]["url"])

    def _receive(self):
        said = bytearray()
        while (byte := self.back.read(1)) != b"\0":
            check.that(byte, "chromium has ended")
            said += byte
        return json.loads(said)

    def open(self, url):
        self.call("Page.navigate", url=url)

    def value(self, script):
        """What an expression is in the page."""
        return self.call("Runtime.evaluate", expression=script,
                         returnByValue=True)["result"].get("value")

    def until(self, script, seconds=10):
        deadline = time.monotonic() + seconds
        while not self.value(script):
            check.that(time.monotonic() < deadline, f"never: {script}")
            time.sleep(0.05)

    def screenshot(self, path):
        """All of the page, also what is below the screen."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True,
                         clip={**size, "scale": 1})
        path.write_bytes(base64.b64decode(shot["data"]))
