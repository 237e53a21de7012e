import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "./explain.ts";

const catalog = builtinCatalog();

const answer = (commandLine: string) => explain({ commandLine, platform: "linux" }, catalog).explanation;

describe("what a program is told while it runs", () => {
  it.each([
    ["psql -d shop", "psql", "~/.psql_history"],
    ["python3", "python", "~/.python_history"],
    ["sudo vim /etc/hosts", "vim", "~/.viminfo"],
    ["ftp -n files.example.org", "ftp", undefined],
    ["crontab -e", "crontab", undefined],
    ["git log", "git", "~/.lesshst"],
  ])("is looked for elsewhere: %s", (line, name, kept) => {
    const { invocations, verdict } = answer(line);
    expect(invocations.findLast(({ awaited }) => awaited)?.awaited).toEqual({
      from: "standardInput",
      ...(kept !== undefined && { kept }),
    });
    expect(verdict.text).toContain(`What ${name} is told at its prompt or on its standard input is not in the line`);
    if (kept !== undefined) expect(verdict.text).toContain(kept);
  });

  it.each([
    "psql -c 'select 1'",
    "python3 build.py",
    "echo 'print(1)' | python3",
    "python3 --version",
    "node -h",
    "crontab -l",
    "git --no-pager log",
    "man -k printf --help",
    "bash deploy.sh",
  ])("is nothing where the line says all: %s", (line) => {
    const { invocations, verdict } = answer(line);
    expect(invocations.filter(({ awaited }) => awaited)).toEqual([]);
    expect(verdict.text).not.toContain("is told");
  });
});
