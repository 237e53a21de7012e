import { describe, expect, it } from "vitest";
import { isSiteShare, reachOf } from "./reach.ts";

describe("reachOf", () => {
  it.each([
    ["\\\\files02\\x\\a.msi", "internal"],
    ["http://wsus01.corp.local/a.cab", "internal"],
    ["\\\\192.168.4.7\\x", "internal"],
    ["https://files.example.net/a", "external"],
    ["C:\\x\\a.msi", undefined],
  ])("%s is %s", (value, reach) => {
    expect(reachOf(value)).toBe(reach);
  });
});

describe("isSiteShare", () => {
  it.each(["\\\\files02\\x\\a.msi", '"\\\\deploy.corp.local\\packages\\a b.msi"', "//files02/x/a.msi"])(
    "is %s",
    (value) => {
      expect(isSiteShare(value)).toBe(true);
    },
  );

  it.each([
    "\\\\192.168.4.7\\x\\a.msi",
    "\\\\files02@8080\\x\\a.msi",
    "\\\\files02@SSL\\x\\a.msi",
    "\\\\files.example.net\\x\\a.msi",
    "\\\\?\\C:\\x\\a.msi",
    "C:\\x\\a.msi",
    "http://files02/a.msi",
  ])("is not %s", (value) => {
    expect(isSiteShare(value)).toBe(false);
  });
});
