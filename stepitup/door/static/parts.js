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
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    if (headingOf(part) === headingOf(newer)) {
        become(part, newer);
    }
    else {
        replace(part, newer);
    }
    if (focused?.isConnected === false) {
        counterpart(part, focused)?.focus();
    }
}
function headingOf(part) {
    return part.querySelector("h1")?.textContent;
}
function replace(part, newer) {
    const opened = [...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    part.replaceChildren(...newer.childNodes);
    for (const summary of part.querySelectorAll("details > summary")) {
        if (opened.includes(summary.textContent)) {
            summary.parentElement?.setAttribute("open", "");
        }
    }
}
function become(open, newer) {
    const theirs = wordsIn(newer);
    const stays = new Set(theirs.map((one) => one.says));
    const left = wordsIn(open);
    for (const one of theirs) {
        const at = placeOf(one, left, stays);
        if (at < 0) {
            open.insertBefore(one.node, left[0]?.node ?? null);
            continue;
        }
        const passed = left.splice(0, at + 1);
        turnInto(passed.pop(), one);
        passed.forEach((other) => other.node.remove());
    }
    left.forEach((other) => other.node.remove());
}
function placeOf(one, left, stays) {
    const same = left.findIndex((other) => other.says === one.says);
    const staying = left.findIndex((other) => stays.has(other.says));
    const may = staying < 0 ? left : left.slice(0, staying);
    return same < 0 ? may.findIndex((other) => kindOf(other.node) === kindOf(one.node)) : same;
}
function turnInto({ node: ours, says }, { node: theirs, says: newer }) {
    if (!(ours instanceof Element && theirs instanceof Element)) {
        if (says !== newer) {
            ours.textContent = newer;
        }
    }
    else if (says === newer) {
        bringHidden(ours, theirs);
    }
    else if (!ours.hasAttribute("data-pressed")) {
        bringAttributes(ours, theirs);
        become(ours, theirs);
    }
}
function bringAttributes(ours, theirs) {
    for (const name of [...ours.getAttributeNames(), ...theirs.getAttributeNames()]) {
        const value = theirs.getAttribute(name);
        if (name === "open") {
            continue;
        }
        if (value === null) {
            ours.removeAttribute(name);
        }
        else if (value !== ours.getAttribute(name)) {
            ours.setAttribute(name, value);
        }
    }
}
function wordsIn(element) {
    const all = [...element.childNodes].map((node) => ({ node, says: said(node) }));
    return all.filter(({ says }) => says.trim() !== "");
}
function said(one) {
    const copy = one.cloneNode(true);
    if (!(copy instanceof Element)) {
        return one instanceof Text ? one.data : "";
    }
    copy.querySelectorAll("input[type=hidden]").forEach((hidden) => hidden.remove());
    [copy, ...copy.querySelectorAll("details")].forEach((details) => details.removeAttribute("open"));
    return copy.outerHTML;
}
function kindOf(one) {
    if (!(one instanceof Element)) {
        return "";
    }
    const does = ["id", "action", "href", "name", "type"].map((name) => one.getAttribute(name));
    return [one.tagName, ...does, one.querySelector(":scope > summary")?.textContent].join(" ");
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
