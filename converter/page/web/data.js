// The report, and what follows from it: who owns whom.

// Reads what the page carries: JSON, compressed with gzip, as base64.
export async function readReport() {
  const text = document.getElementById("report").textContent.trim();
  const binary = atob(text);
  const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// Rows in preorder, with their places and those of their children: O(n).
export class RowTree {
  constructor(rows) {
    this.rows = rows;
    rows.forEach((row, place) => { row.place = place; });
    this.children = rows.map(() => []);
    for (let i = 1; i < rows.length; ++i) this.children[rows[i].parent].push(i);
    this.ends = rows.map((_, i) => i + 1);  // Where what a row owns ends.
    for (let i = rows.length - 1; i > 0; --i) {
      const parent = rows[i].parent;
      this.ends[parent] = Math.max(this.ends[parent], this.ends[i]);
    }
  }

  // The places of a row's owners, from main on, and its own.
  chain(place) {
    const chain = [place];
    for (; place !== 0; chain.unshift(place)) place = this.rows[place].parent;
    return chain;
  }

  // What a row and all that it owns are, by type: the largest first.
  types(place) {
    const sums = new Map();
    for (let i = place; i < this.ends[place]; ++i) {
      const {type, self_bytes: bytes, self_objects: objects} = this.rows[i];
      const sum = sums.get(type) ?? {type, bytes: 0, objects: 0};
      sum.bytes += bytes;
      sum.objects += objects ?? 0;
      sums.set(type, sum);
    }
    return [...sums.values()].filter((sum) => sum.bytes)
      .sort((a, b) => b.bytes - a.bytes);
  }
}

// What stands between the type and the path: the leaf of "dict::CACHE (app.CACHE)".
export function shortName(row) {
  const end = row.name.indexOf(" (");
  return end > 0 ? row.name.slice(0, end) : row.name;
}
