import { expect, it } from "vitest";
import { keyOf } from "./keys.ts";
import { Programs } from "./programs.ts";

const ONE = "a".repeat(64);
const key = (hash: string, entry: string) => keyOf("program", hash, entry);

it("tells a file by any hash that was learnt", () => {
  const programs = new Programs([key(`sha256=${ONE}`, "linux/curl"), key(`md5=${"b".repeat(32)}`, "linux/wget")]);
  expect(programs.of(`MD5=${"c".repeat(32)},SHA256=${ONE.toUpperCase()},IMPHASH=${"b".repeat(32)}`)).toBe("linux/curl");
  expect(programs.of(`MD5=${"b".repeat(32)}`)).toBe("linux/wget");
  expect(programs.of(`SHA1=${"b".repeat(40)}`)).toBeUndefined();
  expect(programs.of(undefined)).toBeUndefined();
});

it("tells nothing by a hash that several programs have, nor by none at all", () => {
  const programs = new Programs([
    key(`sha256=${ONE}`, "linux/env"),
    key(`sha256=${ONE}`, "linux/split"),
    key(`sha256=${ONE}`, "linux/env"),
    key(`sha256=${"0".repeat(64)}`, "linux/env"),
  ]);
  expect(programs.of(`SHA256=${ONE}`)).toBeUndefined();
  expect(programs.of(`SHA256=${"0".repeat(64)}`)).toBeUndefined();
});
