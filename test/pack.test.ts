import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeFile } from "../src/cli/compiled.ts";
import { VERSION } from "../src/version.ts";
import { folder, processStart, SCRIPTLET } from "./support/logs.ts";

const ROOT = join(import.meta.dirname, "..");
const run = promisify(execFile);
const dir = folder();

interface Ran {
  readonly code: number;
  readonly stdout: string;
}

/** Runs a program in the test's folder, with nothing of the work tree in its environment. */
async function program(file: string, ...args: string[]): Promise<Ran> {
  const env = { PATH: process.env.PATH ?? "", HOME: dir.path };
  try {
    return { code: 0, stdout: (await run(file, args, { cwd: dir.path, env })).stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, stdout };
  }
}

beforeAll(() => {
  for (const script of ["build", "bundle"])
    execFileSync(process.execPath, ["--import", "tsx", join(ROOT, "scripts", `${script}.ts`)], { cwd: ROOT });
  dir.write("log.ndjson", `${processStart(SCRIPTLET)}\n`);
}, 180_000);
afterAll(() => dir.remove());

describe("the package", () => {
  it("brings types that need no file which it does not bring", () => {
    const types = readdirSync(join(ROOT, "dist", "types"), { recursive: true, encoding: "utf8" });
    const needing = types.filter(
      (name) =>
        name.endsWith(".d.ts") && /from "[^"]+\.json"/.test(readFileSync(join(ROOT, "dist", "types", name), "utf8")),
    );
    expect([types.length > 10, needing]).toEqual([true, []]);
  });

  it("installs into an empty folder without a network, and runs", async () => {
    const packed = await run("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", dir.path], {
      cwd: ROOT,
    });
    const [{ filename, files }] = JSON.parse(packed.stdout);
    const names: string[] = files.map((file: { path: string }) => file.path);
    expect(names).toEqual(
      expect.arrayContaining(["dist/cli.js", "dist/index.mjs", "dist/catalog.json", "LICENSE", "NOTICE", "README.md"]),
    );
    expect(names.filter((name) => /^(src|test|scripts)\//.test(name))).toEqual([]);
    writeFileSync(join(dir.path, "package.json"), "{}");
    await run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(dir.path, filename)], { cwd: dir.path });
    expect(readdirSync(join(dir.path, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["whatran"]);
    const bin = join(dir.path, "node_modules", ".bin", "whatran");
    expect((await program(bin, "--version")).stdout).toBe(`${VERSION}\n`);
    expect(JSON.parse((await program(bin, "explain", SCRIPTLET)).stdout).verdict.level).toMatch(/high|critical/);
    expect((await program(bin, "scan", "log.ndjson", "-o", "report.html", "--fail-level", "low")).code).toBe(1);
    expect(readFileSync(join(dir.path, "report.html"), "utf8")).toMatch(/^<!doctype html>/);
    const alone = await program(bin, "scan", "log.ndjson", "--threads", "1");
    expect(alone.stdout).toContain("whatran/finding/1");
    expect(await program(bin, "scan", "log.ndjson", "--threads", "2")).toEqual(alone);
  }, 60_000);
});

describe("the single file", () => {
  it("runs alone, with catalogue and report inside", async () => {
    const alone = folder();
    const file = join(alone.path, "whatran.mjs");
    copyFileSync(join(ROOT, "dist/whatran.mjs"), file);
    expect((await program(process.execPath, file, "catalog", "list")).stdout).toContain("windows/regsvr32");
    await program(process.execPath, file, "scan", "log.ndjson", "-o", join(alone.path, "r.html"));
    expect(existsSync(join(alone.path, "r.html"))).toBe(true);
    alone.remove();
  });
});

describe("the compiled code", () => {
  const cli = join(ROOT, "dist/cli.js");
  const runs = {
    explain: [["explain", SCRIPTLET]],
    scan: [
      ["scan", "log.ndjson"],
      ["scan", "log.ndjson", "--threads", "2"],
    ],
  };

  // Asked in a process of its own, under the flags that src/cli/main.ts sets: a test that scans beside this one may set others for all.
  const TAKEN = `
    import { readFileSync } from "node:fs";
    import module from "node:module";
    import { setFlagsFromString } from "node:v8";
    const { codeFile, compile } = await import("./src/cli/compiled.ts");
    const { NODE_20 } = await import("./src/cli/node20.ts");
    const [name, program] = process.argv.slice(1);
    if (name === "scan" && !("enableCompileCache" in module)) for (const flag of NODE_20) setFlagsFromString(flag);
    process.stdout.write(String(compile(program, readFileSync(codeFile(program))).cachedDataRejected));
  `;
  const isTaken = async (name: string) => {
    const words = ["--import", "tsx", "--input-type=module", "-e", TAKEN, name, join(ROOT, "dist", `${name}.cjs`)];
    return (await run(process.execPath, words, { cwd: ROOT })).stdout === "false";
  };

  it.each(Object.entries(runs))(
    "of %s is taken by the Node that built it, and changes no answer when it is gone or broken",
    async (name, commands) => {
      const answers = () => Promise.all(commands.map((words) => program(process.execPath, cli, ...words)));
      const file = codeFile(join(ROOT, "dist", `${name}.cjs`));
      const code = readFileSync(file);
      expect(await isTaken(name)).toBe(true);
      const answer = await answers();
      try {
        rmSync(file);
        expect(await answers()).toEqual(answer);
        writeFileSync(file, code.subarray(0, 1000));
        expect(await isTaken(name)).toBe(false);
        expect(await answers()).toEqual(answer);
      } finally {
        writeFileSync(file, code);
      }
    },
  );
});

describe("the process", () => {
  const cli = join(ROOT, "dist/cli.js");
  const ended = (child: ChildProcess) =>
    new Promise<number | null>((resolve) => {
      child.on("exit", (code) => resolve(code));
    });

  it("ends quietly when its reader has had enough", async () => {
    const many = Array.from({ length: 20_000 }, () => SCRIPTLET).join("\n");
    dir.write("many.txt", many);
    const script = `"${process.execPath}" "${cli}" explain --stdin < many.txt 2> err.txt | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout } = await program("bash", "-c", script);
    expect(stdout.trim().split("\n").at(-1)).toBe("0");
    expect(readFileSync(join(dir.path, "err.txt"), "utf8")).toBe("");
  });

  it("ends cleanly on the first interrupt", async () => {
    const child = spawn(process.execPath, [cli, "explain", "--stdin"], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.write(`${SCRIPTLET}\n`);
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGINT");
    expect(await ended(child)).toBe(130);
  });
});

describe("the examples of the library", () => {
  const examples = join(ROOT, "examples/library");

  it("name what a command line runs", async () => {
    const line = "cmd /c start /b rundll32 C:\\Users\\Public\\pear.dll,Start";
    const { stdout } = await program(process.execPath, join(examples, "explain.mjs"), line);
    expect(stdout).toMatch(/^(medium|high|critical) \d+ {2}".+pear\.dll/);
    expect(stdout).toContain('  rundll32.exe: library (local) "C:\\\\Users\\\\Public\\\\pear.dll" → Start\n');
  });

  it("find in events of an own source, across a restart of the detector", async () => {
    const { stdout } = await program(process.execPath, join(examples, "own-events.mjs"));
    expect(stdout).toMatch(/^critical \d+ {2}"regsvr32\.exe .+pear\.dll"\n/);
    expect(stdout).toContain("was written 20 s earlier by winword.exe");
    expect(stdout).toContain("was loaded, and it is not validly signed");
  });

  it("are all run here", () => {
    expect(readdirSync(examples).sort()).toEqual(["explain.mjs", "own-events.mjs"]);
  });
});
