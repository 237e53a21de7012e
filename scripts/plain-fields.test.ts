import { expect, test } from "vitest";
import { plainFields } from "./plain-fields.ts";

const COUNTER = `export class Counter {
  /** What #step adds. */
  readonly #by: number;
  static #made = 0;
  last?: number;

  constructor(by: number) {
    this.#by = by;
    Counter.#made++;
  }

  #step(): number {
    return this.#by;
  }

  sum(text = "#by of #1"): string {
    return \`\${this.#step()}\${text}\`;
  }
}
`;

test("private members become ordinary ones", () => {
  const plain = plainFields(COUNTER, "counter.ts");
  expect(plain).toContain("  readonly $$by: any = undefined;");
  expect(plain).toContain("  static $$made = 0;");
  expect(plain).toContain("    this.$$by = by;\n    Counter.$$made++;");
  expect(plain).toContain("  $$step(): number {");
  expect(plain).toContain("this.$$step()");
});

test("an optional field has a value from the first", () => {
  expect(plainFields(COUNTER, "counter.ts")).toContain("  last: any = undefined;");
});

test("texts and comments stay as they are", () => {
  const plain = plainFields(COUNTER, "counter.ts");
  expect(plain).toContain("/** What #step adds. */");
  expect(plain).toContain('"#by of #1"');
});

test("a name that no member bears stays as it is", () => {
  const page = "const style = `\n  #page: {}\n`;\nexport const link = file.replace('.#top', '');\n";
  expect(plainFields(page, "page.ts")).toBe(page);
});

test("members of a derived class bear the name of their file", () => {
  const text = "class Base {}\nexport class Long extends Base {\n  #at = 0;\n  at = () => this.#at;\n}\n";
  expect(plainFields(text, "src/long-name.ts")).toContain("this.$$long_name_at");
});

test("a member that a class and a derived one both have is refused", () => {
  const text =
    "class A {\n  #at = 1;\n  a = () => this.#at;\n}\nclass B extends A {\n  #at = 2;\n  b = () => this.#at;\n}\n";
  expect(() => plainFields(text, "both.ts")).toThrow("both.ts declares #at more than once");
});
