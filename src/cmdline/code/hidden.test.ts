import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { brief } from "../../../test/support/brief.ts";
import { millis } from "../../../test/support/cost.ts";
import { hidden, readCode } from "./code.ts";

const PYTHON = "import os; os.system('id')";
const RUBY = "system('id')";
const NODE = "require('child_process').exec('id')";
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");
const numbers = (text: string, change: (code: number) => number): string =>
  [...Buffer.from(text)].map((code) => change(code)).join(", ");
const keyed = (text: string, key: string): Buffer =>
  Buffer.from([...Buffer.from(text)].map((code, nth) => code ^ key.charCodeAt(nth % key.length)));

describe("code that code decodes", () => {
  it.each([
    [
      "python",
      `import zlib, base64; exec(zlib.decompress(base64.b64decode('${base64(deflateSync(PYTHON))}')))`,
      PYTHON,
    ],
    ["python", `import gzip; exec(gzip.decompress(bytes.fromhex('${gzipSync(PYTHON).toString("hex")}')))`, PYTHON],
    ["python", `exec(bytes([c ^ 7 for c in [${numbers(PYTHON, (code) => code ^ 7)}]]))`, PYTHON],
    ["python", `exec(''.join(chr(c - 3) for c in [${numbers(PYTHON, (code) => code + 3)}]))`, PYTHON],
    ["python", `exec(''.join(map(lambda c: chr(c - 3), [${numbers(PYTHON, (code) => code + 3)}])))`, PYTHON],
    [
      "python",
      `d = bytes.fromhex('${keyed(PYTHON, "key").toString("hex")}'); k = b'key'; exec(bytes(d[i] ^ k[i % len(k)] for i in range(len(d))))`,
      PYTHON,
    ],
    [
      "python",
      `from itertools import cycle; exec(bytes(a ^ b for a, b in zip(bytes.fromhex('${keyed(PYTHON, "key").toString("hex")}'), cycle(b'key'))))`,
      PYTHON,
    ],
    [
      "python",
      `_ = lambda x: __import__('base64').b64decode(x[::-1]); exec((_)(b'${[...base64(PYTHON)].reverse().join("")}'))`,
      PYTHON,
    ],
    ["python", `import zlib as z; exec(z.decompress(bytes([${[...deflateRawSync(PYTHON)].join(",")}]), -15))`, PYTHON],
    ["python", "import base64; exec(base64.b85decode('X>D+Ca&#bXb2}h!b1rjvb97~GC?{!TCn*'))", PYTHON],
    ["python", "import base64; exec(base64.a85decode('Bl.g-Ec`FBF#tL_F\"VNZF*(u1-mr_>-Rf'))", PYTHON],
    ["python", "import base64; exec(base64.b32decode('NFWXA33SOQQG64Z3EBXXGLTTPFZXIZLNFATWSZBHFE======'))", PYTHON],
    ["ruby", `eval(Zlib::Inflate.inflate(Base64.decode64("${base64(deflateSync(RUBY))}")))`, RUBY],
    ["perl", `eval(pack("H*", "${Buffer.from(RUBY).toString("hex")}"))`, RUBY],
    ["perl", 'eval unpack u => q{,<WES=&5M*"=I9"<I}', RUBY],
    ["perl", `eval join("", map {chr} (${numbers(RUBY, (code) => code)}))`, RUBY],
    ["php", `eval(gzinflate(base64_decode("${base64(deflateRawSync("system('id');"))}")));`, "system('id');"],
    ["node", `eval(require("zlib").gunzipSync(Buffer.from("${base64(gzipSync(NODE))}", "base64")).toString())`, NODE],
    ["node", `new Function("require", atob("${base64(NODE)}"))(require)`, NODE],
  ])("is read in %s: %s", (language, code, inner) => {
    expect(hidden(language, code)).toEqual([inner]);
    expect(readCode(language, code).map(brief)).toEqual([`runs inlineCode ${inner}`, "sh: id"]);
  });

  it.each([
    ["import marshal; exec(marshal.loads(b'\\xe3\\x00'))", "compiled code, not read"],
    ["from cryptography.fernet import Fernet; exec(Fernet(k).decrypt(b'x').decode())", "encrypted code, not opened"],
    ["import zlib; exec(zlib.decompress(b'no such thing'))", "compressed code, not opened"],
  ])("is told where it cannot be read: %s", (code, why) => {
    expect(hidden("python", code)).toEqual([why]);
  });

  it.each([
    "exec('import os; print(1)')",
    "exec('a' + 'b' + 'c' + 'd' + 'e' + 'f' + 'g' + 'h')",
    "import base64; print(base64.b64decode('aGVsbG8gd29ybGQ='))",
    "exec(open('x.py').read())",
    "import zlib; exec(zlib.decompress(data))",
    "print([x for x in range(10)])",
  ])("is not made up: %s", (code) => {
    expect(hidden("python", code)).toEqual([]);
  });

  it("reaches members by their names as texts", () => {
    for (const code of [
      "__import__('o' + 's').__dict__['sys' + 'tem']('id')",
      "getattr(getattr(__builtins__, '__imp' + 'ort__')('os'), 'system')('id')",
      "import sys; sys.modules['os'].system('id')",
      "(lambda s: s.system('id'))(__import__('os'))",
      "import pickle; pickle.loads(b\"cos\\nsystem\\n(S'id'\\ntR.\")",
    ])
      expect(readCode("python", code).map(brief)).toEqual(["sh: id"]);
  });

  it("costs no more than its length", () => {
    const nested = `f = lambda x: f(f(x)) + f(x)\nf(1)\n${"g = lambda: [f(x) for x in range(4000)]\ng()\n".repeat(200)}`;
    expect(millis(() => readCode("python", nested), 1000)).toBeLessThan(1000);
    const bomb = base64(deflateSync("a".repeat(20_000_000)));
    const code = `import zlib, base64; exec(zlib.decompress(base64.b64decode('${bomb}')))`;
    expect(millis(() => readCode("python", code), 500)).toBeLessThan(500);
  });
});
