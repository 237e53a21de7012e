import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import { reg } from "../languages/escape.ts";
import { dword, isReg, type RegValue, readReg, regText } from "../languages/reg.ts";
import type { Policy, Rule, UnknownPart } from "../model.ts";
import type { PolicyFile, Target } from "../target.ts";

const ATTACHMENTS = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Policies\\Attachments";
const OUTLOOK = "HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\Office\\16.0\\Outlook\\Security";
// Programs of 32 bits read a key of their own, and no key stands for both.
const HOST = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows Script Host\\Settings";
const HOST_32 = "HKEY_LOCAL_MACHINE\\SOFTWARE\\WOW6432Node\\Microsoft\\Windows Script Host\\Settings";
const CONSOLES = "HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\MMC";
const EXTENSION = /^\.[^\0-\x1f\x7f\x85\u2028\u2029\s.;\\/:*?"<>|]{1,32}$/;

/** Settings that are one value each, with the value that protects. What they do stands in no event. */
const SETTINGS = [
  {
    id: "SaveZoneInformation",
    key: ATTACHMENTS,
    name: "SaveZoneInformation",
    value: 2,
    title: "Note where a saved attachment came from",
  },
  {
    id: "HideZoneInfoOnProperties",
    key: ATTACHMENTS,
    name: "HideZoneInfoOnProperties",
    value: 1,
    title: "Do not let users take that note away",
  },
  {
    id: "ScanWithAntiVirus",
    key: ATTACHMENTS,
    name: "ScanWithAntiVirus",
    value: 3,
    title: "Have attachments scanned when they are opened",
  },
  {
    id: "HelpQualifiedRootDir",
    key: "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows\\System",
    name: "HelpQualifiedRootDir",
    value: "%windir%\\help;%ProgramFiles%;%ProgramFiles(x86)%",
    title: "Let help files start programs only where administrators install them",
  },
  {
    id: "RestrictLinkToWebAddress",
    key: `${CONSOLES}\\{C96401D1-0E17-11D3-885B-00C04F72C717}`,
    name: "Restrict_Run",
    value: 1,
    title: "No page of the web in a console",
  },
  {
    id: "RestrictActiveXControl",
    key: `${CONSOLES}\\{C96401CF-0E17-11D3-885B-00C04F72C717}`,
    name: "Restrict_Run",
    value: 1,
    title: "No ActiveX control in a console",
  },
] as const;
/** Windows Script Host that is switched off: that of 64 and 32 bits, or one of them. */
const HOSTS = [
  { id: "WindowsScriptHost=0", folder: "*", keys: [HOST, HOST_32] },
  { id: "WindowsScriptHost64=0", folder: "*\\System32", keys: [HOST] },
  { id: "WindowsScriptHost32=0", folder: "*\\SysWOW64", keys: [HOST_32] },
] as const;
const LEVEL1 = "Level1=";

/** The rule that a setting is, by its id: `SaveZoneInformation`, `WindowsScriptHost=0`, `Level1=.hta`. */
export function attachmentRule(id: string): Rule | undefined {
  const base = { id, action: "deny", measure: "M1021" } as const;
  const host = HOSTS.find((one) => one.id === id);
  if (host) {
    const subject = ["wscript.exe", "cscript.exe"].map((name) => ({ path: `${host.folder}\\${name}` }));
    return { ...base, on: ["script"], subject, description: "Windows Script Host is switched off" };
  }
  if (id.startsWith(LEVEL1)) {
    const extension = id.slice(LEVEL1.length);
    if (!EXTENSION.test(extension) || extension !== extension.toLowerCase()) return undefined;
    const description = `Outlook does not hand out ${extension}`;
    return {
      ...base,
      on: ["open", "write"],
      subject: [{ path: "*\\outlook.exe" }],
      object: [{ extension }],
      description,
    };
  }
  const setting = SETTINGS.find((one) => one.id === id);
  return setting && { ...base, on: [], description: setting.title };
}

class Reader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  readonly #hostsOff = new Set<string>();

  take({ key, name, value, line }: RegValue): void {
    if (/\\Windows Script Host\\Settings$/i.test(key) && /^enabled$/i.test(name)) {
      if (String(value) === "0") this.#switchOff(key);
    } else if (/\\Outlook\\Security$/i.test(key)) this.#outlook(name, value, line);
    else {
      const wanted = `${key}\\${name}`.toLowerCase();
      const known = SETTINGS.find((one) => `${one.key}\\${one.name}`.toLowerCase() === wanted);
      if (known && value === known.value) this.#add(known.id);
    }
  }

  #switchOff(key: string): void {
    // What is set for a user holds for the host of either kind.
    const isOfUser = /^HKEY_CURRENT_USER\\/i.test(key);
    const is32 = /\\WOW6432Node\\/i.test(key);
    if (isOfUser || !is32) this.#hostsOff.add(HOST);
    if (isOfUser || is32) this.#hostsOff.add(HOST_32);
  }

  /** The rules that are left when everything has been taken. */
  end(): void {
    const off = HOSTS.find(
      ({ keys }) => keys.length === this.#hostsOff.size && keys.every((one) => this.#hostsOff.has(one)),
    );
    if (off) this.#add(off.id);
  }

  #outlook(name: string, value: string | number, line: number): void {
    if (/^FileExtensionsAddLevel1$/i.test(name))
      for (const one of String(value).split(";").filter(Boolean)) {
        const id = `${LEVEL1}.${one.trim().replace(/^\./, "").toLowerCase()}`;
        if (attachmentRule(id)) this.#add(id);
        else this.unknown.push({ what: "an extension", line, on: ["open", "write"] });
      }
    else if (/^(?:FileExtensionsRemoveLevel[12]|Level1Remove)$/i.test(name) && value !== "")
      this.unknown.push({ what: `the setting ${name}`, line, on: ["open", "write"] });
  }

  #add(id: string): void {
    const rule = attachmentRule(id);
    if (rule && !this.rules.some((one) => one.id === id)) this.rules.push(rule);
  }
}

function read(text: string, name: string): Policy {
  const reader = new Reader();
  const { values, unread } = readReg(text);
  for (const value of values) reader.take(value);
  reader.end();
  for (const part of unread) reader.unknown.push(part);
  return { target: "attachments", name, mode: "enforce", rules: reader.rules, unknown: reader.unknown };
}

function write(policy: Policy): readonly PolicyFile[] {
  const ids = policy.rules.map(({ id }) => id);
  const settings = SETTINGS.filter(({ id }) => ids.includes(id));
  const isOff = (key: string) => HOSTS.some((one) => ids.includes(one.id) && one.keys.some((its) => its === key));
  const types = ids.filter((id) => id.startsWith(LEVEL1)).map((id) => id.slice(LEVEL1.length + 1));
  const sections = [
    ...[...new Set(settings.map(({ key }) => key))].map((key) => ({
      key,
      lines: settings
        .filter((one) => one.key === key)
        .map(({ name, value }) => `${reg(name)}=${typeof value === "number" ? dword(value) : reg(value)}`),
    })),
    {
      key: OUTLOOK,
      // The list holds only where group policy decides on attachments.
      lines:
        types.length === 0
          ? []
          : [`${reg("AdminSecurityMode")}=${dword(3)}`, `${reg("FileExtensionsAddLevel1")}=${reg(types.join(";"))}`],
    },
    ...[HOST, HOST_32].map((key) => ({
      key,
      // Otherwise a user’s own setting switches it on again.
      lines: isOff(key) ? [`${reg("Enabled")}=${dword(0)}`, `${reg("IgnoreUserSettings")}=${dword(1)}`] : [],
    })),
  ];
  return [{ name: "attachments.reg", text: regText(sections.filter(({ lines }) => lines.length > 0)) }];
}

/**
 * @see https://learn.microsoft.com/windows/client-management/mdm/policy-csp-attachmentmanager
 * @see https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-help
 * @see https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-mmc
 * @see https://learn.microsoft.com/outlook/troubleshoot/security/information-about-email-security-settings
 * @see https://learn.microsoft.com/previous-versions/tn-archive/ee198684(v=technet.10)
 * @see https://seclists.org/fulldisclosure/2026/Mar/5 (the key of 32 bits, and users’ own settings)
 */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "denyFirst",
  variables: ENVIRONMENT_VARIABLES,
  reach: (policy, act) =>
    act.on === "script" || act.on === "open" || act.on === "write"
      ? { mode: policy.mode, otherwise: undefined }
      : undefined,
};

export const attachments: Target = {
  id: "attachments",
  title: "Attachments, help files, consoles and Windows Script Host",
  triesNoRule: true,
  actsAtOnce: true,
  cannot: [
    "What help files and consoles hold stands in no log: their settings are written, and no event is decided by them.",
    "The note of origin stops nothing by itself: programs that heed it (SmartScreen, Office, script hosts) do.",
    "Outlook’s list is about attachments of mail: what comes in an archive or by a link is not seen.",
    "Where Windows Script Host is switched off without IgnoreUserSettings, a user’s own setting switches it on again.",
    "With Windows Script Host off no script of it runs, whoever wrote it; scripts in mshta.exe and in rundll32.exe are not of it.",
  ],
  semantics,
  sniff: (head) =>
    isReg(head) &&
    /\\(?:Policies\\Attachments|Windows Script Host\\Settings|Outlook\\Security|Policies\\Microsoft\\MMC\\[^\]]*)\]|^"HelpQualifiedRootDir"=/im.test(
      head,
    )
      ? 0.9
      : 0,
  read,
  write,
  refuses: (rule) => (attachmentRule(rule.id) ? undefined : "there is no such setting"),
};
