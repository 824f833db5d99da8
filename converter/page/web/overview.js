// The first screen: the sentences, the total beside what the process takes, and
// the treemap of owners.

import {bar, element, name} from "./dom.js";
import {count, objects, percent, size, time} from "./format.js";
import {colourPackages} from "./colours.js";
import {Treemap} from "./treemap.js";

// What the whole page is about.
export function heading(report) {
  const dump = report.dumps[report.dumps.length - 1];
  const facts = [
    dump.python && `Python ${dump.python}`, dump.pid && `process ${dump.pid}`,
    dump.time && time(dump.time), report.ownership === "strict" && "every reference owns",
  ].filter(Boolean);
  return element("div", {class: "heading"},
    element("h1", {}, element("bdi", {}, report.title)),
    element("p", {class: "facts"}, facts.join(" \u00b7 ")));
}

export function sentences(report, openRow) {
  if (report.sentences.length === 0) {
    return element("p", {class: "sentence"}, report.totals.objects === 0
      ? "The heap has no objects"
      : "Nothing holds a large part of the heap by itself");
  }
  return element("ol", {class: "sentences"},
    ...report.sentences.map((sentence) => element("li", {class: "sentence"},
      element("bdi", {}, sentence.text), ...partsOf(sentence, report, openRow))));
}

function partsOf(sentence, report, openRow) {
  const parts = (sentence.parts ?? []).map((part) => `${size(part.bytes)} ${part.type}`);
  const place = sentence.file === undefined ? ""
    : `${report.files[sentence.file]}:${sentence.line}`;
  const small = [parts.length ? `mostly ${parts.join(", ")}` : "", place].filter(Boolean);
  return [
    small.length ? element("small", {}, ` (${small.join("; ")})`) : null,
    sentence.row === undefined ? null
      : element("button", {type: "button", class: "link", click: () => openRow(sentence.row)},
        "Show it"),
  ];
}

// The heap, and what else adds up to what the process takes: RSS and swap.
export function reconciliation(report) {
  const {totals, process} = report;
  const heap = `${size(totals.bytes)} in ${objects(totals.objects)}`;
  if (!process || !process.total) {
    return element("p", {class: "total"}, element("strong", {}, heap),
      ". The dump does not say how large the process is.");
  }
  if (process.excess) {
    return element("p", {class: "total"}, element("strong", {}, heap),
      `, ${size(process.excess)} more than the process has: pages never touched.`);
  }
  const rows = [{name: "objects of the heap", bytes: totals.bytes}, ...process.rows]
    .filter((row) => row.bytes);
  return element("div", {class: "total"},
    element("p", {}, element("strong", {}, heap),
      `, ${percent(totals.bytes, process.total)} of the ${size(process.total)} of the process `
      + "(resident and swapped out):"),
    element("ul", {class: "split"}, ...rows.map((row, i) => {
      const part = element("li", {class: `part${i}`},
        element("span", {class: "swatch", "aria-hidden": "true"}),
        ` ${row.name.replace("process::", "")} ${size(row.bytes)}`);
      return part;
    })),
    splitBar(rows, process.total));
}

function splitBar(rows, total) {
  return element("div", {class: "stack", "aria-hidden": "true"}, ...rows.map((row, i) => {
    const part = element("span", {class: `part${i}`, title: row.name});
    part.style.width = `${100 * row.bytes / total}%`;
    return part;
  }));
}

// How to read the page, in three lines.
export function legend(report) {
  const keys = report.hides_keys
    ? "keys of dictionaries that are no names are [*]."
    : "keys of dictionaries are part of paths: look before you send this page to others.";
  return element("ul", {class: "legend", "aria-label": "How to read this page"},
    element("li", {}, "An area is bytes. What lies in another is owned by it: it would go "
      + "with it. Click to zoom in, then Back."),
    element("li", {}, "A name is TYPE::LEAF (PATH), PATH is the Python expression that leads "
      + "there; [*] is any element or key; a colour is a package."),
    element("li", {}, `Texts of strings are ${report.shows_strings ? "" : "not "}in this page; `
      + keys));
}

export function treemap(report, tree, openRow) {
  const colour = colourPackages(report.packages.rows);
  const map = new Treemap({
    title: "Owners", tree, open: openRow, bytes: (row) => row.bytes, label: (row) => size(row.bytes),
    colour: (row) => row.kind === "rest" ? "colour0" : colour(row.package),
  });
  return element("div", {}, map.all, packageLegend(report, colour));
}

function packageLegend(report, colour) {
  const rows = report.packages.rows.filter((row) => colour(row.name) !== "colour0");
  return element("ul", {class: "packages", "aria-label": "Colours of packages"},
    ...rows.map((row) => element("li", {},
      element("span", {class: `swatch ${colour(row.name)}`, "aria-hidden": "true"}),
      name(row.name), ` ${size(row.bytes)}`)),
    element("li", {}, element("span", {class: "swatch colour0", "aria-hidden": "true"}),
      "others"));
}

// What the dumps are, if there are several.
export function dumps(report) {
  if (report.dumps.length < 2) return null;
  const most = Math.max(...report.dumps.map((dump) => dump.bytes));
  return element("ol", {class: "dumps", "aria-label": "Dumps, oldest first"},
    ...report.dumps.map((dump) => element("li", {},
      element("bdi", {}, dump.dump), ` ${dump.time ? time(dump.time) : ""} `
      + `${size(dump.bytes)}, ${count(dump.objects)} objects `, bar(dump.bytes / most))));
}
