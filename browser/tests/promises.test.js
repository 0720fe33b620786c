import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const BUILT = new URL("../.built/", import.meta.url);
const scripts = readdirSync(BUILT).filter((name) => name.endsWith(".js"));
const text = (name) => readFileSync(new URL(name, BUILT), "utf8");

// Opened on the team's own screens alone, never by a caller nor by whoever answers a page.
const TEAM = ["device.js", "passkey.js", "push.js"];
const weightOf = (names) => names.reduce((sum, name) => sum + Buffer.byteLength(text(name)), 0);

test("the scripts of callers and of pages weigh less than 20 KB together, before compression", () => {
  const weight = weightOf(scripts.filter((name) => !TEAM.includes(name)));
  assert.ok(weight < 20 * 1024, `${weight} bytes`);
});

test("the scripts of the team's own screens weigh less than 10 KB on top", () => {
  assert.ok(weightOf(TEAM) < 10 * 1024, `${weightOf(TEAM)} bytes`);
});

test("a team's script is opened by the team's screens alone", () => {
  for (const name of scripts.filter((name) => !TEAM.includes(name))) {
    assert.ok(!TEAM.some((one) => text(name).includes(one)), name);
  }
});

test("no script names another host, or keeps what somebody wrote", () => {
  for (const name of scripts) {
    assert.doesNotMatch(text(name), /https?:|\/\/[a-z]|localStorage|document\.cookie|eval\(|innerHTML =/, name);
  }
});

test("a helper's device keeps its key, and no other script keeps anything", () => {
  assert.deepEqual(scripts.filter((name) => text(name).includes("indexedDB")), ["device.js"]);
});

test("scripts import only their neighbours", () => {
  for (const name of scripts) {
    for (const [, from] of text(name).matchAll(/from "([^"]+)"/g)) {
      assert.ok(scripts.includes(from.replace("./", "")), `${name} imports ${from}`);
    }
  }
});

test("the offline script keeps no private screen", () => {
  const listed = (list) => JSON.parse(text("sw.js").match(new RegExp(`const ${list} = (\\[[^\\]]*\\]);`))[1]);
  assert.deepEqual(listed("AT_ONCE"), ["/hotlines", "/no-signal", "/static/style.css"]);
  assert.deepEqual(listed("ONCE_OPENED"), ["/seat/at-hand"]);
  assert.equal(text("sw.js").match(/\.(put|add|addAll)\(/g).length, 2, "what is kept is kept in two places");
});

test("the offline script knows these addresses, and opens but does not keep the others", () => {
  const known = [...text("sw.js").matchAll(/"(\/(?!\/)[^"]*)"/g)].map(([, path]) => path);
  const kept = ["/hotlines", "/no-signal", "/seat/at-hand", "/static/style.css"];
  const opened = ["/away", "/seat", "/static/icon.svg", "/team/"];
  assert.deepEqual([...new Set(known)].sort(), [...kept, ...opened].sort());
});
