// Puts the page together.  A row's own page takes the place of all else while
// the address says `#row-NUMBER`, so that the browser's Back leads back.

import {RowTree, readReport} from "./data.js";
import {element, section} from "./dom.js";
import {growth} from "./growth.js";
import {dumps, heading, legend, reconciliation, sentences, treemap} from "./overview.js";
import {rowPage} from "./row.js";
import {search} from "./search.js";
import {attributes, containers, largest, nativeOwners, strings, threads, totals} from "./tables.js";
import {themeButton} from "./theme.js";
import {OwnershipTree} from "./tree.js";

let hasOpenedRow = false;

function openRow(place) {
  hasOpenedRow = true;
  location.hash = `row-${place}`;
}

// To where the row was opened; to the treemap if the page began with the row.
function goBack() {
  if (hasOpenedRow) {
    history.back();
  } else {
    location.hash = "map";
  }
}

function menu(sections) {
  return element("div", {class: "menu"},
    element("nav", {"aria-label": "Sections"}, ...sections.map((part) =>
      element("a", {href: `#${part.id}`}, part.querySelector("h2").textContent))),
    themeButton());
}

function sectionsOf(report, tree, first) {
  const {input, all} = search(tree, openRow);
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, select")) return;
    event.preventDefault();
    input.focus();
  });
  return [
    first, growth(report, tree, openRow),
    section("find", "Search", all),
    section("tree", "Ownership tree", new OwnershipTree(tree, openRow).list),
    totals("types", "Types", "Type", report.types, report.totals.bytes),
    totals("packages", "Packages", "Package", report.packages, report.totals.bytes),
    attributes(report), largest(report), strings(report), containers(report),
    nativeOwners(report), threads(report, tree, openRow),
  ].filter(Boolean);
}

// Shows the row that the address names, or everything.
function route(report, tree, whole, single) {
  const place = Number(/^#row-(\d+)$/.exec(location.hash)?.[1] ?? NaN);
  const isRow = place < tree.rows.length;
  const wasRow = whole.hidden;
  whole.hidden = isRow;
  single.replaceChildren();
  if (isRow) {
    single.append(rowPage(report, tree, place, openRow, goBack));
    scrollTo(0, 0);
    document.getElementById("row-title").focus();
  } else if (wasRow || !document.documentElement.dataset.ready) {
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }
}

async function show() {
  const report = await readReport();
  const tree = new RowTree(report.rows);
  document.title = `${report.title} \u2013 heapgrind`;
  const page = document.getElementById("page");
  const top = element("header", {}, heading(report), sentences(report, openRow),
    reconciliation(report), dumps(report));
  const map = section("map", "Who owns the memory", treemap(report, tree, openRow),
    legend(report));
  page.replaceChildren(top, map);
  await new Promise((done) => { setTimeout(done); });  // The first screen is drawn.
  const sections = sectionsOf(report, tree, map);
  const whole = element("div", {}, top, ...sections);
  const single = element("div");
  page.replaceChildren(menu(sections), whole, single, element("footer", {}, report.program));
  addEventListener("hashchange", () => route(report, tree, whole, single));
  route(report, tree, whole, single);
  document.documentElement.dataset.ready = "yes";
}

show().catch((error) => {
  document.getElementById("page").replaceChildren(
    element("p", {role: "alert"}, `This page cannot be shown: ${error.message}`));
});
