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

/** What a person notices of a part: not the marks in hidden fields, which differ in each reading. */
function said(part: Element): string {
  const copy = part.cloneNode(true) as Element;
  copy.querySelectorAll("input[type=hidden]").forEach((hidden) => hidden.remove());
  copy.querySelectorAll("details").forEach((details) => details.removeAttribute("open"));
  return copy.innerHTML;
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
