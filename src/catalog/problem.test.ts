import { writeFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { millis } from "../../test/support/cost.ts";
import { folder } from "../../test/support/logs.ts";
import { problemAt, Source, told } from "./problem.ts";

const dir = folder();
afterAll(() => dir.remove());
const problemsOf = (text: string) => new Source("a.yaml", text).problems.map(told);
const nested = (depth: number) => `a: ${"[".repeat(depth)}${"]".repeat(depth)}\n`;
/** Each line stands for eight of the line before. */
const bomb = ["a: &a [1]", ..."bcdef".split("").map((name, i) => `${name}: &${name} [${`*${"abcde"[i]},`.repeat(8)}]`)];

describe("a YAML file", () => {
  it("is plain data, aliases and all", () => {
    expect(new Source("a.yaml", "a: &all { x: [1, two] }\nb: *all\n").data).toEqual({
      a: { x: [1, "two"] },
      b: { x: [1, "two"] },
    });
  });

  it.each([
    ["an alias of nothing", "a: 1\nb: *c\n", "2:4: there is no anchor “&c” before this"],
    ["an alias of what comes later", "a: *c\nb: &c 1\n", "1:4: there is no anchor"],
    ["an alias within what it stands for", "a: &a { b: [*a] }\n", "1:13: “*a” would hold itself"],
    ["a map as a key", "{ { a: 1 }: 2 }\n", "1:3: a key must be a text"],
    ["a list as a key, far in", "a: [{ ? [1] : 2 }]\n", "1:9: a key must be a text"],
    ["a bomb", bomb.join("\n"), "1:1: its aliases stand for too much"],
    ["endless nesting", nested(500), "more than 50 maps and lists in each other are not read"],
    ["nesting that no stack holds", `a: { ${"b: ".repeat(20_000)}`, "1:151: more than 50 maps and lists in each other"],
    ["no map", "- a\n", "1:1: the file must be one map of keys"],
    ["a key that comes twice", "a: 1\na: 2\n", "2:1: “a” stands here twice"],
    ["a second document", "a: 1\n---\na: 2\n", "2:1: a second document begins here"],
    ["a tag", "a: !!binary aGk=\n", "1:4: tags (!…) have no meaning here"],
    ["a zero byte", "a: b\nc: \0d\n", "2:4: this is no text"],
  ])("with %s has a place and a reason", (_, text, message) => {
    expect(problemsOf(text)[0]).toContain(`${message}`);
    expect(new Source("a.yaml", text).data).toEqual({});
  });

  it("is told of with a hundred problems, and that there are more", () => {
    const problems = problemsOf("a: }\n".repeat(5000));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toContain("too much is wrong up to here");
  });

  it("is read in UTF-16, with a byte order mark, and with the ends of lines of Windows", () => {
    const put = (bytes: Buffer) => {
      const file = dir.write("a.yaml", "");
      writeFileSync(file, bytes);
      return Source.open(file);
    };
    const text = "\ufeffa: 1\r\nb: }\r\n";
    for (const bytes of [Buffer.from(text), Buffer.from(text, "utf16le"), Buffer.from(text, "utf16le").swap16()])
      expect(put(bytes).problems[0]).toMatchObject({ line: 2, column: 4, excerpt: "b: }\n   ^" });
    expect(put(Buffer.from("a: caf\xe9\n", "latin1")).problems[0]).toMatchObject({ line: 1, column: 7 });
    expect(put(Buffer.alloc((1 << 20) + 1, 0x23)).problems.map(({ message }) => message)).toEqual([
      "more than 1 MiB are not read",
    ]);
  });

  it.each([
    ["keys", (at: number) => `key${at}: value\n`],
    ["anchors", (at: number) => `k${at}: &a${at} v\n`],
    ["aliases", (at: number) => (at === 0 ? "a: &a {b: c}\n" : `k${at}: *a\n`)],
    ["aliases of as many anchors", (at: number) => `k${at}: &a${at} v\nl${at}: *a${at}\n`],
    ["keys that come again", () => "a: 1\n"],
    ["broken lists", () => "a: [\n"],
    ["quotes", () => '"""'],
    ["comments", () => "# a\n"],
    ["tags", () => "- !a b\n"],
  ])("of 10,000 %s costs no more than its length", (_, line) => {
    const text = Array.from({ length: 10_000 }, (_, at) => line(at)).join("");
    expect(millis(() => problemsOf(text), 2000)).toBeLessThan(2000);
  });

  it("costs no more than its length where all is wrong", () => {
    const text = "a: [\nnormal: }\n".repeat(8000);
    expect(millis(() => problemsOf(text), 5000)).toBeLessThan(5000);
  });

  it("shows of a long line the part around the place", () => {
    const source = new Source("a.yaml", `a: [${"x, ".repeat(50_000)}y]\n`);
    const [line, caret] = problemAt(source, ["a", 40_000], "here").excerpt.split("\n") as [string, string];
    expect(line.length).toBeLessThanOrEqual(200);
    expect(line[caret.indexOf("^")]).toBe("x");
  });
});
