import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const BUILT = new URL("../.built/", import.meta.url);
const scripts = readdirSync(BUILT).filter((name) => name.endsWith(".js"));
const text = (name) => readFileSync(new URL(name, BUILT), "utf8");

test("all scripts together weigh less than 20 KB, before compression", () => {
  const weight = scripts.reduce((sum, name) => sum + Buffer.byteLength(text(name)), 0);
  assert.ok(weight < 20 * 1024, `${weight} bytes`);
});

test("no script names another host, or keeps what somebody wrote", () => {
  for (const name of scripts) {
    assert.doesNotMatch(text(name), /https?:|\/\/[a-z]|localStorage|indexedDB|document\.cookie|eval\(|innerHTML =/, name);
  }
});

test("scripts import only their neighbours", () => {
  for (const name of scripts) {
    for (const [, from] of text(name).matchAll(/from "([^"]+)"/g)) {
      assert.ok(scripts.includes(from.replace("./", "")), `${name} imports ${from}`);
    }
  }
});

test("the offline script keeps no private screen", () => {
  const kept = [...text("sw.js").matchAll(/"(\/[^"]*)"/g)].map(([, path]) => path);
  assert.deepEqual([...new Set(kept)].sort(), ["/away", "/hotlines", "/no-signal", "/seat/at-hand", "/static/style.css"]);
});
