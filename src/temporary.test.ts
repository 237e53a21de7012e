import { spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { removeTemporary, temporaryFolder } from "./temporary.ts";

it("removes a folder when asked", () => {
  const folder = temporaryFolder("whatran-test-");
  writeFileSync(join(folder, "a"), "a");
  removeTemporary(folder);
  expect(existsSync(folder)).toBe(false);
});

it("removes what a process leaves that is ended before it is done", () => {
  const module = join(import.meta.dirname, "temporary.ts");
  const script = `import { temporaryFolder } from ${JSON.stringify(module)};
    console.log(temporaryFolder("whatran-test-"));
    process.exit(130);`;
  const argv = ["--import", "tsx", "--input-type=module", "-e", script];
  const { status, stdout } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  expect(status).toBe(130);
  expect(stdout).toContain("whatran-test-");
  expect(existsSync(stdout.trim())).toBe(false);
});
