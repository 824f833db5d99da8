// A treemap that zooms: what a row owns lies in it, and areas are bytes.
//
// All cells are buttons beside each other, in the order of the rows, of which
// one is a tab stop.  Arrow keys go from owner to owned and to what lies beside;
// Enter zooms in, Escape or Backspace out.

import {element, moveTabStop} from "./dom.js";
import {percent, size} from "./format.js";
import {shortName} from "./data.js";

const MAX_DEPTH = 6;
const LEAST_SHARE = 0.0008;  // Of what is shown: smaller rows are not to be seen.
const HEADER = 18;           // Pixels, for the name of what has rows in it.
const LEAST_SIDE = 3;        // Pixels of a cell.

export class Treemap {
  // `view`: {title, tree, bytes(row), colour(row), label(row), open(place)}.
  constructor(view) {
    this.view = view;
    this.zoomed = 0;
    this.map = element("div", {class: "treemap", role: "group",
      "aria-label": `${view.title}: areas are bytes. Arrow keys move, Enter zooms in, Escape out.`,
      keydown: (event) => this.onKey(event), click: (event) => this.onClick(event)});
    this.path = element("nav", {class: "crumbs", "aria-label": `Zoom of ${view.title}`});
    this.all = element("div", {class: "zoom"}, this.path, this.map);
    this.sides = "";
    new ResizeObserver(() => this.onResize()).observe(this.map);
  }

  zoom(place) {
    this.zoomed = place;
    this.draw();
    this.map.querySelector("button")?.setAttribute("tabindex", "0");
  }

  onResize() {
    const sides = `${this.map.clientWidth} ${this.map.clientHeight}`;
    if (sides === this.sides || this.map.clientWidth === 0) return;
    this.sides = sides;
    this.zoom(this.zoomed);
  }

  draw() {
    const nodes = this.layOut(this.map.clientWidth || 960, this.map.clientHeight || 480);
    this.map.replaceChildren(...nodes.map((node) =>
      this.put(node, node.data.numSmall ? this.smallCell(node) : this.cell(node))));
    this.path.replaceChildren(...this.crumbs());
  }

  layOut(width, height) {
    const least = LEAST_SHARE * this.view.bytes(this.view.tree.rows[this.zoomed]);
    const root = d3.hierarchy(this.shown(this.zoomed, MAX_DEPTH, least), (node) => node.owned);
    root.each((node) => { node.value = node.data.bytes; });
    root.sort((a, b) => (a.data.numSmall ?? 0) - (b.data.numSmall ?? 0) || b.value - a.value);
    d3.treemap().size([width, height]).paddingInner(1).paddingOuter(2)
      .paddingTop((node) => this.hasHeader(node) ? HEADER : 2).round(true)(root);
    const nodes = [];
    root.eachBefore((node) => {
      const isSeen = node.x1 - node.x0 >= LEAST_SIDE && node.y1 - node.y0 >= LEAST_SIDE;
      if (isSeen) nodes.push(node);
    });
    return nodes;
  }

  // What is shown of a row: what it owns, and once all that is too small.
  shown(place, depth, least) {
    const {tree, bytes} = this.view;
    const owned = [];
    const small = {bytes: 0, numSmall: 0};
    for (const child of depth === 0 ? [] : tree.children[place]) {
      if (bytes(tree.rows[child]) >= least) {
        owned.push(this.shown(child, depth - 1, least));
      } else {
        small.bytes += bytes(tree.rows[child]);
        ++small.numSmall;
      }
    }
    if (small.bytes > 0) owned.push(small);
    return {place, bytes: bytes(tree.rows[place]), owned};
  }

  hasHeader(node) {
    return node.x1 - node.x0 > 40 && node.y1 - node.y0 > 2 * HEADER;
  }

  cell(node) {
    const {tree, bytes, colour, label} = this.view;
    const {place} = node.data;
    const row = tree.rows[place];
    const width = node.x1 - node.x0;
    const height = node.y1 - node.y0;
    const share = percent(bytes(row), bytes(tree.rows[this.zoomed]));
    const hasRoom = node.children ? this.hasHeader(node) : width > 34 && height > 13;
    const text = hasRoom ? `${shortName(row)} ${label(row)}` : "";
    return element("button", {
      type: "button", class: `cell ${colour(row)} depth${node.depth}`, "data-place": place,
      tabindex: -1, title: `${row.name}\n${label(row)}, ${share}`,
      "aria-label": `${row.name}, ${label(row)}, ${share}`},
      text ? element("span", {class: "text"}, text) : null);
  }

  // Not to be zoomed into: its owner is.
  smallCell(node) {
    const {numSmall, bytes} = node.data;
    return element("div", {class: "cell small", title: `${numSmall} smaller rows, ${size(bytes)}`},
      node.x1 - node.x0 > 60 && node.y1 - node.y0 > 13
        ? element("span", {class: "text"}, `${numSmall} smaller`) : null);
  }

  put(node, cell) {
    Object.assign(cell.style, {left: `${node.x0}px`, top: `${node.y0}px`,
      width: `${node.x1 - node.x0}px`, height: `${node.y1 - node.y0}px`});
    return cell;
  }

  crumbs() {
    const {tree, open} = this.view;
    const chain = tree.chain(this.zoomed);
    const crumbs = chain.map((place, i) => element("button",
      {type: "button", "aria-current": i + 1 === chain.length ? "true" : null,
        click: () => this.zoom(place)}, element("bdi", {}, shortName(tree.rows[place]))));
    const back = element("button", {type: "button", class: "back", disabled: this.zoomed === 0,
      click: () => this.zoomOut()}, "\u2190 Back");
    const row = tree.rows[this.zoomed];
    const more = element("button", {type: "button", class: "details",
      click: () => open(this.zoomed)}, `Details, ${this.view.label(row)}`);
    return [back, ...crumbs, more];
  }

  zoomOut() {
    this.zoom(this.view.tree.rows[this.zoomed].parent);
  }

  placeOf(cell) { return Number(cell.dataset.place); }

  // Zooms into a row or, where it owns nothing, into its owner; what is as large
  // as it gets opens.
  enter(place) {
    const {tree, open} = this.view;
    const target = tree.children[place].length > 0 ? place : tree.rows[place].parent;
    if (target === this.zoomed) {
      open(place);
    } else {
      this.zoom(target);
    }
  }

  onClick(event) {
    const cell = event.target.closest("button");
    if (cell) this.enter(this.placeOf(cell));
  }

  onKey(event) {
    const cell = event.target.closest("button");
    if (!cell) return;
    const place = this.placeOf(cell);
    const {rows} = this.view.tree;
    const cells = [...this.map.querySelectorAll("button")];
    const isOwned = (other) => rows[this.placeOf(other)].parent === place;
    const siblings = cells.filter((other) => rows[this.placeOf(other)].parent ===
      rows[place].parent && (this.placeOf(other) !== 0 || place === 0));
    const at = siblings.indexOf(cell);
    const moves = {
      ArrowRight: () => siblings[at + 1],
      ArrowLeft: () => siblings[at - 1],
      ArrowDown: () => cells.find((other) => other !== cell && isOwned(other)),
      ArrowUp: () => cells.find((other) => this.placeOf(other) === rows[place].parent),
      Home: () => cells[0],
    };
    if (event.key in moves) {
      moveTabStop(cell, moves[event.key]());
    } else if (event.key === "Enter" || event.key === " ") {
      this.enter(place);
      moveTabStop(null, this.map.querySelector("button"));
    } else if (event.key === "Escape" || event.key === "Backspace") {
      this.zoomOut();
      moveTabStop(null, this.map.querySelector("button"));
    } else {
      return;
    }
    event.preventDefault();
  }
}
