import fc from "fast-check";
import { expect, it } from "vitest";
import { understood } from "../../../test/support/understood.ts";
import { readTask } from "./task-xml.ts";

const XML = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2"><Triggers><LogonTrigger><Enabled>true</Enabled></LogonTrigger><TimeTrigger/></Triggers>
<Actions Context="Author">
  <Exec><Command>C:\\Program Files\\x y.exe</Command><Arguments>/a &quot;b &amp; c&quot;</Arguments></Exec>
  <Exec id="2"><Command>"C:\\q.exe"</Command></Exec>
  <ComHandler><ClassId>{0}</ClassId></ComHandler>
  <Exec><Arguments>only</Arguments></Exec>
</Actions></Task>`;

it("reads every action that runs a program, and the triggers", () => {
  expect(readTask(XML)).toEqual({
    commandLines: ['"C:\\Program Files\\x y.exe" /a "b & c"', '"C:\\q.exe"'],
    trigger: "LogonTrigger, TimeTrigger",
    handler: "{0}",
    hidden: false,
  });
});

it("tells a task that is turned off from one of whose triggers one is", () => {
  const task = (trigger: boolean, settings: string) =>
    readTask(
      `<Triggers><TimeTrigger><Enabled>${trigger}</Enabled></TimeTrigger></Triggers><Settings>${settings}</Settings>`,
    );
  expect(task(false, "<Hidden>false</Hidden><Enabled>true</Enabled>").trigger).toBe("TimeTrigger");
  expect(task(false, "<Hidden>false</Hidden>").trigger).toBe("TimeTrigger");
  expect(task(true, "<Hidden>true</Hidden><Enabled>false</Enabled>").trigger).toBe("turned off");
});

it("reads arguments of the same action only, and bears any text", () => {
  expect(readTask("<Exec><Command>a</Command></Exec><Arguments>b</Arguments>").commandLines).toEqual(["a"]);
  expect(readTask("<Exec><Command>a").commandLines).toEqual([]);
  const pieces = fc.constantFrom(
    "<Exec>",
    "</Exec>",
    "<Command>",
    "</Command>",
    "<Triggers>",
    "</Triggers>",
    "x",
    "&lt;",
  );
  fc.assert(
    fc.property(fc.array(pieces), (parts) => {
      expect(readTask(parts.join("")).commandLines.length).toBeLessThanOrEqual(32);
    }),
  );
});

it("4698 and 4702: one scheduled task an action", () => {
  for (const [eventId, field] of [
    [4698, "TaskContent"],
    [4702, "TaskContentNew"],
  ] as const) {
    const events = understood("Microsoft-Windows-Security-Auditing", eventId, { TaskName: "\\t", [field]: XML });
    expect(events.map((event) => event.kind === "scheduledTask" && event.commandLine)).toEqual(
      readTask(XML).commandLines,
    );
    expect(events[0]).toMatchObject({ name: "\\t", trigger: "LogonTrigger, TimeTrigger", dialect: "commandLine" });
  }
  expect(understood("Microsoft-Windows-Security-Auditing", 4698, { TaskName: "\\t", TaskContent: "" })).toEqual([]);
});

it("4698: a definition that its forwarder handed on escaped", () => {
  const escaped = XML.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const events = understood("Microsoft-Windows-Security-Auditing", 4698, { TaskName: "\\t", TaskContent: escaped });
  expect(events.map((event) => event.kind === "scheduledTask" && event.commandLine)).toEqual(
    readTask(XML).commandLines,
  );
});

it("106: a task by name; 129 and 200: the program it started", () => {
  const scheduler = "Microsoft-Windows-TaskScheduler";
  expect(understood(scheduler, 106, { TaskName: "\\t", UserContext: "LAB\\eve" })[0]).toMatchObject({
    kind: "scheduledTask",
    name: "\\t",
    user: "LAB\\eve",
    commandLine: undefined,
  });
  expect(understood(scheduler, 129, { TaskName: "\\t", Path: "rundll32.exe", ProcessID: "12" })[0]).toMatchObject({
    text: "rundll32.exe",
    origin: "task",
    process: { pid: 12 },
  });
  expect(understood(scheduler, 200, { TaskName: "\\t", ActionName: "a.exe" })[0]).toMatchObject({ text: "a.exe" });
  expect(understood(scheduler, 200, { TaskName: "\\t" })).toEqual([]);
});
