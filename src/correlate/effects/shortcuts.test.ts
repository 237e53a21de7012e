import { describe, expect, it } from "vitest";
import { anEvent, testCatalog } from "../../../test/support/events.ts";
import { createDetector } from "../detector.ts";

function find(shortcut: Readonly<Record<string, unknown>>) {
  const detector = createDetector({ catalog: testCatalog(), minLevel: "low" });
  const event = anEvent("shortcut", 0, { path: "kiwi.url", oddities: [], startup: false, ...shortcut });
  return [...detector.push(event), ...detector.end()];
}

const OWN = "C:\\Program Files\\Internet Explorer\\iediagcmd.exe";
const BORROWED = "\\\\files.orchard.example@ssl@443\\DavWWWRoot\\kit";
const PAGE = "https://www.orchard.example/";

describe("what a shortcut takes from another network", () => {
  it("is the folder in which a program of this machine looks for others", () => {
    const [finding] = find({ target: OWN, workingDirectory: BORROWED });
    expect(finding).toMatchObject({
      behaviour: "windows/chains/shortcuts-folder",
      runs: [{ what: "document", where: "share", value: `${BORROWED}\\`, resolved: BORROWED.toLowerCase() }],
    });
    expect(finding?.title).toContain(`: ${BORROWED}`);
    expect(JSON.stringify(finding)).not.toContain("the program ");
  });
  it("is a program that lies on a web server", () => {
    const [finding] = find({ target: "\\\\files.orchard.example@80\\kit\\a.exe" });
    expect(finding).toMatchObject({ behaviour: "windows/chains/shortcuts-target", level: "high" });
  });
  it("is that program, wherever it works", () => {
    const target = "\\\\files.orchard.example@80\\kit\\a.exe";
    const [finding] = find({ target, workingDirectory: "C:\\Users\\amy" });
    expect(finding).toMatchObject({ behaviour: "windows/chains/shortcuts-target", runs: [{ value: target }] });
  });
  it.each([PAGE, OWN])("is its picture, which runs nothing, of %s", (target) => {
    const [finding] = find({ target, icon: "\\\\203.0.113.7\\kit\\a.ico", workingDirectory: "C:\\Users\\amy" });
    expect(finding).toMatchObject({
      level: "high",
      behaviour: "windows/chains/shortcuts-picture",
      runs: [],
      fetches: [{ remote: true }],
    });
    expect(finding?.title).toMatch(/^explorer\.exe brings the picture/);
  });
  it("is told of each, whatever else lies beside it", () => {
    const detector = createDetector({ catalog: testCatalog(), minLevel: "low" });
    const shortcut = (file: string) => {
      const icon = `\\\\203.0.113.7\\${file}`;
      const values = { path: file, oddities: [], startup: false, target: PAGE, icon, time: undefined };
      return anEvent("shortcut", 0, values, { file, index: 0, recordId: undefined });
    };
    const found = [...detector.push(shortcut("kiwi.url")), ...detector.push(shortcut("plum.url")), ...detector.end()];
    expect(found.map(({ source }) => source.file)).toEqual(["kiwi.url", "plum.url"]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(2);
  });
  it.each([
    { target: OWN, workingDirectory: "C:\\Users\\amy" },
    { target: OWN, workingDirectory: "\\\\files01\\kit" },
    { target: "\\\\files01\\kit\\a.exe", workingDirectory: "\\\\files01\\kit" },
    { target: PAGE, icon: "https://www.orchard.example/favicon.ico" },
    { target: PAGE, icon: "\\\\10.1.2.3\\kit\\a.ico" },
  ])("is nothing of an ordinary one: %o", (shortcut) => {
    expect(find(shortcut)).toEqual([]);
  });
});
