import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { removeTemporary, temporaryFolder } from "../../src/temporary.ts";
import { parseSuricata } from "./suricata-grammar.ts";

/** The vendor's own check of a file, which loads and changes nothing. `.ci/run` installs those that Debian has. */
export interface Validator {
  readonly command: string;
  /** Arguments for a file; none may load anything. */
  args(file: string): readonly string[];
  /** More of the environment that it needs. */
  readonly env?: () => NodeJS.ProcessEnv;
  /** Name that the file must have, where the program goes by it. */
  readonly name: string;
}

/** What makes a library of a file in C. */
export const COMPILER = "cc";

/** What speaks to auditctl in the kernel's place, so that nothing is loaded; made once. */
let noKernel: string | undefined;
afterAll(() => noKernel !== undefined && removeTemporary(dirname(noKernel)));
const withoutKernel = (): string => {
  if (noKernel === undefined) {
    noKernel = join(temporaryFolder("whatran-audit-"), "no-kernel.so");
    const source = fileURLToPath(new URL("no-audit-kernel.c", import.meta.url));
    spawnSync(COMPILER, ["-shared", "-fPIC", "-o", noKernel, source]);
  }
  return noKernel;
};

const ENV = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, LC_ALL: "C" };

export const isThere = (command: string): boolean =>
  spawnSync("sh", ["-c", `command -v ${command}`], { env: ENV }).status === 0;

/** What a validator says against a text; empty where it takes it. */
export function complaint({ command, args, name, env }: Validator, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "whatran-valid-"));
  try {
    const file = join(folder, name);
    writeFileSync(file, text, { mode: 0o440 });
    const { status, stdout, stderr } = spawnSync(command, args(file), {
      env: { ...ENV, ...env?.() },
      encoding: "utf8",
      timeout: 60_000,
    });
    return status === 0 ? "" : `exit code ${status}: ${stderr}${stdout}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const VALIDATORS: Readonly<Record<string, Validator>> = {
  visudo: { command: "visudo", name: "t1218-noexec", args: (file) => ["-c", "-f", file] },
  nft: { command: "nft", name: "t1218.nft", args: (file) => ["-c", "-f", file] },
  apparmor: { command: "apparmor_parser", name: "t1218-apparmor", args: (file) => ["-Q", "-K", file] },
  auditctl: {
    command: "auditctl",
    name: "t1218-audit.rules",
    args: (file) => ["-R", file],
    env: () => ({ LD_PRELOAD: withoutKernel() }),
  },
  dash: { command: "dash", name: "a.sh", args: (file) => ["-n", file] },
  bash: { command: "bash", name: "a.sh", args: (file) => ["-n", file] },
  zone: { command: "named-checkzone", name: "t1218.rpz", args: (file) => ["-i", "none", "rpz.t1218.example", file] },
  suricata: {
    command: "suricata",
    name: "t1218-suricata.rules",
    args: (file) => ["-T", "-S", file, "-l", tmpdir()],
  },
  // It wants a whole configuration: the file is included by one that says no more than it must.
  squid: {
    command: "sh",
    name: "t1218-squid.conf",
    args: (file) => [
      "-c",
      'printf "http_port 3128\\ncache_log /dev/null\\npid_filename none\\ninclude %s\\nhttp_access deny all\\n" "$1" >"$1.main" && squid -k parse -f "$1.main" 2>"$1.err"; code=$?; cat "$1.err" >&2; ! grep -qE "FATAL|ERROR|Bungled|WARNING" "$1.err" && exit $code',
      "sh",
      file,
    ],
  },
};

/** The grammar of Suricata's documentation, for machines that have no suricata. */
export const suricataComplaint = (text: string): string => {
  try {
    parseSuricata(text);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
};
