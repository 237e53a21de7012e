import { expect, it } from "vitest";
import { builtinCatalog } from "../../catalog/load.ts";
import { resolve } from "../resolve.ts";

/** What the shell of a line is said to run, and to write. */
function told(commandLine: string): { runs: string[]; writes: string[] } {
  const [shell] = resolve({ commandLine, platform: "linux", as: "typed" }, builtinCatalog()).invocations;
  const all = shell?.behaviours ?? [];
  const values = (role: "runs" | "writes") => all.flatMap((one) => one[role].map(({ value }) => value));
  return { runs: values("runs"), writes: values("writes") };
}

it("takes a test and a bare exec for no program", () => {
  expect(told("bash -c '[[ -f /srv/kit.conf ]] && id'").runs).toEqual(["id"]);
  expect(told("bash -c 'exec 2>/srv/kit.log; id'").runs).toEqual(["id"]);
  expect(told("bash -c 'exec 3<>/dev/tcp/192.0.2.7/80; cat <&3'").runs).toEqual(["cat"]);
  expect(told("bash -c 'exec /opt/kit/run -q'").runs).toEqual(["/opt/kit/run -q"]);
  expect(told("bash -c 'exec -a kit /opt/kit/run'").runs).toEqual(["/opt/kit/run"]);
});

it("takes a command to which output goes for no file", () => {
  expect(told("bash -c 'exec > >(tee -a /var/log/kit.log | logger -t kit) 2>&1; id'")).toEqual({
    runs: ["tee -a /var/log/kit.log", "logger -t kit", "id"],
    writes: [],
  });
  expect(told("bash -c 'id > >(cat) 2>/srv/kit.log'").writes).toEqual(["/srv/kit.log"]);
  expect(told("bash -c \"id > '>(cat)'\"").writes).toEqual([">(cat)"]);
});
