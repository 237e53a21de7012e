import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCatalog } from "../../src/catalog/load.ts";
import analytics from "../../src/pipeline/coverage/analytics.json" with { type: "json" };
import { settingsFor } from "../../src/pipeline/coverage/settings.ts";
import type { Component, Setting } from "../../src/pipeline/coverage/types.ts";
import { Evidence } from "../../src/policies/plan/evidence.ts";
import { makePlan } from "../../src/policies/plan/plan.ts";
import { readPolicy, targetOf } from "../../src/policies/registry.ts";
import { appcontrol } from "./samples/appcontrol.ts";
import { applocker } from "./samples/applocker.ts";
import { associations } from "./samples/associations.ts";
import { exploitprotection } from "./samples/exploitprotection.ts";
import type { Samples } from "./samples/sample.ts";
import { sysmon } from "./samples/sysmon.ts";
import { isThere } from "./validators.ts";

const COMPONENTS = Object.keys(analytics.components) as Component[];
const SYSMON_FOR_LINUX: ReadonlySet<string> = new Set(["Linux-Sysmon"]);

const XMLLINT = "xmllint";
const ALL: readonly Samples[] = [appcontrol, applocker, associations, exploitprotection, sysmon];

/** What xmllint says of each text by a schema: undefined where it takes it. One run for all, as a start costs more than a check. */
function complaints(schema: string, texts: readonly string[]): readonly (string | undefined)[] {
  const folder = mkdtempSync(join(tmpdir(), "whatran-schema-"));
  try {
    const files = texts.map((text, at) => {
      const file = join(folder, `${at}.xml`);
      writeFileSync(file, text);
      return file;
    });
    const args = ["--noout", "--nonet", "--schema", join(import.meta.dirname, "schemas", schema), ...files];
    const { stderr } = spawnSync(XMLLINT, args, { encoding: "utf8", timeout: 60_000, maxBuffer: 1 << 26 });
    return files.map((file) => {
      const lines = stderr.split("\n").filter((line) => line.startsWith(file));
      return lines.some((line) => line === `${file} validates`) ? undefined : lines.join("\n").slice(0, 2000);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const changed = (text: string, from: string, to: string) => text.replaceAll(from, () => to);

describe.skipIf(!isThere(XMLLINT))("schemas (or skipped: xmllint is not installed)", () => {
  it.each(ALL.map((samples) => [samples.target, samples] as const))("of %s take and refuse", (_, samples) => {
    const [first = ""] = samples.good;
    expect(samples.bad.length).toBeGreaterThanOrEqual(20);
    expect(complaints(samples.schema, samples.good)).toEqual(samples.good.map(() => undefined));
    for (const [title, from] of samples.bad) expect(first, title).toContain(from);
    const said = complaints(
      samples.schema,
      samples.bad.map(([, from, to]) => changed(first, from, to)),
    );
    expect(
      samples.bad.filter((__, at) => !said[at]?.includes("Schemas validity error")).map(([title]) => title),
    ).toEqual([]);
  });

  it.each(ALL.map((samples) => [samples.target, samples] as const))("take %s as it is written", async (id, samples) => {
    const { files } = await makePlan(await loadCatalog(), past(), "enforce");
    const own = targetOf(id);
    const written = files.filter(({ name, text }) => name.endsWith(".xml") && own.sniff(text.slice(0, 8192), name) > 0);
    expect(written.length).toBe(1);
    // What was read is written and taken again.
    const again = written.flatMap(({ name, text }) => own.write(readPolicy(text, name)));
    expect(
      complaints(
        samples.schema,
        [...written, ...again].map(({ text }) => text),
      ),
    ).toEqual([undefined, undefined]);
  });

  it("take the rules that coverage advises", () => {
    const advised = (["windows", "linux"] as const)
      .flatMap((platform) => COMPONENTS.map((one) => settingsFor(platform, one, ["a.exe"], false, SYSMON_FOR_LINUX)))
      .flat()
      .filter(({ where }) => where.startsWith("Sysmon"));
    const whole = ({ text }: Setting) =>
      `<Sysmon schemaversion="4.90"><EventFiltering>${text}</EventFiltering></Sysmon>`;
    expect(advised.length).toBeGreaterThan(10);
    expect(complaints("sysmon.xsd", advised.map(whole))).toEqual(advised.map(() => undefined));
  });

  it.each(ALL.map((samples) => [samples.target, samples] as const))(
    "take what the reader of %s takes",
    (id, samples) => {
      for (const text of samples.good) expect(targetOf(id).read(text, "x.xml").unknown).toEqual([]);
    },
  );
});

/** A month of many hosts in which little was done: every measure has something to say. */
function past(): Evidence {
  const evidence = new Evidence();
  for (let host = 0; host < 25; host++)
    for (let day = 0; day < 30; day++) {
      const path = "C:\\Windows\\System32\\svchost.exe";
      const subject = { path };
      const act = { on: "load", subject, object: { path: "C:\\Windows\\System32\\a.dll" } } as const;
      const acts = [
        { on: "execute", subject: { path: "C:\\Windows\\System32\\services.exe" }, object: { path } } as const,
        act,
      ];
      evidence.add(acts, { host: `pc-${host}`, time: day * 86_400_000, user: "SYSTEM" });
    }
  return evidence;
}
