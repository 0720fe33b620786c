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
