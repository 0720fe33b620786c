import { isBeingFilledIn, newest, renew } from "./parts.js";
import { hide, show } from "./words.js";
const ASK_AGAIN_AFTER = 10_000;
const SAY_SO_AFTER = 4_000;
const region = document.querySelector("[data-live]");
if (region !== null) {
    follow(region, region.dataset["live"] ?? "");
}
function follow(open, address) {
    let version = open.dataset["version"];
    let heardOnce = false;
    let silence;
    let looksAgain;
    announce(open);
    const lost = () => {
        silence ??= window.setTimeout(() => show("lost"), SAY_SO_AFTER);
    };
    const found = () => {
        window.clearTimeout(silence);
        silence = undefined;
        hide("lost");
    };
    const lookIn = (milliseconds) => {
        window.clearTimeout(looksAgain);
        if (milliseconds > 0) {
            looksAgain = window.setTimeout(() => document.visibilityState === "visible" && void look(), milliseconds);
        }
    };
    const look = async () => {
        const newer = await newest(location.href);
        if (newer === null) {
            lost();
            lookIn(ASK_AGAIN_AFTER);
            return;
        }
        found();
        const theirs = newer.screen.querySelector(`[data-live="${address}"]`);
        if (theirs === null || !renew(open, theirs)) {
            turn(heardOnce || newer.isFound);
        }
        else {
            version = theirs.dataset["version"];
            lookIn(isTrueFor(theirs));
        }
    };
    const ask = () => {
        window.setTimeout(() => void look().finally(ask), ASK_AGAIN_AFTER);
    };
    const stream = new EventSource(address);
    stream.addEventListener("open", () => {
        heardOnce = true;
        found();
    });
    stream.addEventListener("call", (event) => {
        if (String(JSON.parse(event.data).version) !== version) {
            void look();
        }
    });
    stream.addEventListener("watch", () => void look());
    stream.addEventListener("error", () => {
        if (stream.readyState !== EventSource.CLOSED) {
            lost();
        }
        else {
            void look().finally(ask);
        }
    });
    window.addEventListener("offline", lost);
    window.addEventListener("online", () => void look());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && void look());
    window.addEventListener("pagehide", () => stream.close());
    lookIn(isTrueFor(open));
}
function isTrueFor(region) {
    return Number(region.dataset["trueFor"] ?? 0) * 1000;
}
function turn(isOurs) {
    const isPressed = document.querySelector("form[data-pressed]") !== null;
    if (isOurs && !isPressed && !isBeingFilledIn(document.body)) {
        location.reload();
    }
}
function announce(open) {
    const status = open.querySelector('[data-part="status"]') ?? open;
    status.setAttribute("aria-live", "polite");
}
