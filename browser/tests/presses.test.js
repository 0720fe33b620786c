import assert from "node:assert/strict";
import { test } from "node:test";

import { Presses } from "../.built/presses.js";

/** Taps a key at a moment; says whether that was the one that leaves. */
function tap(presses, key, at) {
  presses.down(key, false);
  return presses.up(key, at);
}

test("Shift three times within five seconds leaves", () => {
  const shift = new Presses(3, 5000);
  assert.equal(tap(shift, "Shift", 0), false);
  assert.equal(tap(shift, "Shift", 2000), false);
  assert.equal(tap(shift, "Shift", 4900), true);
});

test("three times within a minute does not", () => {
  const shift = new Presses(3, 5000);
  assert.deepEqual([0, 4000, 8000, 12000].map((at) => tap(shift, "Shift", at)), [false, false, false, false]);
});

test("a name with capital letters does not hide what Rosa is writing", () => {
  const shift = new Presses(3, 5000);
  const left = ["R", "S", "D"].map((letter, at) => {
    shift.down("Shift", false);
    shift.down(letter, false);
    shift.up(letter, at * 100);
    return shift.up("Shift", at * 100 + 50);
  });
  assert.deepEqual(left, [false, false, false]);
});

test("a letter in between begins the count anew", () => {
  const shift = new Presses(3, 5000);
  tap(shift, "Shift", 0);
  tap(shift, "Shift", 100);
  tap(shift, "a", 200);
  assert.equal(tap(shift, "Shift", 300), false);
});

test("a Shift held down is one press, however often the keyboard repeats it", () => {
  const shift = new Presses(3, 5000);
  shift.down("Shift", false);
  shift.down("Shift", true);
  shift.down("Shift", true);
  assert.equal(shift.up("Shift", 900), false);
});
