"use strict";
const worker = self;
const KEPT = "kept-1";
const AT_ONCE = ["/hotlines", "/no-signal", "/static/style.css"];
const ONCE_OPENED = ["/seat/at-hand"];
const NO_SIGNAL = "/no-signal";
const AWAY = "/away";
const PATIENCE = 4_000;
worker.addEventListener("install", (event) => {
    event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(AT_ONCE)));
    void worker.skipWaiting();
});
worker.addEventListener("activate", (event) => {
    event.waitUntil(forgetOlder().then(() => worker.clients.claim()));
});
worker.addEventListener("fetch", (event) => {
    const path = pathOf(event.request.url);
    if (path === undefined) {
        return;
    }
    if ([...AT_ONCE, ...ONCE_OPENED].includes(path) && event.request.method === "GET") {
        event.respondWith(newestOrKept(event.request, path));
    }
    else if (event.request.mode === "navigate") {
        event.respondWith(fetch(event.request).catch(() => withoutSignal(path)));
    }
});
function pathOf(address) {
    const url = new URL(address);
    return url.origin === worker.location.origin ? url.pathname : undefined;
}
async function newestOrKept(request, path) {
    const kept = await caches.open(KEPT);
    const older = await kept.match(path);
    try {
        const newer = await fetch(request, older ? { signal: AbortSignal.timeout(PATIENCE) } : {});
        if (newer.ok && !newer.redirected) {
            await kept.put(path, newer.clone());
        }
        return newer.status < 500 ? newer : (older ?? newer);
    }
    catch {
        return older ?? withoutSignal(path);
    }
}
async function withoutSignal(path) {
    if (path === AWAY) {
        return new Response("<!doctype html><title>Today</title>", { headers: { "Content-Type": "text/html" } });
    }
    return (await (await caches.open(KEPT)).match(NO_SIGNAL)) ?? Response.error();
}
async function forgetOlder() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
}
const YES = "yes";
const NO = "no";
const REACHED = "reached";
const MY_WAYS = "/team/";
const SEAT = "/seat";
const ANSWER_PATIENCE = 15_000;
const WORDS = {
    page: {
        title: "Can you take one?",
        body: "Tap to open the link, or answer here.",
        actions: [{ action: YES, title: "I can take it" }, { action: NO, title: "I can’t" }],
    },
    coordinator: { title: "A page is unanswered", body: "Find a helper. Tap to open the link.", actions: [] },
    test: {
        title: "This is a test",
        body: "TEST, nobody is waiting.",
        actions: [{ action: REACHED, title: "It reached me" }],
    },
};
const OTHERWISE = { title: "About your pages", body: "Tap to read it.", actions: [] };
worker.addEventListener("push", (event) => {
    const told = toldBy(event.data);
    event.waitUntil(show(WORDS[told.w] ?? OTHERWISE, told.p));
});
worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    const path = String(event.notification.data ?? MY_WAYS);
    event.waitUntil(event.action === "" ? open(path) : answer(path, event.action));
});
function toldBy(data) {
    try {
        const told = data?.json();
        return /^\/[A-Za-z0-9/_-]*$/.test(told.p) && !told.p.startsWith("//") ? told : { w: "", p: MY_WAYS };
    }
    catch {
        return { w: "", p: MY_WAYS };
    }
}
async function show(shown, path) {
    const options = {
        body: shown.body,
        tag: path,
        data: path,
        renotify: true,
        requireInteraction: shown.actions.length > 0,
        icon: "/static/icon.svg",
        actions: shown.actions,
    };
    await worker.registration.showNotification(shown.title, options);
}
async function open(path) {
    try {
        await worker.clients.openWindow(path);
    }
    catch {
        await show({ title: "It is yours", body: "Tap to go on.", actions: [] }, path);
    }
}
async function answer(path, action) {
    const verb = { [YES]: "acknowledge", [NO]: "decline", [REACHED]: "reached" }[action];
    if (verb === undefined) {
        await open(path);
        return;
    }
    try {
        const sent = await fetch(`${path}/${verb}`, {
            method: "POST",
            body: new URLSearchParams({ press: crypto.randomUUID() }),
            credentials: "same-origin",
            signal: AbortSignal.timeout(ANSWER_PATIENCE),
        });
        await afterwards(sent, path, action);
    }
    catch {
        await show({ title: "Your answer was not sent", body: "No signal? Tap to try again.", actions: [] }, path);
    }
}
async function afterwards(sent, path, action) {
    if (sent.ok) {
        await (action === YES ? open(SEAT) : Promise.resolve());
    }
    else if (sent.status === 409) {
        await show({ title: "Thank you", body: "Tap to see how it stands.", actions: [] }, path);
    }
    else if (sent.status === 404 || sent.status === 410) {
        await show({ title: "This page is over", body: "Thank you.", actions: [] }, path);
    }
    else {
        await show({ title: "Your answer was not sent", body: "Tap to try again.", actions: [] }, path);
    }
}
