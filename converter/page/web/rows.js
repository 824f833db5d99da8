// Columns of tables whose lines are rows of the ownership tree.

import {bar, element, name} from "./dom.js";
import {count, percent, size} from "./format.js";

// A link to a row's own page.
export function rowLink(row, place, openRow, text = row.name) {
  return element("button", {type: "button", class: "link", title: row.name,
    click: () => openRow(place)}, element("bdi", {}, text));
}

// For rows of `tree`.
export function rowColumns(tree, openRow) {
  const total = tree.rows[0].bytes;
  return [
    {title: "Row", value: (row) => row.name,
      cell: (row) => rowLink(row, row.place, openRow)},
    {title: "Package", value: (row) => row.package, cell: (row) => name(row.package)},
    {title: "Bytes", isNumber: true, value: (row) => row.bytes, cell: (row) => size(row.bytes)},
    {title: "Share", isNumber: true, cell: (row) => percent(row.bytes, total)},
    {title: "", cell: (row) => bar(row.bytes / total)},
    {title: "Own bytes", isNumber: true, value: (row) => row.self_bytes,
      cell: (row) => size(row.self_bytes)},
    {title: "Objects", isNumber: true, value: (row) => row.objects,
      cell: (row) => count(row.objects)},
  ];
}

// A column of bytes and one of numbers, for rows of any table.
export function bytesColumn(title, key) {
  return {title, isNumber: true, value: (row) => row[key] ?? 0,
    cell: (row) => size(row[key] ?? 0),
    others: (row) => row[key] === undefined ? "" : size(row[key])};
}

export function countColumn(title, key) {
  return {title, isNumber: true, value: (row) => row[key] ?? 0,
    cell: (row) => count(row[key] ?? 0),
    others: (row) => row[key] === undefined ? "" : count(row[key])};
}

export function nameColumn(title, key) {
  return {title, value: (row) => row[key] ?? "", cell: (row) => name(row[key] ?? ""),
    others: (row) => `${count(row.rows)} others`};
}
