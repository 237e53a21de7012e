import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEntities } from "./entities.ts";
import { parseXml } from "./tree.ts";

const plain = (xml: string): unknown => JSON.parse(JSON.stringify(parseXml(xml) ?? null));

describe("parseXml", () => {
  it("gives attributes, text, children and lists", () => {
    expect(
      plain(`<?xml version="1.0"?><!-- no --><a x='1' y="&quot;2&#x41;"><b>t &amp; u</b><c/><c z="3">4</c><d></d></a>`),
    ).toEqual({
      a: { "@x": "1", "@y": '"2A', b: "t & u", c: ["", { "@z": "3", "#text": "4" }], d: "", "#text": "" },
    });
  });

  it("takes CDATA as it stands, and no document type", () => {
    expect(plain(`<!DOCTYPE a [<!ENTITY x "y">]><a><![CDATA[<b>&amp;]]>&x;</a>`)).toEqual({
      a: "]><b>&amp;&x;".slice(2),
    });
  });

  it("closes what is not closed, and survives closing too much", () => {
    expect(plain("<a><b>1")).toEqual({ a: { b: "1", "#text": "" } });
    expect(plain("</x></y><a>1</a></a>")).toEqual({ a: "1" });
    expect(plain("words")).toBeNull();
    expect(plain("<")).toEqual({ "": "" });
  });

  it("gives up where elements are too deep or too many", () => {
    expect(parseXml("<a>".repeat(65))).toBeUndefined();
    expect(parseXml("<a/>".repeat(100_001))).toBeUndefined();
  });

  it("has no inherited names", () => {
    expect(Object.keys(parseXml("<__proto__>1</__proto__>")!)).toEqual(["__proto__"]);
  });

  it("survives anything", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "</",
      "/>",
      "a",
      " x=",
      '"',
      "'",
      "&lt;",
      "&#",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void parseXml(pieces.join(""))),
      { numRuns: 500 },
    );
  });
});

it("decodes each reference once", () => {
  expect(decodeEntities("&amp;lt; &#65;&#x42; &#x110000; &#0; &nbsp; &")).toBe("&lt; AB &#x110000; &#0; &nbsp; &");
});
