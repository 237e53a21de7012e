import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { folder } from "../../../test/support/logs.ts";
import { firstBytes } from "./whole.ts";

const dir = folder();
afterAll(() => dir.remove());

/** What makes a pipe that has a name. */
const MAKER = "mkfifo";

const pipe = (name: string) => {
  const path = join(dir.path, name);
  spawnSync(MAKER, [path]);
  return path;
};

describe.skipIf(spawnSync("sh", ["-c", `command -v ${MAKER}`]).status !== 0)("a pipe among the files of a run", () => {
  it("that nobody writes into is told, and waited for no longer", () => {
    expect(() => firstBytes(pipe("silent"), 100)).toThrow("it is a pipe, and nobody writes into it");
  }, 20_000);

  it("is read to its end, however late and in how many parts it is written", () => {
    const path = pipe("late");
    spawn("sh", ["-c", 'sleep 0.1; { printf one; sleep 0.1; printf two; } >"$1"', "sh", path], { stdio: "ignore" });
    const { bytes, isCut } = firstBytes(path, 100);
    expect([bytes.toString(), isCut]).toEqual(["onetwo", false]);
  }, 20_000);
});
