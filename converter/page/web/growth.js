// What grew between the first dump and the last, and what came and stayed.

import {element, name, section} from "./dom.js";
import {change, count, percent, size} from "./format.js";
import {colourChange} from "./colours.js";
import {RowTree} from "./data.js";
import {rowLink} from "./rows.js";
import {Table} from "./table.js";
import {Treemap} from "./treemap.js";

const difference = (row) => row.bytes - row.before;

// Bars to both sides of the middle: less on the left, more on the right.
function diverging(value, most) {
  const fill = element("span", {class: value < 0 ? "fill shrank" : "fill grew"});
  const share = most ? 50 * Math.abs(value) / most : 0;
  fill.style.width = `${share}%`;
  fill.style.marginInlineStart = value < 0 ? `${50 - share}%` : "50%";
  return element("span", {class: "bar diverging", "aria-hidden": "true"}, fill);
}

function changeColumns(value, rows) {
  const most = Math.max(1, ...rows.map((row) => Math.abs(value(row))));
  return [
    {title: "Change", isNumber: true, value, cell: (row) => change(value(row)),
      others: (row) => row.net_bytes === undefined ? "" : change(row.net_bytes)},
    {title: "", cell: (row) => diverging(value(row), most)},
  ];
}

// `placeNow`: the place among the rows of the last heap, if a row is there.
function rowsTable(tree, placeNow, openRow) {
  const changed = tree.rows.slice(1).map((row) => ({...row,
    own: row.self_bytes - row.self_before})).filter((row) => difference(row) || row.own)
    .sort((a, b) => Math.abs(b.own) - Math.abs(a.own) || Math.abs(difference(b)) -
      Math.abs(difference(a)));
  const own = (row) => row.own;
  return new Table("Rows that changed by themselves, the most first", [
    {title: "Row", value: (row) => row.name, cell: (row) => placeNow(row) === undefined
      ? name(row.name) : rowLink(row, placeNow(row), openRow)},
    ...changeColumns(own, changed),
    {title: "With what it owns", isNumber: true, value: difference,
      cell: (row) => change(difference(row))},
    {title: "Before", isNumber: true, value: (row) => row.before, cell: (row) => size(row.before)},
    {title: "Now", isNumber: true, value: (row) => row.bytes, cell: (row) => size(row.bytes)},
  ], changed);
}

function totalsTable(title, what, table) {
  const net = (row) => row.net_bytes;
  const bytes = (heading, key) => ({title: heading, isNumber: true, value: (row) => row[key],
    cell: (row) => size(row[key]), others: (row) => row[key] === undefined ? "" : size(row[key])});
  return new Table(title, [
    {title: what, value: (row) => row.name, cell: (row) => name(row.name),
      others: (row) => `${count(row.rows)} others`},
    ...changeColumns(net, table.rows),
    {title: "Objects", isNumber: true, value: (row) => row.net_objects,
      cell: (row) => (row.net_objects > 0 ? "+" : "") + count(row.net_objects)},
    bytes("New", "new_bytes"), bytes("Gone", "gone_bytes"), bytes("Grown", "grown_bytes"),
    bytes("Shrunk", "shrunk_bytes"),
  ], table.rows, table.others).all;
}

function stayedTable(stayed) {
  if (!stayed) return null;
  return new Table(`What came after the first dump and is in all later ones: `
    + `${size(stayed.bytes)} in ${count(stayed.objects)} objects`, [
    {title: "Held by", value: (row) => row.owner, cell: (row) => name(row.owner),
      others: (row) => `${count(row.rows)} others`},
    {title: "Bytes", isNumber: true, value: (row) => row.bytes, cell: (row) => size(row.bytes),
      others: (row) => size(row.bytes)},
    {title: "Objects", isNumber: true, value: (row) => row.objects,
      cell: (row) => count(row.objects), others: (row) => count(row.objects)},
    {title: "Example", cell: (row) => name(String(row.example ?? ""))},
  ], stayed.owners.rows, stayed.owners.others).all;
}

// By row: what it has now or had before, whichever is more, and what it owns.
function areasOf(tree) {
  const areas = tree.rows.map((row) => Math.max(row.self_bytes, row.self_before));
  for (let i = areas.length - 1; i > 0; --i) areas[tree.rows[i].parent] += areas[i];
  return areas;
}

function changeLegend() {
  const entry = (kind, text) => element("li", {},
    element("span", {class: `swatch ${kind}`, "aria-hidden": "true"}), text);
  return element("ul", {class: "packages", "aria-label": "Colours of changes"},
    entry("grew3", "grew by more than half"), entry("grew2", "more than a tenth"),
    entry("grew1", "less"), entry("same", "as before"), entry("shrank1", "shrank"),
    entry("shrank2", "by more than a tenth"), entry("shrank3", "by more than half"));
}

export function growth(report, treeNow, openRow) {
  const {growth: all} = report;
  if (!all) return null;
  const tree = new RowTree(all.rows);
  const places = new Map(treeNow.rows.map((row) => [row.name, row.place]));
  const placeNow = (row) => places.get(row.name);
  const areas = areasOf(tree);
  const map = new Treemap({title: "Changes", tree, bytes: (row) => areas[row.place],
    label: (row) => `${size(row.bytes)} (${change(difference(row))})`,
    colour: colourChange, open: (place) => {
      if (placeNow(tree.rows[place]) !== undefined) openRow(placeNow(tree.rows[place]));
    }});
  const text = `${size(all.before.bytes)} in ${count(all.before.objects)} objects became `
    + `${size(all.after.bytes)} in ${count(all.after.objects)}: `
    + `${change(all.after.bytes - all.before.bytes)}. `
    + `${count(all.survivors)} objects are in both, `
    + `${percent(all.survivors, all.before.objects)} of those before. `
    + "Sizes are what was asked for, whether it is resident or not.";
  return section("growth", "What changed", element("p", {}, text), map.all, changeLegend(),
    rowsTable(tree, placeNow, openRow).all, stayedTable(all.stayed),
    totalsTable("What changed, by owner", "Owner", all.owners),
    totalsTable("What changed, by type", "Type", all.types),
    totalsTable("What changed, by package", "Package", all.packages));
}
