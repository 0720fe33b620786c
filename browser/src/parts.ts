// Puts a newer reading of a screen into the one that is open, part by part, and disturbs nobody who is typing.

/** A screen as the server says it looks now. `isFound` is false where it knows nothing of us at this address. */
export interface Reading {
  readonly screen: Document;
  readonly isFound: boolean;
}

/** What the server says this screen looks like now; null while it cannot be reached or is in trouble. */
export async function newest(address: string): Promise<Reading | null> {
  try {
    const answer = await fetch(address, { cache: "no-store", headers: { Accept: "text/html" } });
    if (answer.status >= 500) {
      return null;
    }
    return { screen: new DOMParser().parseFromString(await answer.text(), "text/html"), isFound: answer.ok };
  } catch {
    return null;
  }
}

/** Brings each part of `open` to what it is in `newer`. False when the two are not the same screen any more. */
export function renew(open: Element, newer: Element): boolean {
  const [ours, theirs] = [partsOf(open), partsOf(newer)];
  if (ours.length !== theirs.length || ours.some((part, at) => nameOf(part) !== nameOf(theirs[at]))) {
    return false;
  }
  ours.forEach((part, at) => bring(part, theirs[at] as Element));
  return true;
}

/** Whether somebody is writing in here, or has chosen something and not sent it. */
export function isBeingFilledIn(within: Element): boolean {
  const controls = within.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
    "input:not([type=hidden]), textarea, select",
  );
  return [...controls].some((control) => control === document.activeElement || isChanged(control));
}

function isChanged(control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): boolean {
  if (control instanceof HTMLSelectElement) {
    return [...control.options].some((option) => option.selected !== option.defaultSelected && option.index > 0);
  }
  if (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type)) {
    return control.checked !== control.defaultChecked;
  }
  return control.value !== control.defaultValue;
}

function partsOf(region: Element): Element[] {
  const parts = [...region.querySelectorAll("[data-part]")];
  return parts.length > 0 ? parts : [region];
}

function nameOf(part: Element | undefined): string | null | undefined {
  return part?.getAttribute("data-part");
}

function bring(part: Element, newer: Element): void {
  if (isBeingFilledIn(part)) {
    return;
  }
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  if (headingOf(part) === headingOf(newer)) {
    become(part, newer);
  } else {
    replace(part, newer);
  }
  if (focused?.isConnected === false) {
    counterpart(part, focused)?.focus();
  }
}

function headingOf(part: Element): string | null | undefined {
  return part.querySelector("h1")?.textContent;
}

/** Under another heading it is another screen: all of it is news, and nothing of the old one slides to another place. */
function replace(part: Element, newer: Element): void {
  const opened = [...part.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
  part.replaceChildren(...newer.childNodes);
  for (const summary of part.querySelectorAll("details > summary")) {
    if (opened.includes(summary.textContent)) {
      summary.parentElement?.setAttribute("open", "");
    }
  }
}

/**
 * Makes `open` say what `newer` says, and lets every word stand that stands there already: what is put anew into a part
 * is read out aloud to whoever cannot see it, and nobody is to hear the whole again each minute.
 */
function become(open: Element, newer: Element): void {
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
    turnInto(passed.pop() as Words, one);
    passed.forEach((other) => other.node.remove());
  }
  left.forEach((other) => other.node.remove());
}

/** Where these words stand already; else what may turn into them, before anything that stays. */
function placeOf(one: Words, left: readonly Words[], stays: ReadonlySet<string>): number {
  const same = left.findIndex((other) => other.says === one.says);
  const staying = left.findIndex((other) => stays.has(other.says));
  const may = staying < 0 ? left : left.slice(0, staying);
  return same < 0 ? may.findIndex((other) => kindOf(other.node) === kindOf(one.node)) : same;
}

function turnInto({ node: ours, says }: Words, { node: theirs, says: newer }: Words): void {
  if (!(ours instanceof Element && theirs instanceof Element)) {
    if (says !== newer) {
      ours.textContent = newer;
    }
  } else if (says === newer) {
    bringHidden(ours, theirs);
  } else if (!ours.hasAttribute("data-pressed")) {
    // A form on its way stays as it was pressed.
    bringAttributes(ours, theirs);
    become(ours, theirs);
  }
}

function bringAttributes(ours: Element, theirs: Element): void {
  for (const name of [...ours.getAttributeNames(), ...theirs.getAttributeNames()]) {
    const value = theirs.getAttribute(name);
    if (name === "open") {
      continue; // a fold stays as its reader left it
    }
    if (value === null) {
      ours.removeAttribute(name);
    } else if (value !== ours.getAttribute(name)) {
      ours.setAttribute(name, value);
    }
  }
}

interface Words {
  readonly node: ChildNode;
  readonly says: string;
}

/** What stands in it, but for the room between words. */
function wordsIn(element: Element): Words[] {
  const all = [...element.childNodes].map((node) => ({ node, says: said(node) }));
  return all.filter(({ says }) => says.trim() !== "");
}

/** What a person notices of it: not the marks in hidden fields, which differ in each reading. */
function said(one: Node): string {
  const copy = one.cloneNode(true);
  if (!(copy instanceof Element)) {
    return one instanceof Text ? one.data : "";
  }
  copy.querySelectorAll("input[type=hidden]").forEach((hidden) => hidden.remove());
  [copy, ...copy.querySelectorAll("details")].forEach((details) => details.removeAttribute("open"));
  return copy.outerHTML;
}

/** One may turn into another of its kind: never a button or a link into one that does something else. */
function kindOf(one: Node): string {
  if (!(one instanceof Element)) {
    return "";
  }
  const does = ["id", "action", "href", "name", "type"].map((name) => one.getAttribute(name));
  return [one.tagName, ...does, one.querySelector(":scope > summary")?.textContent].join(" ");
}

function bringHidden(part: Element, newer: Element): void {
  const fields = newer.querySelectorAll<HTMLInputElement>("input[type=hidden]");
  part.querySelectorAll<HTMLInputElement>("input[type=hidden]").forEach((field, at) => {
    field.value = fields[at]?.value ?? field.value;
  });
}

/** The button or link that stands where the focused one stood: the one that says the same. */
function counterpart(part: Element, focused: Element): HTMLElement | undefined {
  const alike = [...part.querySelectorAll<HTMLElement>("a, button, summary")];
  return alike.find((one) => one.tagName === focused.tagName && one.textContent === focused.textContent);
}
