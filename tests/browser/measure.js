// What a person would stumble over on the screen that is open, in words. Run by tests/browser/looking.py.
() => {
  const found = [];
  const shown = (it) => it.checkVisibility({ visibilityProperty: true }) && !it.closest(".for-ears, template, noscript");
  const name = (it) => `<${it.tagName.toLowerCase()}> “${(it.textContent || it.name || "").trim().replace(/\s+/g, " ").slice(0, 50)}”`;

  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const out = [...document.body.querySelectorAll("*")].filter((it) => shown(it) && it.getBoundingClientRect().right > document.documentElement.clientWidth + 1);
    found.push(`scrolls sideways by ${wide} px: ${out.slice(-3).map(name).join(", ")}`);
  }

  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = words.nextNode(); text !== null; text = words.nextNode()) {
    const around = text.parentElement;
    if (text.data.trim() !== "" && shown(around) && !["SCRIPT", "STYLE", "OPTION"].includes(around.tagName)) {
      const size = parseFloat(getComputedStyle(around).fontSize);
      if (size < 18) found.push(`text of ${size} px: ${name(around)}`);
    }
  }

  // A box in a choice is pressed by its whole label; the way past the bar is seen only when the keyboard is on it.
  const all = "a[href], button, summary, select, textarea, label.choice, input:not([type=hidden])";
  const targets = [...document.querySelectorAll(all)].filter((it) => shown(it) && !it.matches("label.choice input, .skip:not(:focus)"));
  const boxes = targets.map((it) => [it, it.getBoundingClientRect()]);
  for (const [it, box] of boxes) {
    const high = it.matches(".main-action") ? 64 : 48;
    if (box.height < high - 0.01 || box.width < 48) found.push(`${Math.round(box.width)}×${Math.round(box.height)} px to press: ${name(it)}`);
  }
  boxes.forEach(([it, a], at) => {
    for (const [other, b] of boxes.slice(at + 1)) {
      if (it.contains(other) || other.contains(it)) continue;
      const gap = Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom);
      if (gap < 8 && getComputedStyle(it.closest(".bar") ?? it).position !== "sticky" && getComputedStyle(other.closest(".bar") ?? other).position !== "sticky") {
        found.push(`${Math.round(gap)} px between ${name(it)} and ${name(other)}`);
      }
    }
  });

  if (document.querySelectorAll("h1").length !== 1) found.push(`${document.querySelectorAll("h1").length} headings of the first rank`);
  if (!["Today", "Error: Today"].includes(document.title)) found.push(`a title that tells something: ${document.title}`);
  // Away shows nothing at all, and so no way either.
  if (location.pathname !== "/away") {
    if (!document.querySelectorAll("a, button, input")[1]?.matches("a.leave[href='/away']")) found.push("the way out is not early in the order of the keyboard");
    if (![...document.querySelectorAll("a[href='/hotlines'], a[href^='#line-'], a[href^='tel:']")].some(shown)) found.push("no way to a hotline");
  }
  const mains = [...document.querySelectorAll(".main-action")].filter(shown);
  const undescribed = mains.filter((it) => it.textContent.trim() === "");
  undescribed.forEach(() => found.push("a main action without words"));
  return found;
}
