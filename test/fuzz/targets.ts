import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileCatalog } from "../../src/catalog/compile.ts";
import { builtinCatalog } from "../../src/catalog/load.ts";
import { parseCmd } from "../../src/cmdline/cmd/cmd.ts";
import { CODE_LANGUAGES, readCode } from "../../src/cmdline/code/code.ts";
import { readPowerShell } from "../../src/cmdline/powershell/powershell.ts";
import { parseShell } from "../../src/cmdline/shell/shell.ts";
import { splitArguments } from "../../src/cmdline/windows/tokens.ts";
import { WhatranError } from "../../src/errors.ts";
import { toPlain } from "../../src/events/plain.ts";
import { createUnderstander } from "../../src/events/registry.ts";
import { HEAD } from "../../src/formats/detect.ts";
import type { Format, ReadContext } from "../../src/formats/format.ts";
import { readMapping } from "../../src/formats/mapping.ts";
import { FORMATS } from "../../src/formats/registry.ts";
import { explain } from "../../src/pipeline/explain.ts";
import { readInputs } from "../../src/pipeline/inputs/read-inputs.ts";
import { TARGETS as POLICY_TARGETS, sniffTarget } from "../../src/policies/registry.ts";

/** One thing that strangers' bytes go into. It must bear anything: what it throws is a finding. */
export interface Target {
  readonly name: string;
  /** How much was found in it (records, commands, rules): a run whose inputs yield nothing tests what rejects them, and no more. */
  run(bytes: Buffer): number | Promise<number>;
}

/** File names by which formats know their places; content decides for the others. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  history: ["home/kim/.bash_history", "PSReadLine/ConsoleHost_history.txt", "fish/fish_history", ".zsh_history"],
  crontab: ["/etc/crontab", "/etc/anacrontab", "/var/spool/cron/crontabs/kim"],
  sudoers: ["/etc/sudoers"],
  shortcut: ["Startup/a.lnk"],
  "startup-script": [
    ...["cmd", "vbs", "wsf", "ps1"].map((extension) => `Start Menu/Programs/Startup/a.${extension}`),
    "/etc/init.d/a",
    "/home/kim/.bashrc",
  ],
  hook: [
    ...["apt/apt.conf", "udev/rules.d/a.rules", "pam.d/a", "modprobe.d/a.conf", "logrotate.conf", "inittab"],
    ...["network/interfaces", "inetd.conf", "aliases", "acpi/events/a", "rsyslog.conf", "ssh/sshd_config", "gitconfig"],
    ...["ld.so.preload", "environment", "dpkg/dpkg.cfg", ".ssh/authorized_keys", "Scripts/scripts.ini", "autorun.inf"],
    ...["Windows/win.ini", "a.mof", "unattend.xml", "a.SettingContent-ms"],
  ].map((path) => `etc/${path}`),
  hive: ["Users/kim/NTUSER.DAT"],
};

/** Reads a format in uneven blocks, asks every record for every field, and makes all events of it whole. */
function formatTarget(format: Format): Target {
  const places = PLACES[format.name] ?? ["sample"];
  return {
    name: format.name,
    run(bytes) {
      const file = places[bytes.length % places.length]!;
      format.sniff(bytes.subarray(0, HEAD), file);
      const understander = createUnderstander();
      // A lean run passes over what nobody wants, by ways of its own.
      const isLean = bytes.length % 3 === 0;
      const wants: ReadContext["wants"] = ({ provider, eventId, shape }) =>
        understander.wants(provider, eventId, shape);
      let records = 0;
      const reader = format.open(
        { file, ...(isLean && { wants, passing: true }) },
        {
          record(record) {
            records += 1;
            for (const name of record.names().slice(0, 200)) if (record.get(name) === undefined) record.list(name);
            for (const event of understander.understand(record)) toPlain(event);
          },
          diagnostic: () => {},
        },
      );
      const cut = bytes.length % 2 === 0 ? bytes.length : Math.floor(bytes.length / 3);
      reader.push(bytes.subarray(0, cut));
      if (cut < bytes.length) reader.push(bytes.subarray(cut));
      reader.end();
      for (const event of understander.end()) toPlain(event);
      return records;
    },
  };
}

function text(name: string, run: (text: string) => number): Target {
  return { name, run: (bytes) => run(bytes.toString("utf8")) };
}

const LIMITS = { depth: 4, members: 200, bytes: 8 << 20 };

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Containers, and behind them whatever format the content is: the way that every input takes. */
const container: Target = {
  name: "container",
  async run(bytes) {
    let records = 0;
    await readInputs(
      ["-"],
      { stdin: once(bytes), limits: LIMITS },
      () => {
        records += 1;
      },
      () => {},
      () => {},
    );
    return records;
  },
};

/** The first line names the language, where it is one. */
const code = text("code", (input) => {
  const [first = "", ...rest] = input.split("\n");
  const language = CODE_LANGUAGES.includes(first) ? first : CODE_LANGUAGES[input.length % CODE_LANGUAGES.length]!;
  return readCode(language, rest.join("\n")).length;
});

const catalogFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "whatran-fuzz-"));
  mkdirSync(join(folder, "windows"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
/** As long as the longest entry of the catalogue. What a whole file of errors costs has tests of its own. */
const LONGEST_ENTRY = 16 << 10;
let folder: string | undefined;
const catalog = text("catalog", (input) => {
  folder ??= catalogFolder();
  writeFileSync(join(folder, "windows", "a.yaml"), input.slice(0, LONGEST_ENTRY));
  return compileCatalog(folder).problems.length === 0 ? 1 : 0;
});

/** The first line names the product; what it does not read it says, and what it reads it can write. */
const policy = text("policy", (input) => {
  const [first = "", ...rest] = input.split("\n");
  const target = POLICY_TARGETS.find(({ id }) => id === first) ?? POLICY_TARGETS[input.length % POLICY_TARGETS.length]!;
  const content = rest.join("\n");
  sniffTarget(content, first);
  try {
    const read = target.read(content, "a");
    target.write({ ...read, rules: read.rules.filter((rule) => target.refuses(rule) === undefined) });
    return read.rules.length;
  } catch (error) {
    if (!(error instanceof WhatranError)) throw error;
    return 0;
  }
});

/** A wrong mapping is the operator's mistake, said as such; anything else is a fault. */
const mapping = text("mapping", (input) => {
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    return 0;
  }
  try {
    readMapping(value);
    return 1;
  } catch (error) {
    if (!(error instanceof WhatranError)) throw error;
    return 0;
  }
});

const explained = text("explain", (input) => {
  const [commandLine = "", ...rest] = input.split("\n---\n");
  const platform = input.length % 2 === 0 ? "windows" : "linux";
  const requests =
    rest.length > 0 ? [{ commandLine, platform } as const, { args: rest }] : [{ commandLine, platform } as const];
  return requests.filter((request) => explain(request, builtinCatalog()).judgement).length;
});

export const TARGETS: readonly Target[] = [
  ...FORMATS.map(formatTarget),
  container,
  text("powershell", (input) => {
    const { commands, cmdlets, findings } = readPowerShell(input);
    return commands.length + cmdlets.length + findings.length;
  }),
  text("cmd", (input) => parseCmd(input).length),
  text("shell", (input) => parseShell(input).length),
  text("argv", (input) => splitArguments(input).length),
  code,
  explained,
  catalog,
  mapping,
  policy,
];
