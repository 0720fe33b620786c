// A screen that moves by itself: [data-live="/call/events"]. It hears that something changed and reads itself anew.
//
// What it says of the time ("in 2 minutes") is true for so many seconds: [data-true-for="57"]. Then it reads itself anew.
// Where the stream cannot be had it asks every ten seconds. Where nothing can be reached it says so, with the numbers.

import { isBeingFilledIn, newest, renew } from "./parts.js";
import { hide, show } from "./words.js";

const ASK_AGAIN_AFTER = 10_000;
const SAY_SO_AFTER = 4_000;

const region = document.querySelector<HTMLElement>("[data-live]");
if (region !== null) {
  follow(region, region.dataset["live"] ?? "");
}

function follow(open: HTMLElement, address: string): void {
  let version = open.dataset["version"];
  let heardOnce = false;
  let silence: number | undefined;
  let looksAgain: number | undefined;
  announce(open);

  const lost = (): void => {
    silence ??= window.setTimeout(() => show("lost"), SAY_SO_AFTER);
  };
  const found = (): void => {
    window.clearTimeout(silence);
    silence = undefined;
    hide("lost");
  };
  /** One that nobody sees waits until somebody looks at it. */
  const lookIn = (milliseconds: number): void => {
    window.clearTimeout(looksAgain);
    if (milliseconds > 0) {
      looksAgain = window.setTimeout(() => document.visibilityState === "visible" && void look(), milliseconds);
    }
  };
  const look = async (): Promise<void> => {
    const newer = await newest(location.href);
    if (newer === null) {
      lost();
      lookIn(ASK_AGAIN_AFTER);
      return;
    }
    found();
    const theirs = newer.screen.querySelector<HTMLElement>(`[data-live="${address}"]`);
    if (theirs === null || !renew(open, theirs)) {
      // A call that ended before the stream was open is still ours to see the end of.
      turn(heardOnce || newer.isFound);
    } else {
      version = theirs.dataset["version"];
      lookIn(isTrueFor(theirs));
    }
  };
  const ask = (): void => {
    window.setTimeout(() => void look().finally(ask), ASK_AGAIN_AFTER);
  };

  const stream = new EventSource(address);
  stream.addEventListener("open", () => {
    heardOnce = true;
    found();
  });
  stream.addEventListener("call", (event) => {
    if (String((JSON.parse((event as MessageEvent<string>).data) as { version: number }).version) !== version) {
      void look();
    }
  });
  stream.addEventListener("watch", () => void look());
  stream.addEventListener("error", () => {
    if (stream.readyState !== EventSource.CLOSED) {
      lost();
    } else {
      // No stream for us: without a cookie there never will be one, and the screen has a button of its own.
      void look().finally(ask);
    }
  });
  window.addEventListener("offline", lost);
  window.addEventListener("online", () => void look());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void look());
  window.addEventListener("pagehide", () => stream.close());
  lookIn(isTrueFor(open));
}

function isTrueFor(region: HTMLElement): number {
  return Number(region.dataset["trueFor"] ?? 0) * 1000;
}

/** The screen has become another one: go there, but never while somebody writes, nor in the way of their own press. */
function turn(isOurs: boolean): void {
  const isPressed = document.querySelector("form[data-pressed]") !== null;
  if (isOurs && !isPressed && !isBeingFilledIn(document.body)) {
    location.reload();
  }
}

/** What changes is read out when the reader has a pause. */
function announce(open: HTMLElement): void {
  const status = open.querySelector('[data-part="status"]') ?? open;
  status.setAttribute("aria-live", "polite");
}
