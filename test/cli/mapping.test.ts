import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { whatran } from "../support/io.ts";
import { folder, SCRIPTLET } from "../support/logs.ts";

const MAPPING = `
time: when
host: machine
recordId: nr
events:
  processCreation:
    when: { what: [started, spawned] }
    fields: { commandLine: cmd, image: exe, user: who, process.pid: pid }
    values: { platform: windows }
`;
const TABLE = `nr;when;machine;what;exe;cmd;who;pid
7;2024-05-02 09:14:55;PC-1;spawned;C:\\Windows\\System32\\regsvr32.exe;${SCRIPTLET};kim;12
8;2024-05-02 09:14:56;PC-1;stopped;C:\\Windows\\System32\\regsvr32.exe;${SCRIPTLET};kim;12
`;

let dir = folder();
beforeEach(() => {
  dir = folder();
});
afterEach(() => dir.remove());

describe("scan --mapping", () => {
  it("gives the columns of a table their meaning", async () => {
    const table = dir.write("inventory.csv", TABLE);
    dir.write("m.yaml", MAPPING);
    const { code, out } = await whatran(["scan", table, "--mapping", "m.yaml"], { cwd: dir.path });
    expect(code).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      host: "PC-1",
      user: "kim",
      time: "2024-05-02T09:14:55.000Z",
      behaviour: "windows/regsvr32/scriptlet",
      source: { file: table, index: 0, recordId: 7 },
    });
  });

  it("gives the keys of JSON their meaning, and goes before the known shapes", async () => {
    const log = dir.write("a.json", JSON.stringify({ what: "started", cmd: SCRIPTLET, kind: "processCreation" }));
    const mapping = dir.write("m.yaml", MAPPING);
    const { out } = await whatran(["scan", log, "--mapping", mapping]);
    expect(JSON.parse(out)).toMatchObject({ commandLine: SCRIPTLET });
    expect((await whatran(["scan", log, "--mapping", mapping, "--input-format", "json"])).out).toBe(out);
  });

  it("serves learn and coverage too", async () => {
    const table = dir.write("inventory.csv", TABLE);
    const mapping = ["--mapping", dir.write("m.yaml", MAPPING)];
    const learnt = await whatran(["learn", table, "--baseline", "b.baseline", ...mapping], { cwd: dir.path });
    expect([learnt.code, learnt.err]).toEqual([0, expect.stringContaining("learnt 1 event ")]);
    const { out } = await whatran(["coverage", table, ...mapping, "--input-format", "csv"]);
    expect(JSON.parse(out)).toMatchObject({ events: 1, hosts: [{ host: "PC-1" }] });
  });

  it.each([
    ["events: { processStart: { fields: { commandLine: cmd } } }", "“processStart” is no kind"],
    ["events: { moduleLoad: { fields: { commandLine: cmd } } }", "“moduleLoad” has no property “commandLine”"],
    ["events: { moduleLoad: { fields: {}, values: { time: now } } }", "“moduleLoad” has no property “time”"],
    ["events: { moduleLoad: { field: {} } }", "“field” is unknown"],
    ["events: [", "m.yaml:"],
    ["", "events must have names and values"],
  ])("says what is wrong in %j", async (text, reason) => {
    const mapping = dir.write("m.yaml", text);
    const { code, err } = await whatran(["scan", dir.write("a.csv", TABLE), "--mapping", mapping]);
    expect([code, err]).toEqual([2, expect.stringContaining(reason)]);
  });

  it("says that there is no such file", async () => {
    const { code, err } = await whatran(["scan", dir.path, "--mapping", "none.yaml"], { cwd: dir.path });
    expect([code, err]).toEqual([2, expect.stringMatching(/none\.yaml: cannot be read: ENOENT/)]);
  });
});
