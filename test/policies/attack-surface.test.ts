import { afterAll, describe, expect, it } from "vitest";
import { harden } from "../../src/pipeline/harden.ts";
import { folder } from "../support/logs.ts";
import { start } from "./starts.ts";

const dir = folder();
afterAll(() => dir.remove());

const OFFICE = "d4f940ab-401b-4efc-aadc-ad5f3c50688a";
const WORD = "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE";
const HELPER = "C:\\Program Files\\Contoso\\helper.exe";

let files = 0;
async function planned(...children: readonly string[]) {
  const lines = children.flatMap((Image) => [1, 2, 3].map((at) => start({ Image, ParentImage: WORD }, `pc-${at}`)));
  const { plan, files: written } = await harden([dir.write(`${++files}.ndjson`, `${lines.join("\n")}\n`)]);
  const text = (name: string) => written.find((file) => file.name === name)?.text ?? "";
  return { measure: plan.measures.find(({ id }) => id === "attack-surface"), text };
}

describe("a rule of attack surface reduction that the history contradicts", () => {
  it("keeps an exclusion of its own for an installed program, file by file", async () => {
    const { measure, text } = await planned(HELPER, HELPER);
    expect(measure?.rules.asr).toContain(OFFICE);
    expect(measure?.evidence.join("\n")).toContain(`${HELPER}, started so 6 times on 3 hosts`);
    expect(text("asr.reg")).toContain(`"${OFFICE}"="C:\\\\Program Files\\\\Contoso\\\\helper.exe"`);
    expect(text("asr.reg")).not.toContain("ASROnlyExclusions]");
    expect(text("asr.ps1")).toContain(
      `-AttackSurfaceReductionRules_RuleSpecificExclusions_Id '${OFFICE}' -AttackSurfaceReductionRules_RuleSpecificExclusions '${HELPER}'`,
    );
    expect(text("asr.intune.json")).toContain(`${OFFICE}=2`);
  });

  it.each([
    ["a program that runs what it is given", "C:\\Windows\\System32\\cmd.exe"],
    ["a program where users write", "C:\\Users\\ann\\AppData\\Local\\helper.exe"],
    ["a program where users write below Windows", "C:\\Windows\\Temp\\helper.exe"],
    ["a program elsewhere on the drive", "C:\\Tools\\helper.exe"],
    ["a program of a share", "\\\\files\\tools\\helper.exe"],
  ])("is left out for %s", async (_, path) => {
    const { measure, text } = await planned(HELPER, path);
    expect(measure?.rules.asr).not.toContain(OFFICE);
    expect(measure?.leftOut.join("\n")).toContain("would have stopped");
    expect(text("asr.reg")).not.toContain(OFFICE);
  });

  it("is left out where too many programs would have to be excluded", async () => {
    const many = Array.from({ length: 9 }, (_, at) => `C:\\Program Files\\Contoso\\helper${at}.exe`);
    expect((await planned(...many)).measure?.rules.asr).not.toContain(OFFICE);
    expect((await planned(...many.slice(1))).measure?.rules.asr).toContain(OFFICE);
  });
});
