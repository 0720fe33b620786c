"""Takes the README's two pictures from the running program, at phone size, by night. `make screenshots` runs this.

1. The real program starts with the demonstration team, in a folder that is thrown away.
2. Rosa presses, skips the questions and waits: the first picture.
3. The newest page on the pager is answered: the second picture, a helper's seat.
"""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from tests.provision import chromium
from tests.provision.folders import HOUSE, throwaway_folder

PICTURES = HOUSE / "docs" / "pictures"
PATIENCE = 60.0
MOST_SCREENS_ON_THE_WAY = 10


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running_program() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.path(), args=list(chromium.FLAGS))
        caller, helper = phone(browser), phone(browser)
        call_and_wait(caller, address)
        keep_a_picture(caller, "waiting")
        answer_the_newest_page(helper, address)
        keep_a_picture(helper, "a-helpers-seat")
        browser.close()
    return 0


@contextmanager
def running_program() -> Iterator[str]:
    """`stepitup run --demo` on a free port; ended by its id."""
    data = throwaway_folder("pictures")
    port = free_port()
    command = [str(Path(sys.executable).parent / "stepitup"), "run", "--demo", "--port", str(port), "--data", str(data)]
    with subprocess.Popen(command, cwd=HOUSE) as program:
        try:
            address = f"http://localhost:{port}"
            wait_until_ready(address, program)
            yield address
        finally:
            program.terminate()
            program.wait(timeout=20)
            shutil.rmtree(data, ignore_errors=True)


def wait_until_ready(address: str, program: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and program.poll() is None:
        try:
            if httpx.get(f"{address}/healthz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit("The program did not get ready: see its words above.")


def phone(browser: Browser) -> Page:
    held_at_night = browser.new_context(
        viewport={"width": 390, "height": 844}, device_scale_factor=2, color_scheme="dark", has_touch=True
    )
    return held_at_night.new_page()


def call_and_wait(caller: Page, address: str) -> None:
    """Press, and skip whatever is asked, until the waiting screen stands."""
    caller.goto(address)
    caller.locator("form[action='/call'] button.main-action").first.click()
    for _ in range(MOST_SCREENS_ON_THE_WAY):
        if caller.locator("form[action='/call/step-up']").count():
            return
        caller.locator("button[name='skip'], button.main-action").last.click()
    raise SystemExit(f"The waiting screen did not come; the last one was: {caller.inner_text('h1')}")


def answer_the_newest_page(helper: Page, address: str) -> None:
    until = time.monotonic() + PATIENCE
    while not (pages := httpx.get(f"{address}/demo/pager.json").json()):
        if time.monotonic() > until:
            raise SystemExit("No page came to the pager.")
        time.sleep(0.2)
    helper.goto(pages[-1]["link"])
    helper.locator("form[action$='/acknowledge'] button").click()
    helper.wait_for_url("**/seat")


def keep_a_picture(screen: Page, name: str) -> None:
    file = PICTURES / f"{name}.png"
    screen.bring_to_front()  # a tab that nobody looks at is not drawn
    screen.screenshot(path=file)
    print(f"{file.relative_to(HOUSE)}: {screen.inner_text('h1')}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main())
