// Numbers as people read them.

const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

// "73.1 MB": powers of 1000, as in the sentences.
export function size(bytes) {
  let value = Math.abs(bytes);
  let unit = 0;
  while (value >= (unit === 0 ? 1000 : 999.95) && unit + 1 < UNITS.length) {
    value /= 1000;
    ++unit;
  }
  const name = value === 1 && unit === 0 ? "byte" : UNITS[unit];
  return `${bytes < 0 ? "\u2212" : ""}${value.toFixed(unit === 0 ? 0 : 1)} ${name}`;
}

// "120 000", with narrow spaces that do not break.
export function count(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

// "+1.2 MB".
export function change(bytes) {
  return (bytes > 0 ? "+" : "") + size(bytes);
}

// "45 %", "0.3 %".
export function percent(part, whole) {
  if (!whole) return "";
  const share = 100 * part / whole;
  if (share > 0 && share < 0.05) return "<0.1 %";
  return `${share.toFixed(Math.abs(share) < 9.95 ? 1 : 0)} %`;
}

// "2009-07-01 12:00:00 UTC", from seconds since 1970.
export function time(seconds) {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ") + " UTC";
}

// "1 object", "2 objects".
export function objects(number) {
  return `${count(number)} object${number === 1 ? "" : "s"}`;
}
