// Tables that sort by a click on a heading, and show more on demand.

import {element} from "./dom.js";

const NUM_SHOWN = 15;

// A column: {title, cell(row), value(row), isNumber}.  `value` is what it sorts
// by.  Rows come as they are sorted first.
export class Table {
  constructor(caption, columns, rows, others = null) {
    Object.assign(this, {columns, rows, others, numShown: NUM_SHOWN, sorted: -1, isUp: false});
    this.body = element("tbody");
    this.head = element("tr");
    this.more = element("button", {type: "button", class: "more", click: () => this.showMore()});
    this.all = element("div", {class: "scroll", tabindex: "0", role: "region",
      "aria-label": caption},
      element("table", {}, element("caption", {}, caption), element("thead", {}, this.head),
        this.body), this.more);
    this.draw();
  }

  draw() {
    this.head.replaceChildren(...this.columns.map((column, i) => this.heading(column, i)));
    const shown = this.rows.slice(0, this.numShown);
    this.body.replaceChildren(...shown.map((row) => this.line(row)));
    if (this.others) this.body.append(this.othersLine());
    const numLeft = this.rows.length - shown.length;
    this.more.hidden = numLeft === 0;
    this.more.textContent = `Show ${Math.min(numLeft, 100)} more`
      + (numLeft > 100 ? ` of ${numLeft}` : "");
  }

  showMore() {
    this.numShown += 100;
    this.draw();
  }

  heading(column, i) {
    const isSorted = i === this.sorted;
    const sort = isSorted ? (this.isUp ? "ascending" : "descending") : null;
    if (!column.title) return element("td");
    const content = column.value
      ? element("button", {type: "button", click: () => this.sort(i)}, column.title)
      : column.title;
    return element("th", {scope: "col", class: column.isNumber ? "number" : null,
      "aria-sort": sort}, content);
  }

  line(row) {
    return element("tr", {}, ...this.columns.map((column) =>
      element("td", {class: column.isNumber ? "number" : null}, column.cell(row))));
  }

  othersLine() {
    return element("tr", {class: "others"}, ...this.columns.map((column) =>
      element("td", {class: column.isNumber ? "number" : null}, column.others?.(this.others) ?? "")));
  }

  // By a column: first numbers down and texts up, then the other way.
  sort(i) {
    const {value, isNumber} = this.columns[i];
    this.isUp = i === this.sorted ? !this.isUp : !isNumber;
    this.sorted = i;
    const sign = this.isUp ? 1 : -1;
    const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
    this.rows = [...this.rows].sort((a, b) => sign * compare(value(a), value(b)));
    this.draw();
    this.head.children[i].querySelector("button").focus();
  }
}
