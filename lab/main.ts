/**
 * Writes the logs of an invented fleet, ordinary days and injected T1218 chains, with labels. It writes records only;
 * nothing of what they tell has ever run.
 *
 *   npm run lab -- --out FOLDER [--seed TEXT] [--hosts N] [--days N] [--start YYYY-MM-DD] [--chains N]
 *                  [--format evtx,winlogbeat,flat,evtx_dump] [--linux-format audit,ecs] [--no-gzip]
 *                  [--campaign burst,slow,few,many] [--rollouts N] [--noise FACTOR]
 *                  [--split DAY] [--sensor sysmon|security|both|bare]
 */
import { parseArgs } from "node:util";
import { CAMPAIGNS } from "./campaigns.ts";
import { DEFAULTS, generate } from "./generate.ts";
import { type LogFormat, SENSORS } from "./world/fleet.ts";

const WINDOWS_FORMATS = ["evtx", "winlogbeat", "flat", "evtx_dump"] as const;
const LINUX_FORMATS = ["audit", "ecs"] as const;

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    seed: { type: "string", default: DEFAULTS.seed },
    hosts: { type: "string", default: String(DEFAULTS.hosts) },
    days: { type: "string", default: String(DEFAULTS.days) },
    start: { type: "string", default: DEFAULTS.start },
    chains: { type: "string", default: String(DEFAULTS.chains) },
    format: { type: "string", default: WINDOWS_FORMATS.join(",") },
    "linux-format": { type: "string", default: LINUX_FORMATS.join(",") },
    "no-gzip": { type: "boolean", default: false },
    campaign: { type: "string", default: "" },
    rollouts: { type: "string", default: "0" },
    noise: { type: "string", default: "1" },
    split: { type: "string" },
    sensor: { type: "string", default: "" },
  },
});

/** A list of words that must all be known. */
function listOf<T extends string>(name: string, text: string, known: readonly T[]): T[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((word) => {
      const found = known.find((k) => k === word);
      if (!found) throw new Error(`--${name}: ${word} is none of ${known.join(", ")}`);
      return found;
    });
}

function numberOf(name: "hosts" | "days" | "chains" | "rollouts" | "noise" | "split"): number {
  const number = Number(values[name]);
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name}: ${values[name]} is not a number`);
  return number;
}

async function main(): Promise<void> {
  if (values.out === undefined) throw new Error("--out FOLDER is missing");
  const summary = await generate({
    folder: values.out,
    seed: values.seed,
    hosts: numberOf("hosts"),
    days: numberOf("days"),
    start: values.start,
    chains: numberOf("chains"),
    windowsFormats: listOf<LogFormat>("format", values.format, WINDOWS_FORMATS),
    linuxFormats: listOf<LogFormat>("linux-format", values["linux-format"], LINUX_FORMATS),
    gzip: !values["no-gzip"],
    campaigns: listOf("campaign", values.campaign, CAMPAIGNS),
    rollouts: numberOf("rollouts"),
    noise: numberOf("noise"),
    split: values.split === undefined ? undefined : numberOf("split"),
    sensor: listOf("sensor", values.sensor, SENSORS)[0],
  });
  console.log(
    `${summary.records} records, ${summary.truth} rows of truth, ${summary.benign} rows of ordinary use in ${values.out}`,
  );
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 2;
});
