import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE } from "../../test/support/finding.ts";
import { csvField, html, jsonInHtml, jsonLine, visible } from "./escape.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.constantFrom(...HOSTILE, '"', "'", "<", "&", "\\", "\n", "=", " "), { maxLength: 6 })
    .map((p) => p.join("")),
);
/** UTF-16 of any kind, lone surrogates too. */
const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((u) => String.fromCharCode(...u));

/** A CSV line read as RFC 4180 says. */
function parseCsv(line: string): string[] {
  const fields: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|$)/gy;
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
    if (match[3] === "") break;
  }
  return fields;
}

describe("visible", () => {
  it.each([
    ["a\u001b[2Jb", "a\\u{1b}[2Jb"],
    ["txt.\u202eexe", "txt.\\u{202e}exe"],
    ["rund\u200bll32", "rund\\u{200b}ll32"],
    ["a\u00a0b", "a\\u{a0}b"],
    ["plain — ünïcode 漢字 \\", "plain — ünïcode 漢字 \\"],
    ["\ud800x", "\\u{d800}x"],
    ["a\nb", "a\\u{a}b"],
  ])("%j → %s", (input, output) => expect(visible(input)).toBe(output));

  it("leaves no control, direction mark or zero-width character", () => {
    fc.assert(fc.property(fc.oneof(text, units), (s) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(visible(s))));
  });

  it("leaves printable ASCII as it is", () => {
    fc.assert(fc.property(fc.stringMatching(/^[\x20-\x7e]*$/), (s) => visible(s) === s));
  });
});

describe("jsonLine", () => {
  it("is the same value, on one line, without hidden characters", () => {
    fc.assert(
      fc.property(fc.oneof(text, units), (s) => {
        const line = jsonLine({ s });
        expect(JSON.parse(line)).toEqual({ s });
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("knows every format character of Unicode", () => {
    const all = Array.from({ length: 0x110000 }, (_, code) => String.fromCodePoint(code)).filter((c) =>
      /\p{Cf}/u.test(c),
    );
    expect(all.length).toBeGreaterThan(150);
    const line = jsonLine(all);
    expect(line).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(line)).toEqual(all);
  });
});

describe("jsonInHtml", () => {
  it("holds nothing that could end or open an element, and keeps the value", () => {
    fc.assert(
      fc.property(text, (s) => {
        const json = jsonInHtml([s]);
        expect(json).not.toContain("<");
        expect(JSON.parse(json)).toEqual([s]);
      }),
    );
  });
});

describe("html", () => {
  it("holds no markup", () => {
    fc.assert(fc.property(text, (s) => !/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/.test(html(s))));
  });
});

describe("csvField", () => {
  it("reads back as one field, whatever it holds", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (fields) => {
        const line = fields.map(csvField).join(",");
        expect(line).not.toMatch(/[\r\n]/);
        const read = parseCsv(line);
        expect(read.map((field) => field.replace(/^'/, ""))).toEqual(
          fields.map(visible).map((f) => f.replace(/^'/, "")),
        );
      }),
    );
  });

  it.each(["=1+1", "+1", "-1", "@A1", " =1", "|x", "%x", "\uff1d1", "\t=1"])("does not let %j be a formula", (s) => {
    expect(parseCsv(csvField(s))[0]).toMatch(/^'|^\\u/);
  });
});
