import { show } from "./words.js";
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SECONDS_BETWEEN = [1, 2, 4, 8, 15, 30];
const REFUSED = 400;
const FAILED = 500;
const SIGNING = { name: "ECDSA", hash: "SHA-256" };
const form = document.querySelector("form[data-device=enrol]");
form?.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    void enrol(form).catch(() => show("no-key"));
});
const seat = document.querySelector("[data-seat]");
if (seat !== null) {
    void prove(seat.dataset["seat"] ?? "").catch(() => undefined);
}
async function enrol(asked) {
    const mine = (await kept()) ?? (await made());
    fill(asked, "key", mine.key);
    fill(asked, "proof", await sign(mine.hidden, asked.dataset["words"] ?? ""));
    asked.submit();
}
async function made() {
    const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
    const mine = { key: text(await crypto.subtle.exportKey("raw", pair.publicKey)), hidden: pair.privateKey };
    await keep(mine);
    return mine;
}
async function prove(words) {
    const mine = await kept();
    if (mine === undefined) {
        return;
    }
    const said = new URLSearchParams({ key: mine.key, proof: await sign(mine.hidden, words) });
    for (const seconds of SECONDS_BETWEEN) {
        const answer = await fetch("/seat/this-device", { method: "POST", body: said }).catch(() => undefined);
        if (answer?.ok === true) {
            location.reload();
            return;
        }
        if (answer !== undefined && answer.status >= REFUSED && answer.status < FAILED) {
            return;
        }
        await new Promise((over) => setTimeout(over, seconds * 1000));
    }
}
async function sign(hidden, words) {
    return text(await crypto.subtle.sign(SIGNING, hidden, new TextEncoder().encode(words)));
}
function fill(asked, name, value) {
    const field = asked.querySelector(`input[name=${name}]`);
    if (field !== null) {
        field.value = value;
    }
}
function text(plain) {
    const letters = String.fromCharCode(...new Uint8Array(plain));
    return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
async function keep(mine) {
    const store = await opened("readwrite");
    await done(store.put(mine, "device"));
}
async function kept() {
    const store = await opened("readonly");
    return (await done(store.get("device")));
}
async function opened(how) {
    const asked = indexedDB.open("team", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("own");
    const house = (await done(asked));
    return house.transaction("own", how).objectStore("own");
}
function done(asked) {
    return new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error ?? new Error("not kept"));
    });
}
