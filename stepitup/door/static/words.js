export function show(name) {
    const words = document.querySelector(`template[data-when="${name}"]`);
    if (words === null || shown(name) !== null) {
        return;
    }
    const place = document.createElement("div");
    place.dataset["shown"] = name;
    place.setAttribute("role", "status");
    document.querySelector("main")?.prepend(place);
    place.append(words.content.cloneNode(true));
}
export function hide(name) {
    shown(name)?.remove();
}
function shown(name) {
    return document.querySelector(`[data-shown="${name}"]`);
}
