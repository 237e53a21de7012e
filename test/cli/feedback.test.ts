import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readFeedback, VERDICTS } from "../../src/pipeline/labels/feedback.ts";
import { whatran } from "../support/io.ts";
import { folder, processStart, SCRIPTLET } from "../support/logs.ts";

const dir = folder();
afterAll(() => dir.remove());
const ID = "0b2f64a1c09de733";
const at = { cwd: dir.path, env: { USER: "a.lang" } };
const file = join(dir.path, "whatran-feedback.ndjson");

describe("feedback", () => {
  it("adds a line with label, time, author and note; the last one counts", async () => {
    const { code, out, err } = await whatran(["feedback", ID, "false", "--note", "the clinic's program"], at);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toContain(`${ID} is labelled false`);
    await whatran(["feedback", ID.toUpperCase(), "true"], at);
    const lines = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { schema: "whatran/feedback/1", id: ID, label: "false", author: "a.lang", note: "the clinic's program" },
      { id: ID, label: "true" },
    ]);
    expect(readFeedback(file)).toEqual({ labels: new Map([[ID, "true"]]), damaged: 0 });
  });

  it("does not append to a line that a crash has cut short", async () => {
    appendFileSync(file, '{"schema":"whatran/feedback/1","id":"0b2f');
    await whatran(["feedback", "ffffffffffffffff", "unsure"], at);
    const { labels, damaged } = readFeedback(file);
    expect([...labels]).toEqual([
      [ID, "true"],
      ["ffffffffffffffff", "unsure"],
    ]);
    expect(damaged).toBe(1);
  });

  it("writes where the setting says, and says where it cannot", async () => {
    const other = join(dir.path, "team.ndjson");
    await whatran(["feedback", ID, "true"], { ...at, env: { WHATRAN_FEEDBACK__FILE: other } });
    expect(existsSync(other)).toBe(true);
    const { code, err } = await whatran(["feedback", ID, "true", "--file", join(other, "labels")], at);
    expect(code).toBe(2);
    expect(err).toContain("cannot be written");
  });

  it.each([[["feedback", ID]], [["feedback", ID, "maybe"]], [["feedback", "0b2f", "true"]]])(
    "is refused as %j",
    async (argv) => {
      expect((await whatran(argv, at)).code).toBe(2);
    },
  );
});

describe("a file of labels that is none", () => {
  const log = dir.write("log.ndjson", `${processStart(SCRIPTLET)}\n`);
  const tuned = (labels: string) => whatran(["tune", log, "--feedback", labels], at);

  it.skipIf(!existsSync("/dev/zero"))("is read up to a limit, which is said (or skipped: no /dev/zero)", async () => {
    const { code, err } = await tuned("/dev/zero");
    expect([code, err]).toEqual([3, expect.stringContaining("only the first 64 MiB are read [feedback/limit]")]);
  });

  it("has its lines counted, with the place of the first", async () => {
    const label = JSON.stringify({ schema: "whatran/feedback/1", id: ID, label: "true" });
    const { code, err } = await tuned(dir.write("bad.ndjson", `${label}\n\nnot this\n{}\n`));
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/bad\.ndjson:3: no label, nor are 1 further lines? \[feedback\/bad-line\]/),
    ]);
  });

  it("is named where it is a folder", async () => {
    const { code, err } = await tuned(dir.path);
    expect([code, err]).toEqual([2, expect.stringContaining(`${dir.path} cannot be read: EISDIR`)]);
  });
});

it("reads any file without a fault, and only labels out of it", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.json())), (lines) => {
      const { labels } = readFeedback(dir.write("any", lines.join("\n")));
      for (const label of labels.values()) expect(VERDICTS).toContain(label);
    }),
    { numRuns: 50 },
  );
});
