// A press that is told the truth: one press a form, and words with numbers when it could not be sent.
//
// The form keeps its key. Pressing again, by this script or by hand, makes one call, not two.

import { hide, show } from "./words.js";

const PATIENCE = 10_000;
// Forms with such a field may be sent twice: the server knows the second as the first.
const SAFE_TWICE = "input[name=opening_key], input[name=press]";

document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (form.method !== "post") {
    return;
  }
  if (form.dataset["pressed"] !== undefined) {
    event.preventDefault();
    return;
  }
  hide("not-sent");
  mark(form, true);
  if (!navigator.onLine) {
    event.preventDefault();
    fail(form);
  } else if (form.querySelector(SAFE_TWICE) !== null) {
    event.preventDefault();
    void sendFirst(form, event.submitter);
  } else {
    window.setTimeout(() => fail(form), PATIENCE);
  }
});

// Back brings the form as it was left: ready to be pressed.
window.addEventListener("pageshow", () => {
  document.querySelectorAll<HTMLFormElement>("form[data-pressed]").forEach((form) => mark(form, false));
});

/** Sends it here, so that a failure is ours to tell; then goes where the server says. */
async function sendFirst(form: HTMLFormElement, button: HTMLElement | null): Promise<void> {
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams([...new FormData(form, button)].map(([name, value]) => [name, String(value)])),
      headers: { Accept: "text/html" },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (answer.redirected && answer.ok) {
      location.assign(answer.url);
    } else {
      // It arrived, and the answer is a screen of its own: let the browser send the same once more and show it.
      sendAsBrowsersDo(form, button);
    }
  } catch {
    fail(form);
  }
}

function sendAsBrowsersDo(form: HTMLFormElement, button: HTMLElement | null): void {
  if (button instanceof HTMLButtonElement && button.name !== "") {
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: button.name, value: button.value });
    form.append(chosen);
  }
  form.submit();
}

function fail(form: HTMLFormElement): void {
  mark(form, false);
  show("not-sent");
}

function mark(form: HTMLFormElement, isPressed: boolean): void {
  form.toggleAttribute("data-pressed", isPressed);
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-disabled", String(isPressed));
  }
}
