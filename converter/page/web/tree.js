// The ownership tree, which opens row by row.  Keys: those of trees elsewhere
// (WAI-ARIA Authoring Practices 1.2, tree view).

import {bar, element, moveTabStop, name} from "./dom.js";
import {objects, percent, size} from "./format.js";

const NUM_CHILDREN = 100;  // Children of a row, before a click shows all.

export class OwnershipTree {
  constructor(tree, openRow) {
    Object.assign(this, {tree, openRow});
    this.list = element("div", {class: "tree", role: "tree", "aria-label": "Who owns what",
      keydown: (event) => this.onKey(event), click: (event) => this.onClick(event)});
    this.list.append(this.item(0, 1));
    this.list.firstChild.tabIndex = 0;
    this.open(this.list.firstChild);
  }

  item(place, level) {
    const row = this.tree.rows[place];
    const hasChildren = this.tree.children[place].length > 0;
    const item = element("div", {role: "treeitem", "aria-level": level, tabindex: -1,
      "data-place": place, "aria-expanded": hasChildren ? "false" : null},
      element("span", {class: "twisty", "aria-hidden": "true"}), name(row.name),
      element("span", {class: "size"}, size(row.bytes)),
      element("span", {class: "share"}, percent(row.bytes, this.tree.rows[0].bytes)),
      element("span", {class: "objects"}, objects(row.objects)),
      bar(row.bytes / this.tree.rows[0].bytes));
    item.style.setProperty("--level", level);
    return item;
  }

  placeOf(item) { return Number(item.dataset.place); }
  levelOf(item) { return Number(item.getAttribute("aria-level")); }

  // Puts what a row owns below it.  A row that stands for the others ends it.
  open(item, numShown = NUM_CHILDREN) {
    if (item.getAttribute("aria-expanded") !== "false") return;
    item.setAttribute("aria-expanded", "true");
    const children = this.tree.children[this.placeOf(item)];
    const level = this.levelOf(item) + 1;
    const items = children.slice(0, numShown).map((child) => this.item(child, level));
    if (children.length > numShown) items.push(this.moreItem(item, level, numShown));
    item.after(...items);
  }

  moreItem(item, level, numShown) {
    const children = this.tree.children[this.placeOf(item)].slice(numShown);
    const bytes = children.reduce((sum, child) => sum + this.tree.rows[child].bytes, 0);
    const more = element("div", {role: "treeitem", class: "rest", "aria-level": level,
      tabindex: -1}, `Show ${children.length} more, ${size(bytes)}`);
    more.style.setProperty("--level", level);
    return more;
  }

  showMore(more) {
    let owner = more;
    while (this.levelOf(owner) >= this.levelOf(more)) owner = owner.previousElementSibling;
    this.close(owner);
    this.open(owner, Infinity);
    moveTabStop(null, owner);
  }

  close(item) {
    if (item.getAttribute("aria-expanded") !== "true") return;
    item.setAttribute("aria-expanded", "false");
    while (item.nextElementSibling && this.levelOf(item.nextElementSibling) > this.levelOf(item)) {
      item.nextElementSibling.remove();
    }
  }

  onClick(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item) return;
    moveTabStop(this.list.querySelector("[tabindex='0']"), item);
    if (event.target.closest(".name") && item.dataset.place) {
      this.openRow(this.placeOf(item));
    } else {
      this.toggle(item);
    }
  }

  toggle(item) {
    if (!item.dataset.place) return this.showMore(item);
    return item.getAttribute("aria-expanded") === "true" ? this.close(item) : this.open(item);
  }

  ownerOf(item) {
    let owner = item;
    while (owner && this.levelOf(owner) >= this.levelOf(item)) {
      owner = owner.previousElementSibling;
    }
    return owner;
  }

  onKey(event) {
    const item = event.target.closest("[role=treeitem]");
    const isOpen = item?.getAttribute("aria-expanded") === "true";
    const actions = {
      ArrowDown: () => item.nextElementSibling,
      ArrowUp: () => item.previousElementSibling,
      ArrowRight: () => isOpen ? item.nextElementSibling : this.open(item),
      ArrowLeft: () => isOpen ? this.close(item) : this.ownerOf(item),
      Home: () => this.list.firstElementChild,
      End: () => this.list.lastElementChild,
      " ": () => this.toggle(item),
      Enter: () => item.dataset.place ? this.openRow(this.placeOf(item)) : this.showMore(item),
    };
    if (!item || !(event.key in actions)) return;
    event.preventDefault();
    moveTabStop(item, actions[event.key]());
  }
}
