import { newest, renew } from "./parts.js";
const open = document.querySelector("[data-again]");
if (open !== null) {
    const seconds = Number(open.dataset["again"]);
    window.setInterval(() => void look(open), seconds * 1000);
}
async function look(screen) {
    if (document.visibilityState === "hidden") {
        return;
    }
    const newer = (await newest(location.href))?.screen.querySelector("[data-again]");
    if (newer) {
        renew(screen, newer);
    }
}
