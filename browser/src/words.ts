// Shows words that wait in the screen's own templates, so that a translation has them too.

/** Shows the words named so at the top of the main part, once. */
export function show(name: string): void {
  const words = document.querySelector<HTMLTemplateElement>(`template[data-when="${name}"]`);
  if (words === null || shown(name) !== null) {
    return;
  }
  const place = document.createElement("div");
  place.dataset["shown"] = name;
  place.setAttribute("role", "status");
  document.querySelector("main")?.prepend(place);
  place.append(words.content.cloneNode(true));
}

/** Takes them away again. */
export function hide(name: string): void {
  shown(name)?.remove();
}

function shown(name: string): Element | null {
  return document.querySelector(`[data-shown="${name}"]`);
}
