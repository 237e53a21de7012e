import type { Explanation } from "../../src/model/invocation.ts";
import { atLeast } from "../../src/model/level.ts";
import { isWrongToReport, type Labels } from "../../src/pipeline/labels/labels.ts";
import { readRules, type Start } from "./sigma.ts";
import { type Share, share } from "./telemetry.ts";
import type { Ask, Vector } from "./vectors.ts";

/** What rules of words and whatran tell of the same lines, knowing no more than line, image and original file name. */
export interface Comparison {
  readonly name: string;
  readonly rules: Share;
  readonly medium: Share;
}

/** Labels name a binary and its line; where its file lay is in the line or taken for the usual folder. */
function startOf({ commandLine, binary, image, originalFileName = binary }: Vector): Start {
  const written = /^"?([a-z]:\\[^"]*?\.exe)\b/i.exec(commandLine)?.[1];
  return {
    CommandLine: commandLine,
    Image: image ?? written ?? `C:\\Windows\\System32\\${binary}`,
    OriginalFileName: originalFileName,
  };
}

const requestOf = ({ CommandLine, Image, OriginalFileName }: Start) => ({
  commandLine: CommandLine,
  image: Image,
  originalFileName: OriginalFileName,
  platform: "windows",
});

const isMedium = ({ verdict }: Explanation) => atLeast(verdict.level, "medium");

/** The lines that are compared, by name: listed commands of T1218, what labels call an attack, and what they call ordinary. */
function groupsOf(vectors: ReadonlyMap<string, readonly Vector[]>, labels: Labels | undefined): Map<string, Vector[]> {
  const groups = new Map<string, Vector[]>();
  for (const [name, all] of vectors) {
    const lines = all.filter(({ platform, technique }) => platform === "windows" && technique?.startsWith("T1218"));
    if (lines.length > 0) groups.set(name, lines);
  }
  if (labels === undefined) return groups;
  const vectorOf = ({ binary, command_line: commandLine }: Labels["truth"][number] | Labels["benign"][number]) => ({
    id: "",
    platform: "windows",
    binary,
    commandLine,
    expect: [],
  });
  const attacks = labels.truth.filter(({ scope, evidence }) => scope === "core" && evidence === "process_creation");
  groups.set("labelled attacks", attacks.filter(({ os }) => os === "windows").map(vectorOf));
  const ordinary = labels.benign.filter((row) => row.os === "windows" && isWrongToReport(row));
  groups.set("labelled ordinary use", ordinary.map(vectorOf));
  return groups;
}

/** @param folder of Sigma rules */
export async function compareWithSigma(
  folder: string,
  vectors: ReadonlyMap<string, readonly Vector[]>,
  labels: Labels | undefined,
  ask: Ask,
): Promise<Comparison[]> {
  const rules = readRules(folder);
  const compared: Comparison[] = [];
  for (const [name, lines] of groupsOf(vectors, labels)) {
    const starts = lines.map(startOf);
    const answers = await ask(starts.map(requestOf));
    compared.push({
      name,
      rules: share(starts, (start) => rules.some((rule) => rule(start))),
      medium: share(answers, isMedium),
    });
  }
  return compared;
}
