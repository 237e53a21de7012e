import { describe, expect, it } from "vitest";
import { domainOfHost, isSiteAddress, isSiteShare, reachOf } from "./reach.ts";

describe("reachOf", () => {
  it.each([
    ["\\\\files02\\x\\a.msi", "internal"],
    ["http://wsus01.corp.local/a.cab", "internal"],
    ["\\\\192.168.4.7\\x", "internal"],
    ["https://files.example.net/a", "external"],
    ["lee@unix7", "internal"],
    ["lee@unix7.example.net:/srv/a", "external"],
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

describe("the machine's own domain", () => {
  it("is what follows its short name", () => {
    expect(domainOfHost("PC7.Harbour.Example")).toBe("harbour.example");
    for (const host of ["PC7", "PC7.local", "10.1.2.3", "", undefined]) expect(domainOfHost(host)).toBeUndefined();
  });

  it("makes its servers the site's, and none that only begin or end alike", () => {
    expect(reachOf("https://forms.harbour.example/a.hta", "harbour.example")).toBe("internal");
    expect(isSiteShare("\\\\print1.harbour.example\\plotter", "harbour.example")).toBe(true);
    expect(isSiteAddress("https://forms.harbour.example/a.hta", "harbour.example")).toBe(true);
    for (const url of [
      "https://harbour.example.net/a.hta",
      "https://notharbour.example/a.hta",
      "https://x.test/harbour.example",
      "https://forms.harbour.example@x.test/a.hta",
    ]) {
      expect(reachOf(url, "harbour.example"), url).toBe("external");
      expect(isSiteAddress(url, "harbour.example"), url).toBe(false);
    }
    expect(isSiteAddress("https://forms.harbour.example/a.hta", undefined)).toBe(false);
  });
});
