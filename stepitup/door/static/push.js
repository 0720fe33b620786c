"use strict";
const form = document.querySelector("form[data-push]");
function say(which) {
    for (const told of document.querySelectorAll("[data-push-says]")) {
        told.hidden = told.dataset["pushSays"] !== which;
    }
}
function put(name, value) {
    const field = form?.elements.namedItem(name);
    if (field instanceof HTMLInputElement) {
        field.value = value;
    }
}
async function subscribed(key) {
    const registration = await navigator.serviceWorker.ready;
    const before = await registration.pushManager.getSubscription();
    await before?.unsubscribe();
    return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}
async function turnOn() {
    say("asking");
    if ((await Notification.requestPermission()) !== "granted") {
        say("refused");
        return;
    }
    const { endpoint, keys } = (await subscribed(form?.dataset["push"] ?? "")).toJSON();
    put("endpoint", endpoint ?? "");
    put("p256dh", keys?.["p256dh"] ?? "");
    put("auth", keys?.["auth"] ?? "");
    form?.submit();
}
if (form !== null) {
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) {
        say("cannot");
    }
    else {
        say("ready");
        form.hidden = false;
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            turnOn().catch(() => say("failed"));
        });
    }
}
