import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Finding } from "../../src/model/finding.ts";
import type { Explanation } from "../../src/model/invocation.ts";
import { readLines } from "../../src/pipeline/labels/labels.ts";

/** Runs the tool as a user would, feeds it `input`, and hands its stdout on line by line; stderr goes through. */
async function run(cli: string, args: readonly string[], input: string, line: (text: string) => void): Promise<number> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  // The tool may end before it has read everything; its exit code says so, an EPIPE adds nothing.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const ended = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? -1));
  });
  for await (const text of createInterface({ input: child.stdout })) if (text !== "") line(text);
  return ended;
}

/** Exit codes 0 (done), 1 (findings) and 3 (some input unreadable) all leave findings that can be scored. */
const USABLE = [0, 1, 3];

export async function scan(cli: string, paths: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  const args = ["scan", ...paths, "--format", "ndjson", "-m", "informational"];
  const code = await run(cli, args, "", (text) => {
    const row = JSON.parse(text) as Finding;
    if (row.schema === "whatran/finding/1") findings.push(row);
  });
  if (!USABLE.includes(code)) throw new Error(`${cli} scan ended with exit code ${code}`);
  return findings;
}

/** One answer for each request, in order. */
export async function explain(cli: string, requests: readonly object[]): Promise<Explanation[]> {
  const answers: Explanation[] = [];
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join("");
  const code = await run(cli, ["explain", "--stdin", "--format", "ndjson"], input, (text) => {
    answers.push(JSON.parse(text) as Explanation);
  });
  if (!USABLE.includes(code)) throw new Error(`${cli} explain ended with exit code ${code}`);
  if (answers.length !== requests.length)
    throw new Error(`explain gave ${answers.length} answers to ${requests.length} lines`);
  return answers;
}

/** Findings that were written to a file by an earlier run. */
export function readFindings(path: string): Finding[] {
  return readLines<Finding>(path).filter((row) => row.schema === "whatran/finding/1");
}
