// Builds the scripts into a folder: `node build.mjs FOLDER`. TypeScript checks them strictly and takes the types off.

import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

const [folder] = process.argv.slice(2);
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");

for (const project of [".", "src/worker"]) {
  try {
    execFileSync(process.execPath, [compiler, "-p", project, "--outDir", folder], { stdio: "inherit" });
  } catch {
    process.exit(1);
  }
}
