import { hide, show } from "./words.js";
const PATIENCE = 10_000;
const SAFE_TWICE = "input[name=opening_key], input[name=press]";
document.addEventListener("submit", (event) => {
    const form = event.target;
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
    }
    else if (form.querySelector(SAFE_TWICE) !== null) {
        event.preventDefault();
        void sendFirst(form, event.submitter);
    }
    else {
        window.setTimeout(() => fail(form), PATIENCE);
    }
});
window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-pressed]").forEach((form) => mark(form, false));
});
async function sendFirst(form, button) {
    try {
        const answer = await fetch(form.action, {
            method: "POST",
            body: new URLSearchParams([...new FormData(form, button)].map(([name, value]) => [name, String(value)])),
            headers: { Accept: "text/html" },
            signal: AbortSignal.timeout(PATIENCE),
        });
        if (answer.redirected && answer.ok) {
            location.assign(answer.url);
        }
        else {
            sendAsBrowsersDo(form, button);
        }
    }
    catch {
        fail(form);
    }
}
function sendAsBrowsersDo(form, button) {
    if (button instanceof HTMLButtonElement && button.name !== "") {
        const chosen = document.createElement("input");
        Object.assign(chosen, { type: "hidden", name: button.name, value: button.value });
        form.append(chosen);
    }
    form.submit();
}
function fail(form) {
    mark(form, false);
    show("not-sent");
}
function mark(form, isPressed) {
    form.toggleAttribute("data-pressed", isPressed);
    for (const button of form.querySelectorAll("button")) {
        button.setAttribute("aria-disabled", String(isPressed));
    }
}
