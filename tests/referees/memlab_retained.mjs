// What each node of a heap snapshot retains, as memlab has it: a number a line,
// in the order of the nodes.
//
//     node memlab_retained.mjs FOLDER FILE
//
// FOLDER is where node_modules with @memlab/core are.

import fs from "node:fs";
import {createRequire} from "node:module";

const [folder, path] = process.argv.slice(2);
const require = createRequire(`${folder}/`);
const core = `${folder}/node_modules/@memlab/core/dist`;
const {config} = require("@memlab/core");
const heapParser = require(`${core}/lib/HeapParser.js`).default;
const TraceFinder = require(`${core}/paths/TraceFinder.js`).default;

config.muteConsole = true;
const snapshot = await heapParser.parse(path);
new TraceFinder().calculateAllNodesRetainedSizes(snapshot);
const numbers = [];
snapshot.nodes.forEach((node) => { numbers.push(node.retainedSize); });
fs.writeFileSync(1, numbers.join("\n") + "\n");
