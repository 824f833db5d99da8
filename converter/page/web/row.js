// A row's own page: where it is, what it owns, who shares it, where it comes
// from.

import {element, name} from "./dom.js";
import {change, count, objects, percent, size} from "./format.js";
import {bytesColumn, countColumn, nameColumn, rowColumns, rowLink} from "./rows.js";
import {Table} from "./table.js";

export function rowPage(report, tree, place, openRow, goBack) {
  const row = tree.rows[place];
  const owned = tree.children[place].map((child) => tree.rows[child]);
  return element("article", {class: "row-page", "aria-labelledby": "row-title"},
    element("button", {type: "button", class: "back", click: goBack}, "\u2190 Back"),
    element("h1", {id: "row-title", tabindex: "-1"}, element("bdi", {}, row.name)),
    owners(tree, place, openRow), facts(report, tree, row),
    owned.length ? new Table("What it owns", rowColumns(tree, openRow), owned).all
      : element("p", {}, "It owns nothing else."),
    new Table("All that goes with it, by type", [
      nameColumn("Type", "type"), bytesColumn("Bytes", "bytes"),
      countColumn("Objects", "objects")], tree.types(place)).all,
    allocations(report, row));
}

function owners(tree, place, openRow) {
  const chain = tree.chain(place).slice(0, -1);
  return element("nav", {class: "crumbs", "aria-label": "Owners"},
    ...chain.map((owner) => rowLink(tree.rows[owner], owner, openRow)));
}

function facts(report, tree, row) {
  const before = report.growth?.rows.find((other) => other.name === row.name);
  const place = row.file === undefined ? null : `${report.files[row.file]}:${row.line}`;
  const rest = row.rest && `${count(row.rest)} rows that are too small to show`
    + (row.rest_types ? `, of ${count(row.rest_types)} types` : "");
  const all = [
    ["Path", row.path], ["Type", row.type], ["Package", row.package],
    ["Owns", `${size(row.bytes)}, ${percent(row.bytes, tree.rows[0].bytes)} of the heap, in `
      + objects(row.objects)],
    ["Bytes", count(row.bytes)],
    ["Of its own", `${size(row.self_bytes)} in ${objects(row.self_objects)}`],
    ["Since the first dump", before && change(before.bytes - before.before)],
    ["Shared by", row.shared_by], ["Stands for", rest],
    ["Chain", row.recursive && "objects of one shape that hold each other, folded"],
    ["Defined at", place], ["Is at", row.at],
  ].filter(([, value]) => value);
  return element("dl", {}, ...all.flatMap(([title, value]) => [
    element("dt", {}, title), element("dd", {}, name(value))]));
}

function allocations(report, row) {
  if (!row.allocated?.length) return null;
  return new Table("Lines that allocated it", [
    {title: "Line", value: (line) => `${report.files[line.file]}:${line.line}`,
      cell: (line) => name(`${report.files[line.file]}:${line.line}`)},
    bytesColumn("Bytes", "bytes"), countColumn("Objects", "objects")], row.allocated).all;
}
