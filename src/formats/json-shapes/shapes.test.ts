import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../decode/json/parse.ts";
import type { LogRecord } from "../../model/record.ts";
import { recognise, recordsIn } from "./shapes.ts";

const AT = { file: "f", index: 0 };
const NOON = Date.UTC(2024, 4, 1, 12);

/** The only record in an object. */
function only(object: JsonObject): LogRecord | undefined {
  const objects = recordsIn(object);
  expect(objects.length).toBe(1);
  return recognise(objects[0]!, AT);
}

describe("ECS", () => {
  const process = { "parent.name": "sh", args: ["id", 5, "-u"], pid: 7, parent: { pid: null } };
  const record = only({
    "@timestamp": ["2024-05-01T12:00:00Z"],
    "event.category": ["process"],
    host: { name: "pc" },
    process,
  })!;

  it("finds fields by path, nested, dotted or mixed", () => {
    expect(record).toMatchObject({ shape: "ecs", host: "pc", time: NOON });
    expect(
      ["process.parent.name", "process.pid", "event.category", "process", "process.parent.pid", "process.x.y"].map(
        (name) => record.get(name),
      ),
    ).toEqual(["sh", "7", "process", undefined, undefined, undefined]);
  });

  it("gives lists", () => {
    expect(record.list("process.args")).toEqual(["id", "5", "-u"]);
    expect(record.list("process.pid")).toBeUndefined();
    expect(record.names()).toEqual([
      "@timestamp",
      "event.category",
      "host.name",
      "process.parent.name",
      "process.args",
      "process.pid",
    ]);
  });
});

describe("other shapes", () => {
  const row = {
    Timestamp: "2024-05-01T12:00:00Z",
    DeviceName: "pc",
    ActionType: "ProcessCreated",
    FileName: "x.exe",
    ReportId: 3,
    AdditionalFields: { A: "b" },
  };
  const cases: [string, JsonObject, object, [string, string | undefined][]][] = [
    [
      "Defender, a row",
      row,
      { shape: "mde", host: "pc", recordId: 3, time: NOON },
      [
        ["FileName", "x.exe"],
        ["AdditionalFields.A", "b"],
      ],
    ],
    [
      "Defender, streamed",
      { time: "x", category: "AdvancedHunting-DeviceProcessEvents", properties: row },
      { shape: "mde", provider: "DeviceProcessEvents", time: NOON },
      [["ActionType", "ProcessCreated"]],
    ],
    [
      "Defender, workspace",
      { ...row, Timestamp: undefined, TimeGenerated: "5/1/2024, 12:00:00.000 PM", Type: "DeviceImageLoadEvents" },
      { shape: "mde", provider: "DeviceImageLoadEvents", time: NOON },
      [],
    ],
    [
      "OCSF",
      { class_uid: 1007, activity_id: 1, time: NOON, device: { hostname: "pc" }, process: { cmd_line: "x" } },
      { shape: "ocsf", eventId: 1007, host: "pc", time: NOON },
      [
        ["process.cmd_line", "x"],
        ["class_uid", "1007"],
      ],
    ],
    [
      "Falco",
      { rule: "r", time: "2024-05-01T12:00:00.000000000Z", hostname: "pc", output_fields: { "proc.cmdline": "id" } },
      { shape: "falco", host: "pc", time: NOON },
      [["output_fields.proc.cmdline", "id"]],
    ],
    [
      "Tetragon",
      { process_exec: { process: { binary: "/bin/id", pid: 3 } }, node_name: "pc", time: "2024-05-01T12:00:00Z" },
      { shape: "tetragon", host: "pc", time: NOON },
      [["process_exec.process.binary", "/bin/id"]],
    ],
    [
      "osquery",
      { name: "p", hostIdentifier: "pc", unixTime: NOON / 1000, action: "added", columns: { path: "/bin/id" } },
      { shape: "osquery", host: "pc", time: NOON },
      [["columns.path", "/bin/id"]],
    ],
    [
      "Laurel",
      { ID: `${NOON / 1000}.000:77`, NODE: "pc", SYSCALL: { exe: "/bin/id" }, EXECVE: { argc: 2, ARGV: ["id", "-u"] } },
      { shape: "audit", recordId: 77, host: "pc", time: NOON },
      [
        ["SYSCALL.exe", "/bin/id"],
        ["EXECVE.a1", "-u"],
        ["EXECVE.a2", undefined],
      ],
    ],
    [
      "auoms",
      {
        SyslogMessage: `type=AUOMS_EXECVE audit(${NOON / 1000}.000:77): node=pc syscall=execve success=yes pid=4 user=root exe="/bin/bash" cwd="/" path_name=["/bin/bash"] cmdline="sh -c "a b=c"" redactors= containerid=`,
      },
      { shape: "audit", recordId: 77, host: "pc", time: NOON },
      [
        ["SYSCALL.exe", "/bin/bash"],
        ["PROCTITLE.proctitle", 'sh -c "a b=c"'],
        ["SYSCALL.b", undefined],
        ["SYSCALL.UID", "root"],
      ],
    ],
    [
      "whatran's own names",
      { kind: "processCreation", host: "pc", time: NOON, commandLine: "x", parent: { image: "y" } },
      { shape: "mapped", host: "pc", time: NOON },
      [["parent.image", "y"]],
    ],
  ];
  it.each(cases)("%s", (_, object, expected, fields) => {
    const record = only(object);
    expect(record).toMatchObject(expected);
    expect(fields.map(([name]) => record!.get(name))).toEqual(fields.map(([, value]) => value));
  });

  it("gives Laurel's arguments as a list, by auditd's name too", () => {
    const record = only({ ID: "1.0:1", EXECVE: { ARGV: ["id", "a b"] }, PATH: [{ name: "/x" }] })!;
    expect([record.list("EXECVE.args"), record.list("PATH")]).toEqual([["id", "a b"], ['{"name":"/x"}']]);
  });

  it("takes a snapshot of osquery apart into its rows", () => {
    const rows = recordsIn({
      name: "p",
      hostIdentifier: "pc",
      action: "snapshot",
      snapshot: [{ path: "/a" }, { path: "/b" }],
    });
    expect(rows.map((object) => recognise(object, AT)?.get("columns.path"))).toEqual(["/a", "/b"]);
  });

  it("recognises nothing in other objects, and never throws", () => {
    expect(only({ name: "package", version: "1.0.0" })).toBeUndefined();
    const value = fc.jsonValue({ maxDepth: 4 });
    const keys = [
      "Event",
      "System",
      "EventID",
      "EventData",
      "winlog",
      "_raw",
      "result",
      "preview",
      "columns",
      "SYSCALL",
      "ID",
      "event",
      "snapshot",
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), value), (object) => {
        for (const inner of recordsIn(object)) {
          const record = recognise(inner, AT);
          for (const name of record?.names() ?? []) record!.get(name);
        }
      }),
      { numRuns: 300 },
    );
  });
});
