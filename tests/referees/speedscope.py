"""What speedscope takes from a file: opens it in a browser, and has it save the profile."""

import base64
import json
import os
import tempfile

from tests.end_to_end.page.browser import Browser

_SAVE = """
const create = URL.createObjectURL;
URL.createObjectURL = (blob) => { window.saved = blob; return create.call(URL, blob); };
const buttons = [...document.querySelectorAll("*")].filter(
  (element) => element.textContent.includes("Export") && element.children.length <= 1);
buttons[buttons.length - 1].click();
"""


def stacks(folder, path):
    """The weight of each stack, a tuple of names from the outermost on.

    Args:
        folder: Where speedscope's index.html is.
        path: The file.
    """
    with open(path, "rb") as file:
        data = base64.b64encode(file.read()).decode()
    browser = Browser()
    try:
        with tempfile.NamedTemporaryFile("w", suffix=".js") as script:
            script.write(f'speedscope.loadFileFromBase64("heap", "{data}")')
            script.flush()
            browser.driver.get(f"file://{os.path.abspath(folder)}/index.html"
                               f"#localProfilePath={script.name}")
            browser.wait("return document.body.innerText.includes('Export')")
            browser.run(_SAVE)
            browser.wait("return Boolean(window.saved)")
            text = browser.run_async("const done = arguments[0]; window.saved.text().then(done);")
    finally:
        browser.close()
    return _stacks(json.loads(text))


def _stacks(saved):
    """The weights in a file of speedscope's own: frames open and close along a line."""
    names = [frame["name"] for frame in saved["shared"]["frames"]]
    weights, stack, place = {}, [], 0
    for event in saved["profiles"][0]["events"]:
        if event["at"] > place:
            weights[tuple(stack)] = weights.get(tuple(stack), 0) + event["at"] - place
            place = event["at"]
        if event["type"] == "O":
            stack.append(names[event["frame"]])
        else:
            stack.pop()
    return weights
