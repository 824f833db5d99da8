// Elements, made of texts and never of markup: names in a heap can be anything.

// element("td", {class: "size"}, "text", otherElement, ...): attributes are set
// as they are, functions become listeners.
export function element(tag, attributes = {}, ...children) {
  const result = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") {
      result.addEventListener(name, value);
    } else {
      result.setAttribute(name, value === true ? "" : value);
    }
  }
  result.append(...children.filter((child) => child !== null && child !== undefined));
  return result;
}

// A section of the page, with a heading and a place in the menu.
export function section(id, title, ...children) {
  return element("section", {id, "aria-labelledby": `${id}-title`},
    element("h2", {id: `${id}-title`}, title), ...children);
}

// A text that reads from left to right by itself, whatever its letters are.
export function name(text) {
  return element("bdi", {class: "name", title: text}, text);
}

// A horizontal bar, from 0 to 1 of its cell.
export function bar(share, kind = "") {
  const fill = element("span", {class: `fill ${kind}`});
  fill.style.width = `${(100 * Math.min(1, Math.max(0, share))).toFixed(2)}%`;
  return element("span", {class: "bar", "aria-hidden": "true"}, fill);
}

// Moves the one tab stop of a composite widget to `target`, and the focus.
export function moveTabStop(from, target) {
  if (!target) return;
  if (from) from.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}
