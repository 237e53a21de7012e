import type { Finding } from "../model/finding.ts";

/** Keys of a finding in the order in which they are written; readers may not rely on it, people do. */
const ORDER: readonly (keyof Finding)[] = [
  "schema",
  "id",
  "time",
  "host",
  "user",
  "level",
  "score",
  "likelihood",
  "title",
  "binary",
  "commandLine",
  "canonical",
  "runs",
  "fetches",
  "reads",
  "writes",
  "behaviour",
  "techniques",
  "dataComponents",
  "evidence",
  "source",
  "related",
  "mitigations",
  "cures",
];

/** The finding with its keys in the order of the contract, so that the same finding is always the same bytes. */
export function inContractOrder(finding: Finding): Finding {
  const ordered: Partial<Record<keyof Finding, unknown>> = {};
  for (const key of ORDER) if (finding[key] !== undefined) ordered[key] = finding[key];
  return { ...ordered, ...finding } as Finding;
}
