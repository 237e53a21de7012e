/** Values that a stranger may write where a log has a text or a number: JSON text, each for itself. */
const TEXTS = [
  ...[
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "prototype",
    "then",
    "length",
    "NaN",
    "null",
  ],
  ...[
    "undefined",
    "true",
    "-1",
    "-0",
    "0x",
    "1e400",
    "Infinity",
    "9007199254740993",
    "18446744073709551616",
    "-99999999999999999999",
  ],
  ...[
    "0000-00-00T00:00:00Z",
    "0001-01-01T00:00:00Z",
    "+275760-09-13T00:00:00.001Z",
    "9999-12-31T23:59:60.999999999+14:00",
  ],
  ...[
    "2026-02-30T25:61:61Z",
    "-000001-01-01T00:00:00Z",
    "/Date(99999999999999)/",
    "1/1/0000 0:00:00 AM",
    "%%1936",
    "%1$s%n",
  ],
  ...[
    "",
    " ",
    "-",
    "\\",
    '"',
    "'",
    "\0",
    "a\0b",
    "\ufeffx\ufeff",
    "\ud800",
    "x\udc00y",
    "\r\n",
    "\r",
    "\u2028",
    "\u202egpj.exe",
    "\u001b[2J\u001b]0;x\u0007",
  ],
  ...[
    "[",
    "{",
    '{"a":',
    '[{"',
    "<Event>",
    "<Event><System><EventID>1</EventID></System></Event>",
    "msg=audit(1:2)",
    "$(x)",
    "../../..",
    "\\\\?\\",
    "C:",
    "/",
  ],
  ...[
    '{"__proto__":{"x":1}}',
    "[[[[[[[[[[]]]]]]]]]]",
    "a=b c=d",
    "a|b|c",
    "1,2;3\t4",
    "::",
    "[::1]",
    "file:///%",
    "=cmd|x",
  ],
];

const VALUES = [
  ...TEXTS.map((text) => JSON.stringify(text)),
  ...[
    "0",
    "-1",
    "1e400",
    "-1e400",
    "9007199254740993",
    "8640000000000001",
    "-62135596800001",
    "1e-7",
    "true",
    "null",
    "[]",
    "{}",
  ],
  ...[
    "[[]]",
    "[null]",
    "[{}]",
    '[1,"a",null]',
    '{"a":{"b":{}}}',
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
  ],
  ...[
    '{"toString":1,"valueOf":2,"toJSON":3}',
    '{"length":4294967296}',
    '["__proto__"]',
    '{"":""}',
    '{".":1,"a.b":2,"..":3}',
  ],
];

/** Names of keys that every object of JavaScript answers to, and other bad ones; JSON text. */
const KEYS = [
  ...[
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "toJSON",
    "then",
    "length",
    "",
    ".",
    "a.b.",
    "0",
  ],
  ...["\ud800", "\0", "\u202e", "$ref", "__children"],
].map((key) => JSON.stringify(key));

export { TEXTS };

/** The objects of inputs, of such as have the same keys and types the first, as JSON text. */
export function jsonObjectsOf(inputs: readonly Buffer[]): string[] {
  const found = new Map<string, string>();
  for (const bytes of inputs) addObjects(bytes, found);
  return [...found.values()];
}

function addObjects(bytes: Buffer, found: Map<string, string>): void {
  const text = bytes.toString("utf8");
  for (const part of [text, ...text.split("\n")]) {
    try {
      const value: unknown = JSON.parse(part);
      for (const one of Array.isArray(value) ? value : [value]) {
        const object = JSON.stringify(one);
        const layout = object.replace(TOKEN, (token, at: number) =>
          object[at + token.length] === ":" ? token : typeof JSON.parse(token),
        );
        if (object.startsWith("{") && object.length < LONGEST && !found.has(layout)) found.set(layout, object);
      }
    } catch {
      // A line of an object that stands over several lines.
    }
  }
}

const LONGEST = 6000;
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/g;

/** The record with each of its keys and values replaced by each bad one, and with each key twice; every so many of them, from one on. */
export function hostileLines(object: string, step: number, from: number): string[] {
  const lines: string[] = [];
  let number = from;
  for (const { 0: token, index } of object.matchAll(TOKEN)) {
    const end = index + token.length;
    const isKey = object[end] === ":";
    if (isKey) lines.push(`${object.slice(0, index)}${token}:"twice",${object.slice(index)}`);
    for (const bad of isKey ? KEYS : VALUES) {
      number += 1;
      if (number % step === 0) lines.push(object.slice(0, index) + bad + object.slice(end));
    }
  }
  return lines;
}
