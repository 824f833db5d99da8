// The tables: by type, package and attribute, the largest objects, strings,
// containers, owners of native memory, threads.

import {bar, element, name, section} from "./dom.js";
import {count, percent, size} from "./format.js";
import {bytesColumn, countColumn, nameColumn, rowLink} from "./rows.js";
import {Table} from "./table.js";

const shareColumn = (total, key = "bytes") => ({title: "", cell: (row) => bar(row[key] / total)});

export function totals(id, title, what, table, total) {
  return section(id, title, new Table(`Each ${what.toLowerCase()}, the largest first`, [
    nameColumn(what, "name"), bytesColumn("Bytes", "bytes"),
    {title: "Share", isNumber: true, cell: (row) => percent(row.bytes, total),
      others: (row) => percent(row.bytes, total)},
    shareColumn(total), countColumn("Objects", "objects"), bytesColumn("Largest", "largest"),
    bytesColumn("Retained", "retained"),
  ], table.rows, table.others).all);
}

export function attributes(report) {
  const {rows, others} = report.attributes;
  if (rows.length === 0) return null;
  return section("attributes", "Attributes", new Table(
    "What instances of a type hold in each attribute, wherever they are", [
      {title: "Attribute", value: (row) => `${row.owner}.${row.name}`,
        cell: (row) => name(`${row.owner}.${row.name}`),
        others: (row) => `${count(row.rows)} others`},
      bytesColumn("Bytes", "bytes"), shareColumn(report.totals.bytes),
      countColumn("Values", "count"),
      {title: "Each", isNumber: true, value: (row) => row.bytes / row.count,
        cell: (row) => row.count ? size(row.bytes / row.count) : ""},
    ], rows, others).all);
}

export function largest(report) {
  const columns = [
    nameColumn("Object", "path"), nameColumn("Type", "type"),
    bytesColumn("Bytes", "bytes"), bytesColumn("Retained", "retained"),
    {title: "Address", cell: (row) => `0x${BigInt(row.address).toString(16)}`},
  ];
  return section("largest", "Largest objects",
    new Table("By what they retain", columns, report.largest.by_retained).all,
    new Table("By their own bytes", columns, report.largest.by_bytes).all);
}

export function strings(report) {
  const {duplicates, sizes, ...all} = report.strings;
  const text = `${count(all.objects)} strings, ${size(all.bytes)}; one copy of each would save `
    + `${size(all.duplicate_bytes)}, as far as the dump has their texts `
    + `(${count(all.whole_objects)} strings).`;
  const columns = [
    nameColumn("Type", "type"), countColumn("Copies", "objects"), bytesColumn("Bytes", "bytes"),
    bytesColumn("Saved with one", "duplicate_bytes")];
  if (report.shows_strings) columns.unshift(nameColumn("Text", "value"));
  const most = Math.max(1, ...sizes.map((row) => row.bytes));
  return section("strings", "Strings", element("p", {}, text),
    new Table("Strings that are there several times", columns, duplicates).all,
    new Table("Strings by size", [
      {title: "Up to", isNumber: true, value: (row) => row.up_to, cell: (row) => size(row.up_to)},
      countColumn("Strings", "objects"), bytesColumn("Bytes", "bytes"),
      shareColumn(most), bytesColumn("Of these duplicates", "duplicate_bytes")], sizes).all);
}

export function containers(report) {
  if (report.containers.length === 0) return null;
  return section("containers", "Containers", new Table("Containers by how many items they hold", [
    nameColumn("Type", "type"),
    {title: "Items up to", isNumber: true, value: (row) => row.items,
      cell: (row) => count(row.items)},
    countColumn("Containers", "objects"), bytesColumn("Their own bytes", "bytes"),
    countColumn("Items together", "all_items"),
    {title: "Bytes an item", isNumber: true, value: (row) => row.bytes / (row.all_items || 1),
      cell: (row) => row.all_items ? size(row.bytes / row.all_items) : "empty"},
  ], report.containers).all);
}

export function nativeOwners(report) {
  if (!report.native_owners) return null;
  const {rows, others} = report.native_owners;
  return section("native", "Native memory", new Table(
    "What of each type owns the blocks that C code has allocated", [
      nameColumn("Type", "name"), bytesColumn("Bytes", "bytes"),
      shareColumn(report.totals.bytes), countColumn("Owners", "objects"),
    ], rows, others).all);
}

export function threads(report, tree, openRow) {
  if (report.threads.length === 0) return null;
  const link = (item, text) => item.row === undefined ? name(text)
    : rowLink(tree.rows[item.row], item.row, openRow, text);
  const times = (item) => item.count > 1 ? `${count(item.count)} of them, ` : "";
  const local = (item) => element("li", {}, link(item, item.name),
    ` ${item.type}, ${times(item)}${size(item.bytes)}`);
  const frame = (item) => element("li", {}, link(item, item.name),
    ` ${item.place ?? ""} ${times(item)}${size(item.bytes)}`,
    element("ul", {}, ...item.locals.map(local)));
  return section("threads", "Threads", ...report.threads.map((thread, i) =>
    element("details", {open: i < 3},
      element("summary", {}, element("bdi", {}, thread.name),
        `, ${times(thread)}${size(thread.bytes)}`),
      element("p", {}, link(thread, "Its row")),
      element("ol", {class: "frames"}, ...thread.frames.map(frame)))));
}
