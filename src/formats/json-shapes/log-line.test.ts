import { expect, it } from "vitest";
import { eventsOf } from "../../../test/support/json-events.ts";
import { NOWHERE } from "./object-record.ts";
import { recognise } from "./shapes.ts";

it("a command of sudo, doas or cron in lines that collectors took apart", () => {
  const said = "kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/find / -exec id ;";
  const at = { host: "web1", time: Date.UTC(2024, 4, 2, 9, 14, 55) };
  const command = { kind: "commandExecution", user: "kim", text: "/usr/bin/find / -exec id ;", ...at };
  const time = "2024-05-02T09:14:55Z";
  for (const record of [
    { timestamp: time, source: "web1", application_name: "sudo", message: said },
    { timestamp: time, host: "192.0.2.1", hostname: "web1", appname: "sudo", message: said, procid: 9 },
    { date: at.time / 1000, host: "web1", ident: "sudo", pid: "9", message: said },
    {
      "@timestamp": time,
      event: { dataset: "system.auth" },
      process: { name: "sudo" },
      host: { name: "web1" },
      message: said,
    },
    { EventTime: time, Hostname: "web1", SourceName: "sudo", Message: said },
    { timestamp: time, rule: { id: "5402" }, full_log: `May  2 09:14:55 web1 sudo:   ${said}` },
  ])
    expect(eventsOf(record), JSON.stringify(record)).toMatchObject([command]);
  const of = (program: string, message: string) => eventsOf({ program, message, host: "web1", "@timestamp": time });
  expect(of("doas", "kim ran command id -u as root from /home/kim")).toMatchObject([{ text: "id -u", ...at }]);
  expect(of("CRON", "(root) CMD (a.sh)")).toMatchObject([{ text: "a.sh", user: "root", ...at }]);
  expect(recognise({ program: "x", message: said }, NOWHERE)).toBeUndefined();
});
