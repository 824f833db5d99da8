"""A browser without a screen, for tests of the page: Debian's chromium, through its driver."""

import base64
import os
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

_SECONDS = 60  # Before a page is given up, on a machine with much else to do.
# No name leads anywhere, and no address either.
_ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
              "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9",
              "--force-device-scale-factor=1", "--lang=en")


class Browser:
    """A browser; `close` ends it."""

    def __init__(self):
        # Chromium wants a home of its own.
        self._home = tempfile.TemporaryDirectory()
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in (*_ARGUMENTS, f"--user-data-dir={self._home.name}"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def close(self):
        self.driver.quit()
        self._home.cleanup()

    def open(self, path, fragment="", width=1200, height=900, theme="light"):
        """Opens a page from its file, and waits until it is drawn."""
        self.resize(width, height)
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": theme}]})
        self.driver.get("about:blank")
        self.driver.get(f"file://{os.path.abspath(path)}{fragment}")
        self.wait("return document.documentElement.dataset.ready || "
                  "document.querySelector('[role=alert]')")

    def resize(self, width, height):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def wait(self, script):
        """Returns what the script returns, once that is true."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            result = self.run(script)
            if result:
                return result
            time.sleep(0.02)
        raise TimeoutError(script)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def run_async(self, script, *arguments):
        """Runs a script that hands its result to its last argument."""
        self.driver.set_script_timeout(_SECONDS)
        return self.driver.execute_async_script(script, *arguments)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def find_all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def click_corner(self, element):
        """Clicks beside the upper left corner, where nothing lies over an element."""
        self.run("arguments[0].scrollIntoView({block: 'center'})", element)
        size = element.size
        ActionChains(self.driver).move_to_element_with_offset(
            element, 5 - size["width"] // 2, 8 - size["height"] // 2).click().perform()

    def text(self, selector):
        """The text of the first match, shown or not."""
        return self.run("return document.querySelector(arguments[0]).textContent", selector)

    def press(self, *keys):
        """Presses keys where the focus is; names are those of selenium's Keys."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(getattr(Keys, key, key))

    def focused(self, attribute):
        """An attribute of what has the focus."""
        return self.run("return document.activeElement.getAttribute(arguments[0])", attribute)

    def errors(self):
        """What the browser complained of since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def print_pdf(self):
        """The page on paper."""
        return base64.b64decode(self.driver.execute_cdp_cmd(
            "Page.printToPDF", {"printBackground": True})["data"])

    def screenshot(self, path):
        self.driver.save_screenshot(path)
