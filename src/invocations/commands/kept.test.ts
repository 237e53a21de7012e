import { expect, it } from "vitest";
import { builtinCatalog } from "../../catalog/load.ts";
import type { Platform } from "../../model/event.ts";
import { resolve } from "../resolve.ts";

const ran = (platform: Platform, commandLine: string) =>
  resolve({ commandLine, platform, as: "typed" }, builtinCatalog())
    .invocations.flatMap(({ behaviours }) => behaviours)
    .filter(({ id }) => id.endsWith("/kept-code"))
    .flatMap(({ runs }) => runs.map(({ value }) => value));

it.each([
  ["git show HEAD:job | sh", "repository (git show HEAD:job)"],
  ["sudo -u app psql -At -c 'select job from a' | bash", 'database (psql -At -c "select job from a")'],
  ["journalctl -o cat -n 1 | tail -n 1 | tr -d '#' | sh", "journal (journalctl -o cat -n 1)"],
  ["redis-cli get a | awk '{print $2}' | sh", "database (redis-cli get a)"],
  ["redis-cli get a | xargs -I{} sh -c {}", "database (redis-cli get a)"],
  ['sh -c "$(git config job.run)"', "repository (git config job.run)"],
])("says where the code is kept that a shell is handed: %s", (line, place) => {
  expect(ran("linux", line)).toContain(place);
});

it.each([
  "redis-cli get a | awk '{print \"echo \" $2}' | sh",
  "git log --format=%an | sed 's/.*/echo hello &/' | sh",
  "redis-cli get a | wc -c",
  "git config --list | sh",
])("does not take what the line itself makes of it for that: %s", (line) => {
  expect(ran("linux", line)).toEqual([]);
});

it("reads a loop over a value of the registry, whichever of its tokens is carried out", () => {
  const line = "for /f \"tokens=1,2,*\" %a in ('reg query HKCU\\Software\\Vend /v run') do @%c";
  expect(ran("windows", line)).toEqual(["registry (reg.exe query hkcu\\software\\vend /v run)"]);
});
