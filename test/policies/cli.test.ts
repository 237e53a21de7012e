import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/policies/plan/plan.ts";
import { whatran } from "../support/io.ts";
import { decided, eachInItsFolder, MSHTA, NOTEPAD, RENAMED, SYSTEM32, start } from "./starts.ts";

const { write, log } = eachInItsFolder();

describe("harden", () => {
  const ordinary = () => {
    const lines = ["pc-1", "pc-2", "pc-3", "pc-4"].flatMap((host) => [
      start(NOTEPAD, host),
      start(
        {
          Image: `${SYSTEM32}\\rundll32.exe`,
          CommandLine: "rundll32.exe shell32.dll,Control_RunDLL desk.cpl",
          OriginalFileName: "RUNDLL32.EXE",
        },
        host,
        2,
      ),
    ]);
    return lines;
  };

  it("keeps the engine of scriptlets out of a program that stays, and that INF files reach it by", async () => {
    const used = ["pc-1", "pc-2", "pc-3", "pc-4"].map((host) =>
      start(
        {
          Image: `${SYSTEM32}\\cmstp.exe`,
          CommandLine: "cmstp.exe /s C:\\Windows\\vpn.inf",
          OriginalFileName: "CMSTP.EXE",
        },
        host,
      ),
    );
    const past = write("past.ndjson", `${[...ordinary(), ...used].join("\n")}\n`);
    const out = join(past, "..", "hardening");
    expect((await whatran(["harden", past, "--out", out, "--mode", "enforce", "-q"])).code).toBe(0);
    const plan = JSON.parse(readFileSync(join(out, "plan.json"), "utf8")) as Plan;
    const pair = plan.measures.find(({ id }) => id === "modules-windows_cmstp");
    expect(pair?.title).toBe("Keep scrobj.dll out of cmstp.exe");
    expect(pair?.rules.appcontrol).toHaveLength(1);
  });

  it("writes a plan and policies that its own simulation takes for one policy", async () => {
    const past = write("past.ndjson", `${ordinary().join("\n")}\n`);
    const out = join(past, "..", "hardening");
    const { code, err } = await whatran(["harden", past, "--out", out, "--mode", "enforce"]);
    expect(code).toBe(0);
    expect(err).toMatch(/\d+ measures from 8 starts on 4 hosts/);
    const names = readdirSync(out);
    expect(names).toEqual(
      expect.arrayContaining([
        "plan.md",
        "plan.html",
        "plan.json",
        "appcontrol.xml",
        "applocker.xml",
        "firewall.ps1",
        "associations.xml",
      ]),
    );
    const plan = JSON.parse(readFileSync(join(out, "plan.json"), "utf8")) as Plan;
    const denied = plan.measures.find(({ id }) => id === "deny-windows_mshta");
    expect(denied).toMatchObject({ mitigation: "M1042", mode: "enforce", cost: { times: 0 } });
    const markdown = readFileSync(join(out, "plan.md"), "utf8");
    for (const word of ["**Evidence**", "**Stops**", "**Cost**", "**Does not see**", "**Roll out**", "**Roll back**"])
      expect(markdown).toContain(word);

    const logs = log(start(MSHTA), start(RENAMED), start(NOTEPAD));
    const simulated = await whatran(["simulate", "-P", out, logs, "--format", "ndjson", "-q"]);
    const starts = decided(simulated.out);
    expect(starts.map(({ policy, decision }) => [policy, decision])).toEqual([
      ["hardening", "block"],
      ["hardening", "block"],
      ["hardening", "allow"],
    ]);
    expect(starts[1]?.rule).toMatch(/^appcontrol:/);
  });

  it("denies nothing that is used, and writes audit mode unless told otherwise", async () => {
    const used = ["pc-1", "pc-2", "pc-3"].map((host) =>
      start({ Image: `${SYSTEM32}\\msdt.exe`, CommandLine: "msdt.exe -id DeviceDiagnostic" }, host),
    );
    const past = write("past.ndjson", `${[...ordinary(), ...used].join("\n")}\n`);
    const out = join(past, "..", "h");
    expect((await whatran(["harden", past, "-o", out, "-q"])).code).toBe(0);
    expect(readFileSync(join(out, "appcontrol.xml"), "utf8")).toContain("Enabled:Audit Mode");
    expect(readFileSync(join(out, "appcontrol.xml"), "utf8")).not.toContain('FileName="msdt.exe"');
    expect(readFileSync(join(out, "applocker.xml"), "utf8")).not.toContain('EnforcementMode="Enabled"');
  });

  it("escapes what it was told for the plan’s languages", async () => {
    // The plan names it as what a rule for children of Outlook would have stopped.
    const evil = {
      Image: "C:\\Users\\ann\\<img src=x onerror=alert(1)>|[x](y).exe",
      ParentImage: "C:\\Office\\OUTLOOK.EXE",
    };
    const lines = Array.from({ length: 12 }, (_, i) => start(evil, `pc-${i}`));
    const past = write("past.ndjson", `${[...ordinary(), ...lines].join("\n")}\n`);
    const out = join(past, "..", "h");
    await whatran(["harden", past, "-o", out, "-q"]);
    for (const name of readdirSync(out).filter((one) => !/^plan\.(?:md|json)$/.test(one)))
      expect(readFileSync(join(out, name), "utf8")).not.toContain("<img");
    expect(readFileSync(join(out, "plan.md"), "utf8")).toContain("\\<img src=x onerror=alert(1)\\>\\|\\[x\\](y).exe");
    expect(readFileSync(join(out, "plan.html"), "utf8")).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });

  it.each([
    ["no history", [], "harden needs logs"],
    ["a mode that is not known", ["log.ndjson", "--mode", "hard"], "--mode must be"],
    ["a history without starts", ["empty.ndjson"], "no start of a program"],
  ])("refuses %s", async (_, words, message) => {
    const logs = log(start(NOTEPAD));
    write("empty.ndjson", `${JSON.stringify({ SourceName: "x", EventID: 1, "@timestamp": "2024-05-01T10:00:00Z" })}\n`);
    const { code, err } = await whatran(["harden", ...words, "-o", "out"], { cwd: join(logs, "..") });
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  it("does not write into a folder that is in use", async () => {
    const logs = log(...ordinary());
    const { code, err } = await whatran(["harden", logs, "-o", join(logs, "..")]);
    expect(code).toBe(2);
    expect(err).toContain("--clobber");
  });

  it("plans from a baseline, too", async () => {
    const past = write("past.ndjson", `${ordinary().join("\n")}\n`);
    const baseline = join(past, "..", "b");
    expect((await whatran(["learn", past, "--baseline", baseline, "-q"])).code).toBe(0);
    const out = join(past, "..", "h");
    expect((await whatran(["harden", "--baseline", baseline, "-o", out, "-q"])).code).toBe(0);
    expect(readFileSync(join(out, "appcontrol.xml"), "utf8")).toContain('FileName="mshta.exe"');
  });
});
