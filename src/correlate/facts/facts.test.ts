import { describe, expect, it } from "vitest";
import { anEvent, aStart } from "../../../test/support/events.ts";
import { findingsOf } from "../../../test/support/findings.ts";
import type { Event } from "../../model/event.ts";

const S32 = "C:\\Windows\\System32\\";

function evidence(events: readonly Event[], image = "regsvr32.exe") {
  const findings = findingsOf(events, { minLevel: "informational" });
  return findings.find(({ binary }) => binary.name === image)?.evidence ?? [];
}
const ids = (events: readonly Event[], image?: string) => evidence(events, image).map(({ id }) => id);
const pointsOf = (events: readonly Event[], id: string, image?: string) =>
  evidence(events, image).find((one) => one.id === id)?.points;

const dll = "C:\\ProgramData\\a.dll";
const start = () => aStart(10, "A", `${S32}regsvr32.exe`, `regsvr32 /s ${dll}`);
const process = { key: "id:A", image: `${S32}regsvr32.exe` };
const other = { key: "id:W", image: "C:\\Office\\winword.exe" };

describe("confirmations of ordinary use", () => {
  const line = "wuauclt.exe /UpdateDeploymentProvider UpdateDeploymentProvider.dll /ClassId 1 /RunHandlerComServer";
  const update = () => aStart(10, "U", `${S32}wuauclt.exe`, line);
  const load = (module: string, signed: boolean) =>
    anEvent("moduleLoad", 11, {
      process: { key: "id:U", image: `${S32}wuauclt.exe` },
      module,
      signature: { signed, status: signed ? "Valid" : "Unavailable" },
    });

  it("weigh nothing where the catalogue describes the use and the library is the system's own", () => {
    const own = `${S32}UpdateDeploymentProvider.dll`;
    expect(pointsOf([update(), load(own, true)], "payload-loaded-signed", "wuauclt.exe")).toBe(0);
    expect(pointsOf([update(), load(own, false)], "payload-loaded-unsigned", "wuauclt.exe")).toBe(0);
  });
  it("speak against a finding where the payload's signature is valid, and name the signer", () => {
    const signed = { signature: { signed: true, signer: "Orchard GmbH", status: "Valid" } };
    const loaded = anEvent("moduleLoad", 11, {
      process: { key: "id:A", image: `${S32}rundll32.exe` },
      module: dll,
      ...signed,
    });
    expect(pointsOf([start(), loaded], "payload-loaded-signed")).toBeLessThan(0);
  });
  it("count where the library of that name lies elsewhere", () => {
    const odd = "C:\\Users\\a\\UpdateDeploymentProvider.dll";
    expect(pointsOf([update(), load(odd, false)], "payload-loaded-unsigned", "wuauclt.exe")).toBeGreaterThan(10);
  });
});

describe("files", () => {
  const drop = (at: number, values: Record<string, unknown> = {}) =>
    anEvent("fileCreation", at, { path: dll, action: "create", process: other, ...values });

  it("written shortly before weigh the more, the less time lies between", () => {
    const near = pointsOf([drop(5), start()], "payload-dropped") ?? 0;
    const far = pointsOf([drop(-1800), start()], "payload-dropped") ?? 0;
    expect(near).toBeGreaterThan(far);
    expect(far).toBeGreaterThan(0);
  });
  it("marked as coming from the web say from where", () => {
    const mark = anEvent("fileCreation", 6, {
      path: `${dll}:Zone.Identifier`,
      action: "stream",
      contents: "[ZoneTransfer] ZoneId=3 HostUrl=https://files.example.net/a.dll",
      process: other,
    });
    const found = evidence([drop(5), mark, start()]);
    expect(found.find(({ id }) => id === "payload-from-web")?.text).toContain("https://files.example.net/a.dll");
    expect(found.find(({ id }) => id === "payload-dropped")?.text).toContain("winword.exe");
    const local = anEvent("fileCreation", 6, {
      path: `${dll}:Zone.Identifier`,
      action: "stream",
      contents: "[ZoneTransfer] ZoneId=1",
      process: other,
    });
    expect(ids([drop(5), local, start()])).not.toContain("payload-from-web");
  });
  it("are found in the folder in which the program works", () => {
    const at = (cwd: string) =>
      aStart(10, "A", `${S32}regsvr32.exe`, "regsvr32 /s a.dll", "P", { currentDirectory: cwd });
    expect(ids([drop(5), at("C:\\ProgramData\\")])).toContain("payload-dropped");
    expect(ids([drop(5), at("C:\\ProgramData\\Vendor\\")])).not.toContain("payload-dropped");
  });
  it.each([
    ["python3 /tmp/w/k.py", "/srv", true],
    ["python3 k.py", "/tmp/w", true],
    ["python3 ./k.py", "/tmp/w/", true],
    ["python3 k.py", "/srv", false],
  ])("are those of Linux, too: %s in %s", (line, cwd, isFound) => {
    const written = drop(5, {
      path: "/tmp/w/k.py",
      platform: "linux",
      process: { key: "id:C", image: "/usr/bin/curl" },
    });
    const run = aStart(10, "Y", "/usr/bin/python3", line, "P", { platform: "linux", currentDirectory: cwd });
    expect((pointsOf([written, run], "payload-dropped", "python") ?? 0) > 0).toBe(isFound);
  });
  it("weigh nothing where people of Linux work", () => {
    const path = "/home/ann/app/k.py";
    const written = drop(5, { path, platform: "linux", process: { key: "id:C", image: "/usr/bin/vim" } });
    const run = aStart(10, "Y", "/usr/bin/python3", `python3 ${path}`, "P", { platform: "linux" });
    expect(pointsOf([written, run], "payload-dropped", "python") ?? 0).toBe(0);
  });
  it("that an installer puts where software belongs weigh nothing", () => {
    const installed = "C:\\Program Files\\Vendor\\v.dll";
    const setup = drop(5, { path: installed, process: { key: "id:M", image: `${S32}msiexec.exe` } });
    const register = aStart(10, "A", `${S32}regsvr32.exe`, `regsvr32 /s "${installed}"`);
    expect(pointsOf([setup, register], "payload-dropped")).toBe(0);
  });
});

describe("libraries besides the payload", () => {
  const load = (module: string, signed = false) =>
    anEvent("moduleLoad", 12, { process, module, signature: { signed, status: signed ? "Valid" : "Unavailable" } });
  it("count where they were just written, lie where users write, or have another kind's name", () => {
    const path = "C:\\Users\\a\\AppData\\Local\\Temp\\b.dll";
    const written = anEvent("fileCreation", 11, { path, action: "create", process });
    expect(ids([start(), written, load(path)])).toContain("dropped-then-loaded");
    expect(ids([start(), load(path)])).toContain("writable-module");
    expect(ids([start(), load("C:\\Users\\a\\picture.jpg")])).toContain("type-mismatch");
  });
  it("do not where they are signed or installed", () => {
    const facts = ids([start(), load("C:\\Users\\a\\b.dll", true), load("C:\\Program Files\\V\\b.dll")]);
    expect(facts).not.toContain("writable-module");
  });
});

describe("the registry", () => {
  const write = (path: string, value: string, at = 0) =>
    anEvent("registryKeyModification", at, { path, value, action: "setValue", process: other });
  const clsid = "{01234567-89AB-4DEF-8123-456789ABCDEF}";
  const run = () => aStart(10, "R", `${S32}rundll32.exe`, `rundll32 -sta ${clsid}`);
  it("written so that a class runs, before the class is called", () => {
    const path = `HKU\\S-1-5-21\\Software\\Classes\\CLSID\\${clsid}\\InprocServer32\\(Default)`;
    expect(ids([write(path, dll), run()], "rundll32.exe")).toContain("registry-prepared");
    expect(ids([write(path, dll, -8000), run()], "rundll32.exe")).not.toContain("registry-prepared");
  });
  it("is silent about other classes", () => {
    const path = "HKCU\\Software\\Classes\\CLSID\\{ffffffff-89ab-4def-8123-456789abcdef}\\InprocServer32\\(Default)";
    expect(ids([write(path, "C:\\x.dll"), run()], "rundll32.exe")).not.toContain("registry-prepared");
  });
  it.each([
    "HKU\\S-1-5-21-1-2-3-1001_Classes\\ms-settings\\shell\\open\\command\\(Default)",
    "HKCU\\Software\\Classes\\ms-settings\\Shell\\Open\\command\\(Default)",
  ])("written to the key that a program obeys: %s", (path) => {
    const settings = aStart(10, "F", `${S32}fodhelper.exe`, "fodhelper.exe");
    expect(ids([write(path, "C:\\x\\go.exe"), settings], "fodhelper.exe")).toContain("registry-prepared");
    const other = path.replace("ms-settings", "folder");
    expect(ids([write(other, "C:\\x\\go.exe"), settings], "fodhelper.exe")).not.toContain("registry-prepared");
  });
  it("is silent about who writes one value to several keys", () => {
    const value = "C:\\Users\\Public\\a.exe";
    const key = (name: string) => `HKCU\\Software\\Classes\\${name}\\shell\\open\\command`;
    const add = (at: number, letter: string, name: string) =>
      aStart(at, letter, `${S32}reg.exe`, `reg add ${key(name)} /ve /d ${value} /f`);
    const by = (image: string) => ({ key: "id:1", image });
    const written = (image: string) =>
      anEvent("registryKeyModification", 1, { path: key("Folder"), value, action: "setValue", process: by(image) });
    expect(ids([written(`${S32}reg.exe`), add(20, "B", "ms-settings")], "reg.exe")).not.toContain("registry-prepared");
    expect(ids([written("C:\\x\\y.exe"), add(20, "B", "ms-settings")], "reg.exe")).toContain("registry-prepared");
  });
});

describe("what the process does next", () => {
  const out = anEvent("networkConnection", 12, { process, initiated: true, destinationIp: "203.0.113.9" });
  const child = (at: number) => aStart(at, "C", `${S32}cmd.exe`, "cmd.exe", "A");
  it("starts a child once it has been outside", () => {
    expect(ids([start(), out, child(15)])).toContain("external-then-child");
    expect(ids([start(), child(11), out])).not.toContain("external-then-child");
  });
  it("leaves at once while its child lives", () => {
    const end = (at: number) => anEvent("processTermination", at, { process });
    expect(ids([start(), child(10.5), end(11)])).toContain("left-at-once");
    expect(ids([start(), child(10.5), end(20)])).not.toContain("left-at-once");
    expect(ids([start(), end(11)])).not.toContain("left-at-once");
  });
  it("starts a thread in another process, not in itself", () => {
    const thread = (target: object) => anEvent("osApiExecution", 13, { process, api: "createRemoteThread", target });
    expect(ids([start(), thread({ key: "id:N", image: `${S32}notepad.exe` })])).toContain("remote-thread");
    expect(ids([start(), thread(process)])).not.toContain("remote-thread");
  });
  it("is connected to from outside", () => {
    const inbound = anEvent("networkConnection", 12, { process, initiated: false, sourceIp: "203.0.113.9" });
    expect(ids([start(), inbound])).toContain("inbound-connection");
  });
});
