// What each node of a heap snapshot retains, as DevTools' own library has it: a
// number a line, in the order of the nodes.
//
//     node devtools_retained.mjs BUNDLE FILE
//
// BUNDLE is chrome-devtools-frontend's heap_snapshot_worker as one module.

import fs from "node:fs";
import {pathToFileURL} from "node:url";

// Node has it from version 22 on.
Promise.withResolvers ??= () => {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, {resolve, reject}));
  return result;
};

const [bundle, path] = process.argv.slice(2);
const {HeapSnapshot, HeapSnapshotLoader} = await import(pathToFileURL(bundle));

const loader = new HeapSnapshotLoader.HeapSnapshotLoader({sendEvent() {}});
for await (const chunk of fs.createReadStream(path, {encoding: "utf-8"})) loader.write(chunk);
loader.close();
await loader.parsingComplete;
const {port1, port2} = new MessageChannel();
new HeapSnapshot.SecondaryInitManager(port2);
const snapshot = await loader.buildSnapshot(port1);
const numbers = [];
for (let i = 0; i < snapshot.nodeCount; ++i) {
  numbers.push(snapshot.createNode(i * snapshot.nodeFieldCount).retainedSize());
}
fs.writeFileSync(1, numbers.join("\n") + "\n");
process.exit(0);
