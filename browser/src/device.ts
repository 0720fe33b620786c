// A helper's own device: a key that it makes itself and never gives away, kept by the browser (IndexedDB).
//
// form[data-device=enrol] makes the key and hands in the public half; [data-seat] proves it once, and looks again. A proof
// that was lost on its way is sent again: with one bar of signal the first often is.

import { show } from "./words.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const SECONDS_BETWEEN = [1, 2, 4, 8, 15, 30];
const REFUSED = 400;
const FAILED = 500;
const SIGNING = { name: "ECDSA", hash: "SHA-256" };

interface Kept {
  readonly key: string;
  readonly hidden: CryptoKey;
}

const form = document.querySelector<HTMLFormElement>("form[data-device=enrol]");
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  void enrol(form).catch(() => show("no-key"));
});

const seat = document.querySelector<HTMLElement>("[data-seat]");
if (seat !== null) {
  void prove(seat.dataset["seat"] ?? "").catch(() => undefined); // the screen says already what stays closed, and why
}

async function enrol(asked: HTMLFormElement): Promise<void> {
  const mine = (await kept()) ?? (await made()); // a second press must not throw away the key that was signed
  fill(asked, "key", mine.key);
  fill(asked, "proof", await sign(mine.hidden, asked.dataset["words"] ?? ""));
  asked.submit();
}

async function made(): Promise<Kept> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["sign", "verify"]);
  const mine = { key: text(await crypto.subtle.exportKey("raw", pair.publicKey)), hidden: pair.privateKey };
  await keep(mine);
  return mine;
}

async function prove(words: string): Promise<void> {
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
      return; // it is not known here: said again, it is no better known
    }
    await new Promise((over) => setTimeout(over, seconds * 1000));
  }
}

async function sign(hidden: CryptoKey, words: string): Promise<string> {
  return text(await crypto.subtle.sign(SIGNING, hidden, new TextEncoder().encode(words)));
}

function fill(asked: HTMLFormElement, name: string, value: string): void {
  const field = asked.querySelector<HTMLInputElement>(`input[name=${name}]`);
  if (field !== null) {
    field.value = value;
  }
}

function text(plain: ArrayBuffer): string {
  const letters = String.fromCharCode(...new Uint8Array(plain));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function keep(mine: Kept): Promise<void> {
  const store = await opened("readwrite");
  await done(store.put(mine, "device"));
}

async function kept(): Promise<Kept | undefined> {
  const store = await opened("readonly");
  return (await done(store.get("device"))) as Kept | undefined;
}

async function opened(how: IDBTransactionMode): Promise<IDBObjectStore> {
  const asked = indexedDB.open("team", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("own");
  const house = (await done(asked)) as IDBDatabase;
  return house.transaction("own", how).objectStore("own");
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error ?? new Error("not kept"));
  });
}
