// Leave quickly: [data-leave]. The screen is blank at once, and Back shows nothing. It never ends a call.
//
// Shift three times within five seconds does the same. A capital letter is no such press.

import { Presses } from "./presses.js";

const LEFT = "left";
const link = document.querySelector<HTMLAnchorElement>("a[data-leave]");

function leave(): void {
  blank();
  remember();
  location.replace(link?.href ?? "/away");
}

function blank(): void {
  document.documentElement.setAttribute("data-gone", "");
}

function remember(): void {
  try {
    sessionStorage.setItem(LEFT, "yes");
  } catch {
    // Storage is switched off: Back may then show the screen again, as it does without script.
  }
}

/** Whether somebody came here by Back or Forward after they had left. */
function cameBack(): boolean {
  try {
    const [how] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    if (how?.type === "back_forward") {
      return sessionStorage.getItem(LEFT) !== null;
    }
    if (location.pathname !== link?.pathname) {
      sessionStorage.removeItem(LEFT);
    }
  } catch {
    // As above.
  }
  return false;
}

if (link !== null) {
  const shift = new Presses(3, 5_000);
  if (cameBack()) {
    leave();
  }
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-leave]") !== null) {
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
