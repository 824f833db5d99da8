// A colour for each package, which colour-blind people can tell apart: those of
// Okabe and Ito, "Color universal design", 2008.  The largest seven packages
// have one each; what is beyond is grey, and says its name anyway.

const NUM_COLOURS = 7;

// A function from the name of a package to the class of its colour.
export function colourPackages(packages) {
  const names = packages.filter((row) => !row.name.startsWith("(")).slice(0, NUM_COLOURS)
    .map((row) => row.name);
  const classes = new Map(names.map((name, i) => [name, `colour${i + 1}`]));
  return (name) => classes.get(name) ?? "colour0";
}

// The class of a change, from what was before and is now: blue shrank, orange
// grew, the more the deeper.
export function colourChange(row) {
  const difference = row.bytes - row.before;
  if (difference === 0) return "same";
  const share = Math.abs(difference) / Math.max(row.bytes, row.before);
  const depth = share > 0.5 ? 3 : share > 0.1 ? 2 : 1;
  return `${difference > 0 ? "grew" : "shrank"}${depth}`;
}
