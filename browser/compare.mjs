// Says whether the scripts in two folders are the same: `node compare.mjs BUILT COMMITTED`.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [built, committed] = process.argv.slice(2);
const scripts = (folder) => readdirSync(folder).filter((name) => name.endsWith(".js"));
const read = (folder, name) => {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return undefined;
  }
};

const names = [...new Set([...scripts(built), ...scripts(committed)])];
const other = names.filter((name) => read(built, name) !== read(committed, name));
if (other.length > 0) {
  console.error(`Not what the sources build: ${other.join(", ")}. Run: npm run build`);
  process.exit(1);
}
console.log("The committed scripts are what the sources build.");
