import { expect, it } from "vitest";
import { eventsIn } from "../../../../test/support/read-events.ts";

const inJson = (object: unknown) => eventsIn(JSON.stringify(object));
const pairs = (name: string, said: object) => Object.entries(said).map(([key, value]) => ({ [name]: key, value }));

const SAID = {
  processCmd: "mshta x.hta",
  processFilePath: "C:\\Windows\\System32\\mshta.exe",
  processPid: "77",
  parentCmd: "cmd /c mshta x.hta",
  endpointHostName: "pc7",
};

it("reads a process that stands as names and values in a list, at the time of the object around it", () => {
  for (const name of ["field", "key", "name"])
    expect(
      inJson({ id: "A-1", status: "open", createdDateTime: "2026-03-01T10:00:00Z", indicators: pairs(name, SAID) }),
    ).toMatchObject([
      {
        kind: "processCreation",
        commandLine: SAID.processCmd,
        image: SAID.processFilePath,
        parentCommandLine: SAID.parentCmd,
        process: { pid: 77 },
        host: "pc7",
        time: Date.UTC(2026, 2, 1, 10),
      },
    ]);
});

it("takes the first of several of a name, and no settings for a process", () => {
  const twice = [...pairs("field", SAID), { field: "processCmd", value: "other" }];
  expect(inJson({ list: twice })).toMatchObject([{ commandLine: SAID.processCmd }]);
  const env = { COMMAND: "/usr/bin/x --serve", PATH: "/usr/bin", HOME: "/root", HOSTNAME: "web" };
  expect(inJson({ kind: "Pod", spec: { containers: [{ name: "a", env: pairs("name", env) }] } })).toEqual([]);
  expect(inJson({ headers: pairs("name", { Host: "a", Cookie: "b", "X-Process": "c" }) })).toEqual([]);
});

it("takes the command line of what another started, whatever its file is called", () => {
  const started = { objectCmd: "certutil -decode a b", objectFilePath: "C:\\Windows\\System32\\certutil.exe" };
  expect(inJson({ list: pairs("field", { ...SAID, ...started }) })).toMatchObject([
    { commandLine: started.objectCmd, parentCommandLine: SAID.processCmd },
  ]);
});
