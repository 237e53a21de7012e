import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import { type Command, readCommands } from "../languages/commands.ts";
import { oneLine, powershell } from "../languages/escape.ts";
import type { Policy, Rule, UnknownPart } from "../model.ts";
import type { PolicyFile, Target } from "../target.ts";
import { type PartKind, partOf, partRule } from "./features/parts.ts";

/** Whoever else the file lets in: a denial stands above it. */
const EVERYBODY = "*S-1-1-0";
const INSTALLER = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\Installer";
const ELEVATED = "AlwaysInstallElevated";
const OWNER = "NT SERVICE\\TrustedInstaller";

/** What was there before, in a folder that administrators alone write to. Much of it is off in a default installation. */
const NOTED = '"$env:SystemRoot\\t1218-features.txt"';
const NOTE = `# What is there is noted once, so that undo-features.ps1 puts back no more than that.
if (-not (Test-Path ${NOTED})) {
  @(
    Get-WindowsOptionalFeature -Online | Where-Object State -EQ Enabled | ForEach-Object { "feature $($_.FeatureName)" }
    Get-WindowsCapability -Online | Where-Object State -EQ Installed | ForEach-Object { "capability $($_.Name)" }
    Get-Service | ForEach-Object { "service $($_.Name) $($_.StartType)" }
  ) | Set-Content -Encoding utf8 ${NOTED}
}
`;
const NOTES = `# Where nothing was noted, nothing is put back.
$noted = Get-Content -Encoding utf8 -ErrorAction Stop ${NOTED}
`;
/** A command that is carried out only where a part was there before. */
const where = (part: string, command: string) => `if ($noted -contains ${powershell(part)}) {\n${command}\n}`;

const COMMANDS: Readonly<Record<PartKind, (name: string) => { readonly out: string; readonly back: string }>> = {
  feature: (name) => ({
    out: `Disable-WindowsOptionalFeature -Online -NoRestart -FeatureName ${powershell(name)}`,
    back: where(`feature ${name}`, `Enable-WindowsOptionalFeature -Online -NoRestart -FeatureName ${powershell(name)}`),
  }),
  capability: (name) => ({
    out: `Remove-WindowsCapability -Online -Name ${powershell(name)}`,
    back: where(`capability ${name}`, `Add-WindowsCapability -Online -Name ${powershell(name)}`),
  }),
  service: (name) => ({
    out: `Stop-Service -Force -Name ${powershell(name)}\nSet-Service -StartupType Disabled -Name ${powershell(name)}`,
    back: ["Manual", "Automatic"]
      .map((type) => where(`service ${name} ${type}`, `Set-Service -StartupType ${type} -Name ${powershell(name)}`))
      .join("\n"),
  }),
  setting: () => ({
    out: `reg.exe add ${powershell(INSTALLER)} /v ${ELEVATED} /t REG_DWORD /d 0 /f`,
    back: `reg.exe delete ${powershell(INSTALLER)} /v ${ELEVATED} /f`,
  }),
  // Files of Windows belong to its installer: only an owner may change who has access.
  acl: (path) => ({
    out: `takeown.exe /F ${powershell(path)} /A\nicacls.exe ${powershell(path)} /deny ${powershell(`${EVERYBODY}:(X)`)}`,
    back: `icacls.exe ${powershell(path)} /remove:d ${powershell(EVERYBODY)}\nicacls.exe ${powershell(path)} /setowner ${powershell(OWNER)}`,
  }),
};

const first = ({ parameters }: Command, name: string) => parameters.get(name)?.[0];

/** The part that a command takes away; undefined where it takes none, a text where it is not understood. */
function partIn(command: Command): { readonly kind: PartKind; readonly name: string } | undefined | string {
  const verb = command.name.toLowerCase().replace(/\.exe$/, "");
  if (verb === "disable-windowsoptionalfeature") return named("feature", first(command, "featurename"));
  if (verb === "remove-windowscapability") return named("capability", first(command, "name"));
  if (verb === "set-service" && /^disabled$/i.test(first(command, "startuptype") ?? ""))
    return named("service", first(command, "name"));
  const [path = "", action = "", who = ""] = command.words;
  if (verb === "icacls" && /^\/deny$/i.test(action))
    return who === `${EVERYBODY}:(X)` ? named("acl", path) : "a denial of other access";
  if (verb === "reg" && command.words.includes(ELEVATED) && /^add$/i.test(path))
    return command.words.at(command.words.indexOf("/d") + 1) === "0" ? { kind: "setting", name: ELEVATED } : undefined;
  return /^(?:(?:set|stop)-service|takeown|import-module|write-\w+|get-\w+)$/.test(verb) ? undefined : "a command";
}

const named = (kind: PartKind, name: string | undefined) =>
  name === undefined || name === "" ? "a command without a name" : { kind, name };

function read(text: string, name: string): Policy {
  const rules: Rule[] = [];
  const unknown: UnknownPart[] = [];
  // The head of our own file changes nothing; as many lines stay, so that places are right.
  const { commands, unread } = readCommands(text.replace(NOTE, "\n".repeat(NOTE.split("\n").length - 1)));
  for (const command of commands) {
    const part = partIn(command);
    if (typeof part === "string") unknown.push({ what: part, line: command.line });
    else if (part) rules.push(partRule(part.kind, part.name));
  }
  for (const part of unread) unknown.push(part);
  return { target: "features", name, mode: "enforce", rules, unknown };
}

function write(policy: Policy): readonly PolicyFile[] {
  const parts = policy.rules.flatMap((rule) => {
    const part = partOf(rule);
    return part ? [{ ...COMMANDS[part.kind](part.name), title: oneLine(rule.description ?? rule.id) }] : [];
  });
  const script = (head: string, lines: readonly { readonly title: string; readonly text: string }[]) =>
    [head.trimEnd(), ...lines.map(({ title, text }) => `\n# ${title}\n${text}`), ""].join("\n");
  return [
    {
      name: "features.ps1",
      text: script(
        `# Run as an administrator.\n${NOTE}`,
        parts.map(({ title, out }) => ({ title, text: out })),
      ),
    },
    {
      name: "undo-features.ps1",
      text: script(
        `# Takes back what features.ps1 did. Run as an administrator.\n${NOTES}`,
        parts.map(({ title, back }) => ({ title, text: back })),
      ),
    },
  ];
}

/** What is not there, or may not be read, does not start; nothing else is decided. */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "denyFirst",
  variables: ENVIRONMENT_VARIABLES,
  reach: (policy, act) =>
    ["execute", "load", "script", "install"].includes(act.on) ? { mode: policy.mode, otherwise: undefined } : undefined,
};

export const features: Target = {
  id: "features",
  title: "Removal of features and capabilities",
  triesNoRule: true,
  actsAtOnce: true,
  cannot: [
    "There is no audit mode: what is removed is gone until it is put back.",
    "An update of Windows puts removed capabilities and files back, with their old access; run the script again after feature updates.",
    "Copies of a program elsewhere, and libraries that several parts share, stay.",
  ],
  semantics,
  sniff: (head, name) =>
    !/^undo/.test(name) &&
    /^[ \t]*(?:Disable-WindowsOptionalFeature|Remove-WindowsCapability|icacls(?:\.exe)?\s.*\/deny|Set-Service\s.*Disabled|reg(?:\.exe)?\s+add\s.*AlwaysInstallElevated)/im.test(
      head,
    )
      ? 0.8
      : 0,
  read,
  write,
  refuses(rule) {
    const part = partOf(rule);
    if (!part || part.name === "") return "there is no such part";
    if (part.kind === "setting" && part.name !== ELEVATED) return "there is no such setting";
    const mine = partRule(part.kind, part.name);
    return JSON.stringify(mine.object) === JSON.stringify(rule.object) ? undefined : "the part holds other files";
  },
};
