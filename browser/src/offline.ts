// Keeps the few screens that open without a network (sw.js). Private screens are never kept.

if ("serviceWorker" in navigator) {
  window.addEventListener("load", () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined));
}
