import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEFAULTS, generate } from "../lab/generate.ts";
import type { Rule } from "../src/policies/model.ts";
import { targetOf } from "../src/policies/registry.ts";
import type { Bench } from "./support/bench.ts";
import { contest, measure } from "./support/measure.ts";

const RULES = 500;

/** Half of them name programs, half name folders: those are asked of every start, load and script. */
function rules(): readonly Rule[] {
  const deny = (n: number, path: string, on: Rule["on"][number]): Rule => ({
    id: `rule_${n}`,
    action: "deny",
    on: [on],
    object: [{ path }],
    scope: ["S-1-1-0"],
  });
  const allow: Rule = { ...deny(RULES, "*", "execute"), action: "allow" };
  const all = Array.from({ length: RULES - 1 }, (_, n) =>
    n % 2 === 0
      ? deny(n, `*\\tool-${n}.exe`, "execute")
      : deny(n, `%OSDRIVE%\\Users\\*\\AppData\\Local\\Vendor ${n}\\*`, n % 4 === 1 ? "execute" : "load"),
  );
  return [...all, allow];
}

/** Simulation of 500 rules on an invented fleet's logs against the scan of the same. */
export const simulate: Bench = {
  name: "simulate",
  title: `replay of ${RULES} rules of AppLocker against the scan of the same logs, CPU of the whole process`,
  async run({ runs, folder, cli, size }) {
    const logs = join(folder, "simulate-logs");
    rmSync(logs, { recursive: true, force: true });
    mkdirSync(logs, { recursive: true });
    const formats = { windowsFormats: ["flat"], linuxFormats: ["ecs"], gzip: false } as const;
    await generate({
      ...DEFAULTS,
      ...formats,
      folder: logs,
      seed: "simulate",
      hosts: size ?? 40,
      days: 10,
      chains: 20,
    });
    // Labels lie beside the logs.
    const inputs = [join(logs, "background"), join(logs, "attack")];
    const policy = join(folder, "simulate-applocker.xml");
    const name = "bench";
    const written = targetOf("applocker").write({
      target: "applocker",
      name,
      mode: "enforce",
      rules: rules(),
      unknown: [],
    });
    writeFileSync(policy, written[0]?.text ?? "");
    const run = (...words: readonly string[]) => measure([process.execPath, cli, ...words]);
    const { scan, replay } = contest(runs, {
      scan: () => run("scan", ...inputs, "--format", "ndjson", "-q"),
      replay: () => run("simulate", "-P", policy, ...inputs, "--format", "ndjson"),
    });
    return [{ name: "replay with findings", value: replay.cpu, reference: scan.cpu, unit: "s CPU", goal: 2 }];
  },
};
