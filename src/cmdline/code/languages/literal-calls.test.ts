import { describe, expect, it } from "vitest";
import { readCode } from "../code.ts";

const runs = (language: string, code: string) =>
  readCode(language, code)
    .filter(({ role }) => role === "runs")
    .map(({ value }) => value);

describe("languages of which only calls are read", () => {
  it.each([
    ["scala", 'import sys.process._; "/opt/drop/run -x".!', ["/opt/drop/run -x"]],
    ["scala", 'Process("/opt/drop/run").run()', ["/opt/drop/run"]],
    ["scala", 'if (a != "b") println("c")', []],
    ["wolfram", 'Run["/opt/drop/run"]', ["/opt/drop/run"]],
    ["wolfram", 'Get["/srv/k.wl"]', ["/srv/k.wl"]],
    ["wolfram", 'Runs["/opt/drop/run"]', []],
    ["chef", 'execute "/opt/drop/run"', ["/opt/drop/run"]],
    ["chef", "execute 'k' do command '/opt/drop/run' end", ["/opt/drop/run"]],
    ["chef", "package 'vim'", []],
    ["scilab", "unix_w('/opt/drop/run')", ["/opt/drop/run"]],
  ])("%s: %s", (language, code, expected) => {
    expect(runs(language, code)).toEqual(expected);
  });
});
