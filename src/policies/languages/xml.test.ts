import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { xml as escaped } from "./escape.ts";
import { readXml } from "./xml.ts";

const failure = (text: string): string => {
  try {
    readXml(text);
  } catch (error) {
    expect((error as { code?: string }).code).toBe("policy/xml");
    return (error as Error).message;
  }
  return "";
};

describe("strict XML", () => {
  it("puts entities in wherever a long text is taken apart", () => {
    for (const before of [65_520, 65_530, 65_535, 65_536, 65_537]) {
      const text = `${"x".repeat(before)}&amp;&#x10ffff;&lt;${"&gt;".repeat(40_000)}`;
      expect(readXml(`<a b="${text}">${text}</a>`).text).toBe(`${"x".repeat(before)}&\u{10ffff}<${">".repeat(40_000)}`);
    }
    expect(failure(`<a>${"x".repeat(65_530)}&nothing;</a>`)).toContain("the entity & is not known");
  });

  it("gives elements with attributes, text and places", () => {
    const root = readXml(
      '<?xml version="1.0"?>\n<!-- x -->\n<A b="1 &lt; 2">\n  <C d=\'"\'/>t&amp;u<![CDATA[<v>]]></A>',
    );
    expect(root.name).toBe("A");
    expect(root.attributes.get("b")).toBe("1 < 2");
    expect(root.text.trim()).toBe("t&u<v>");
    expect(root.children[0]).toMatchObject({ name: "C", line: 4, column: 3 });
    expect(root.children[0]?.attributes.get("d")).toBe('"');
  });

  it.each([
    [
      "an external entity",
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      "line 1, column 1: a document type",
    ],
    ["entities of entities", '<!DOCTYPE a [<!ENTITY b "&c;&c;">]><a>&b;</a>', "a document type"],
    ["an entity of nobody’s", "<a>&b;</a>", "entity"],
    ["an ampersand alone", "<a>b & c</a>", "entity"],
    ["a tag that is not closed", "<a>\n<b></a>", "line 2, column 4: </a> closes <b> of line 2"],
    ["an end that is missing", "<a><b/>", "<a> of line 1 is not closed"],
    ["an attribute that comes twice", '<a b="1" b="2"/>', "comes twice"],
    ["an attribute without quotes", "<a b=1/>", "without quotes"],
    ["an attribute without a value", "<a b/>", "“=” is missing"],
    ["attributes that touch", '<a b="1"c="2"/>', "written wrongly"],
    ["a tag inside a value", '<a b="<c>"/>', "“<” inside a value"],
    ["two elements at the top", "<a/><b/>", "a second element"],
    ["text at the top", "<a/>x", "text outside"],
    ["nothing", "  ", "there is no element"],
    ["a control character", "<a>\u0001</a>", "control character"],
    ["a control character by number", "<a>&#1;</a>", "entity"],
    ["a comment without an end", "<a><!-- </a>", "<!-- without -->"],
    ["a value without an end", '<a b="', "not closed"],
    ["a number beyond Unicode", "<a>&#x110000;</a>", "entity"],
    ["elements that nest without end", "<a>".repeat(100), "nested deeper"],
  ])("refuses %s, with the place", (_, text, message) => {
    expect(failure(text)).toContain(message);
    expect(failure(text)).toMatch(/^line \d+, column \d+: /);
  });

  it("gives back every value that was escaped", () => {
    const kept = fc.string({ unit: "binary" }).filter((text) => !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text));
    fc.assert(
      fc.property(kept, (text) => {
        const root = readXml(`<a b="${escaped(text)}">${escaped(text)}</a>`);
        expect(root.attributes.get("b")).toBe(text);
        expect(root.text).toBe(text);
      }),
    );
  });

  it("reads a large file in a time that grows with its size", () => {
    const text = `<a>${'<b c="d"/>\n'.repeat(100_000)}</a>`;
    expect(millis(() => readXml(text), 6000)).toBeLessThan(6000);
  });

  it("refuses or reads whatever comes, and throws nothing else", () => {
    const pieces = fc.constantFrom(
      "<",
      ">",
      "/",
      "a",
      '"',
      "'",
      "=",
      " ",
      "&",
      "&lt;",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?",
      "?>",
      "<!",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (all) => {
        failure(all.join(""));
      }),
    );
  });

  it("reads one long line in a time that grows with its length alone", () => {
    const text = (elements: number) => `<a>${"<b c='d'/>".repeat(elements)}</a>`;
    // The short one takes several ticks of the account of a thread.
    const [short, long] = [text(60_000), text(480_000)];
    const limit = 24 * millis(() => readXml(short), 0);
    expect(millis(() => readXml(long), limit)).toBeLessThan(limit);
  });
});
