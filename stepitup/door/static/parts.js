export async function newest(address) {
    try {
        const answer = await fetch(address, { cache: "no-store", headers: { Accept: "text/html" } });
        if (answer.status >= 500) {
            return null;
        }
        return { screen: new DOMParser().parseFromString(await answer.text(), "text/html"), isFound: answer.ok };
    }
    catch {
        return null;
    }
}
export function renew(open, newer) {
    const [ours, theirs] = [partsOf(open), partsOf(newer)];
    if (ours.length !== theirs.length || ours.some((part, at) => nameOf(part) !== nameOf(theirs[at]))) {
        return false;
    }
    ours.forEach((part, at) => bring(part, theirs[at]));
    return true;
}
export function isBeingFilledIn(within) {
    const controls = within.querySelectorAll("input:not([type=hidden]), textarea, select");
    return [...controls].some((control) => control === document.activeElement || isChanged(control));
}
function isChanged(control) {
    if (control instanceof HTMLSelectElement) {
        return [...control.options].some((option) => option.selected !== option.defaultSelected && option.index > 0);
    }
    if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
        return control.checked !== control.defaultChecked;
    }
    return control.value !== control.defaultValue;
}
function partsOf(region) {
    const parts = [...region.querySelectorAll("[data-part]")];
    return parts.length > 0 ? parts : [region];
}
function nameOf(part) {
    return part?.getAttribute("data-part");
}
function bring(part, newer) {
    if (isBeingFilledIn(part)) {
        return;
    }
    if (said(part) === said(newer)) {
        bringHidden(part, newer);
        return;
    }
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const opened = [...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    part.replaceChildren(...newer.childNodes);
    for (const summary of part.querySelectorAll("details > summary")) {
        if (opened.includes(summary.textContent)) {
            summary.parentElement?.setAttribute("open", "");
        }
    }
    if (focused !== null) {
        counterpart(part, focused)?.focus();
    }
}
function said(part) {
    const copy = part.cloneNode(true);
    copy.querySelectorAll("input[type=hidden]").forEach((hidden) => hidden.remove());
    copy.querySelectorAll("details").forEach((details) => details.removeAttribute("open"));
    return copy.innerHTML;
}
function bringHidden(part, newer) {
    const fields = newer.querySelectorAll("input[type=hidden]");
    part.querySelectorAll("input[type=hidden]").forEach((field, at) => {
        field.value = fields[at]?.value ?? field.value;
    });
}
function counterpart(part, focused) {
    const alike = [...part.querySelectorAll("a, button, summary")];
    return alike.find((one) => one.tagName === focused.tagName && one.textContent === focused.textContent);
}
