import { Presses } from "./presses.js";
const LEFT = "left";
const link = document.querySelector("a[data-leave]");
function leave() {
    blank();
    remember();
    location.replace(link?.href ?? "/away");
}
function blank() {
    document.documentElement.setAttribute("data-gone", "");
}
function remember() {
    try {
        sessionStorage.setItem(LEFT, "yes");
    }
    catch {
    }
}
function cameBack() {
    try {
        const [how] = performance.getEntriesByType("navigation");
        if (how?.type === "back_forward") {
            return sessionStorage.getItem(LEFT) !== null;
        }
        if (location.pathname !== link?.pathname) {
            sessionStorage.removeItem(LEFT);
        }
    }
    catch {
    }
    return false;
}
if (link !== null) {
    const shift = new Presses(3, 5_000);
    if (cameBack()) {
        leave();
    }
    document.addEventListener("click", (event) => {
        if (event.target.closest("[data-leave]") !== null) {
            event.preventDefault();
            leave();
        }
    });
    document.addEventListener("keydown", (event) => shift.down(event.key, event.repeat));
    document.addEventListener("keyup", (event) => {
        if (shift.up(event.key, event.timeStamp)) {
            leave();
        }
    });
    window.addEventListener("pageshow", (event) => {
        if (event.persisted) {
            blank();
            location.reload();
        }
    });
}
