// Search: rows whose name, type, path or package contains a text.

import {element} from "./dom.js";
import {count, size} from "./format.js";
import {rowColumns} from "./rows.js";
import {Table} from "./table.js";

const FIELDS = ["name", "type", "path", "package"];

export function search(tree, openRow) {
  const field = element("select", {"aria-label": "Search in"},
    ...FIELDS.map((option) => element("option", {value: option}, option)));
  const input = element("input", {type: "search", placeholder: "Search",
    "aria-label": "Search rows", autocomplete: "off", spellcheck: "false"});
  const status = element("p", {role: "status"});
  const results = element("div");
  const update = () => {
    const text = input.value.trim().toLowerCase();
    results.replaceChildren();
    status.textContent = "";
    if (!text) return;
    const found = find(tree, field.value, text);
    const bytes = found.reduce((sum, row) => sum + row.self_bytes, 0);
    status.textContent = `${count(found.length)} row${found.length === 1 ? "" : "s"}, `
      + `${size(bytes)} of their own`;
    if (found.length) {
      results.append(new Table("Rows found", rowColumns(tree, openRow), found).all);
    }
  };
  input.addEventListener("input", update);
  field.addEventListener("change", update);
  return {input, all: element("search", {role: "search"},
    element("div", {class: "query"}, input, field), status, results)};
}

// The largest first.
function find(tree, field, text) {
  return tree.rows.filter((row) => String(row[field] ?? "").toLowerCase().includes(text))
    .sort((a, b) => b.bytes - a.bytes);
}
