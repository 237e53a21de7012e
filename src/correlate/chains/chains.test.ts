import { describe, expect, it } from "vitest";
import { ACROSS } from "../../../test/support/chains/across.ts";
import { ARRIVALS } from "../../../test/support/chains/arrivals.ts";
import { OWN } from "../../../test/support/chains/own.ts";
import { PROTECTIONS } from "../../../test/support/chains/protections.ts";
import type { ChainCase } from "../../../test/support/chains/story.ts";
import { STRATEGIES } from "../../../test/support/chains/strategies.ts";
import { aStart, testCatalog } from "../../../test/support/events.ts";
import { findingsOf } from "../../../test/support/findings.ts";
import type { Event } from "../../model/event.ts";
import type { Finding } from "../../model/finding.ts";

const CASES = [...STRATEGIES, ...ACROSS, ...OWN, ...ARRIVALS, ...PROTECTIONS];

function find(events: readonly Event[], { site, history }: Partial<ChainCase> = {}): readonly Finding[] {
  const around = { ...(site && { site }), ...(history && { history }) };
  return findingsOf(events, { minLevel: "informational", ...around });
}

const told = (findings: readonly Finding[], chain: string) =>
  findings.flatMap(({ evidence }) => evidence).filter(({ id }) => id === `chain:${chain}`);

describe.each(CASES)("$chain", ({ chain, fires, silent, ...around }) => {
  it("is told, once, in a sentence without holes", () => {
    const [evidence, ...more] = told(find(fires, around), chain);
    expect(evidence, "the chain is told").toBeDefined();
    expect(more).toEqual([]);
    expect(evidence?.text).toMatch(/^\w.+: .+\.$/);
    expect(evidence?.text).not.toMatch(/\{[a-z]+\}|undefined/);
  });
  it("is silent about the ordinary variant", () => {
    expect(told(find(silent, around), chain)).toEqual([]);
  });
});

it.each(CASES.filter(({ site, history }) => site || history))("$chain says nothing where nobody told it", (one) => {
  expect(told(find(one.fires), one.chain)).toEqual([]);
});

it("has a case for every chain of the catalogue that has more than one event", () => {
  const chains = testCatalog()
    .chains.filter(({ alone }) => !alone)
    .map(({ id }) => id);
  expect(CASES.map((one) => one.chain).toSorted()).toEqual(chains.toSorted());
});

it("covers ATT&CK's strategies of T1218", () => {
  const chains = testCatalog().chains.map(({ id }) => id.split("/"));
  expect(new Set(chains.map(([det]) => det).filter((det) => det?.startsWith("DET"))).size).toBe(15);
  expect(chains.filter(([, an]) => an?.startsWith("AN"))).toHaveLength(19);
});

describe("protections that one shell puts out of the way in turn", () => {
  const shell = { key: "id:B", pid: 66, image: "/bin/bash" };
  const does = (at: number, key: string, line: string) =>
    aStart(at, key, `/usr/sbin/${line.split(" ")[0]}`, line, "B", { platform: "linux", parent: shell });
  const steps = [does(0, "U", "ufw disable"), does(2, "E", "setenforce 0"), does(4, "S", "systemctl stop auditd")];

  it("are one act, told by the first", () => {
    const chains = find(steps).filter(({ evidence }) => evidence.some(({ id }) => id.startsWith("chain:protections/")));
    expect(chains.map(({ commandLine, level }) => ({ commandLine, level }))).toEqual([
      { commandLine: "ufw disable", level: "medium" },
    ]);
    expect(chains[0]?.related).toHaveLength(2);
  });

  it("are less than medium each", () => {
    for (const step of steps) expect(find([step]).filter(({ score }) => score >= 40)).toEqual([]);
  });
});
