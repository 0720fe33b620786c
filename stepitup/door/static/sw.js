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
const ENGLISH = {
    words: {
        page: {
            title: "Can you take one?",
            body: "Tap to open the link, or answer here.",
            actions: [{ action: YES, title: "I can take it" }, { action: NO, title: "I can’t" }],
        },
        coordinator: said("A page is unanswered", "Find a helper. Tap to open the link."),
        test: {
            title: "This is a test",
            body: "TEST, nobody is waiting.",
            actions: [{ action: REACHED, title: "It reached me" }],
        },
    },
    otherwise: said("About your pages", "Tap to read it."),
    yours: said("It is yours", "Tap to go on."),
    notSent: said("Your answer was not sent", "Tap to try again."),
    noSignal: said("Your answer was not sent", "No signal? Tap to try again."),
    noted: said("Thank you", "Tap to see how it stands."),
    over: said("This page is over", "Thank you."),
};
const SPANISH = {
    words: {
        page: {
            title: "¿Puede tomar uno?",
            body: "Toque para abrir el enlace, o responda aquí.",
            actions: [{ action: YES, title: "Puedo tomarlo" }, { action: NO, title: "No puedo" }],
        },
        coordinator: said("Un aviso sigue sin respuesta", "Busque a alguien que ayude. Toque para abrir el enlace."),
        test: {
            title: "Esto es una prueba",
            body: "PRUEBA, nadie espera.",
            actions: [{ action: REACHED, title: "Me ha llegado" }],
        },
    },
    otherwise: said("Sobre sus avisos", "Toque para leerlo."),
    yours: said("Es suyo", "Toque para seguir."),
    notSent: said("Su respuesta no se envió", "Toque para intentarlo otra vez."),
    noSignal: said("Su respuesta no se envió", "¿Sin señal? Toque para intentarlo otra vez."),
    noted: said("Gracias", "Toque para ver cómo sigue."),
    over: said("Este aviso ha terminado", "Gracias."),
};
const SPOKEN = spokenIn(worker.navigator.languages);
function said(title, body) {
    return { title, body, actions: [] };
}
function spokenIn(languages) {
    const first = languages.find((one) => /^(en|es)\b/i.test(one)) ?? "en";
    return first.toLowerCase().startsWith("es") ? SPANISH : ENGLISH;
}
worker.addEventListener("push", (event) => {
    const told = toldBy(event.data);
    event.waitUntil(show(SPOKEN.words[told.w] ?? SPOKEN.otherwise, told.p));
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
        await show(SPOKEN.yours, path);
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
        await show(SPOKEN.noSignal, path);
    }
}
async function afterwards(sent, path, action) {
    if (sent.ok) {
        await (action === YES ? open(SEAT) : Promise.resolve());
    }
    else if (sent.status === 409) {
        await show(SPOKEN.noted, path);
    }
    else if (sent.status === 404 || sent.status === 410) {
        await show(SPOKEN.over, path);
    }
    else {
        await show(SPOKEN.notSent, path);
    }
}
