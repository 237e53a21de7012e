import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import { reg } from "../languages/escape.ts";
import { dword, isReg, type RegValue, readReg, regText } from "../languages/reg.ts";
import type { Policy, Rule, UnknownPart } from "../model.ts";
import type { PolicyFile, Target } from "../target.ts";

const ATTACHMENTS = "HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Policies\\Attachments";
const OUTLOOK = "HKEY_CURRENT_USER\\Software\\Policies\\Microsoft\\Office\\16.0\\Outlook\\Security";
const HOST = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows Script Host\\Settings";
const EXTENSION = /^\.[^\0-\x1f\x7f\x85\u2028\u2029\s.;\\/:*?"<>|]{1,32}$/;

/** Settings that are one number each, with the value that protects. */
const NUMBERS = [
  { id: "SaveZoneInformation", key: ATTACHMENTS, value: 2, title: "Note where a saved attachment came from" },
  { id: "HideZoneInfoOnProperties", key: ATTACHMENTS, value: 1, title: "Do not let users take that note away" },
  { id: "ScanWithAntiVirus", key: ATTACHMENTS, value: 3, title: "Have attachments scanned when they are opened" },
] as const;
const HOST_OFF = "WindowsScriptHost=0";
const LEVEL1 = "Level1=";

/** The rule that a setting is, by its id: `SaveZoneInformation`, `WindowsScriptHost=0`, `Level1=.hta`. */
export function attachmentRule(id: string): Rule | undefined {
  const base = { id, action: "deny", measure: "M1021" } as const;
  if (id === HOST_OFF) {
    const subject = ["wscript.exe", "cscript.exe"].map((name) => ({ path: `*\\${name}` }));
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
  // What a program does with the note of a file's origin stands in no event.
  const number = NUMBERS.find((one) => one.id === id);
  return number && { ...base, on: [], description: number.title };
}

class Reader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];

  take({ key, name, value, line }: RegValue): void {
    const last = key.slice(key.lastIndexOf("\\") + 1).toLowerCase();
    if (/\\Windows Script Host\\Settings$/i.test(key) && /^enabled$/i.test(name)) {
      if (String(value) === "0") this.#add(HOST_OFF);
    } else if (last === "attachments") {
      const known = NUMBERS.find(({ id }) => id.toLowerCase() === name.toLowerCase());
      if (known && value === known.value) this.#add(known.id);
    } else if (/\\Outlook\\Security$/i.test(key)) this.#outlook(name, value, line);
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
  reader.unknown.push(...unread.map((line) => ({ what: "a line", line })));
  return { target: "attachments", name, mode: "enforce", rules: reader.rules, unknown: reader.unknown };
}

function write(policy: Policy): readonly PolicyFile[] {
  const ids = policy.rules.map(({ id }) => id);
  const numbers = NUMBERS.filter(({ id }) => ids.includes(id));
  const types = ids.filter((id) => id.startsWith(LEVEL1)).map((id) => id.slice(LEVEL1.length + 1));
  const sections = [
    { key: ATTACHMENTS, lines: numbers.map(({ id, value }) => `${reg(id)}=${dword(value)}`) },
    {
      key: OUTLOOK,
      // The list holds only where group policy decides on attachments.
      lines:
        types.length === 0
          ? []
          : [`${reg("AdminSecurityMode")}=${dword(3)}`, `${reg("FileExtensionsAddLevel1")}=${reg(types.join(";"))}`],
    },
    { key: HOST, lines: ids.includes(HOST_OFF) ? [`${reg("Enabled")}=${dword(0)}`] : [] },
  ];
  return [{ name: "attachments.reg", text: regText(sections.filter(({ lines }) => lines.length > 0)) }];
}

/**
 * @see https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/information-about-attachment-manager
 * @see https://learn.microsoft.com/outlook/troubleshoot/security/information-about-email-security-settings
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
  title: "Attachments and Windows Script Host",
  cannot: [
    "The note of origin stops nothing by itself: programs that heed it (SmartScreen, Office, script hosts) do.",
    "Outlook’s list is about attachments of mail: what comes in an archive or by a link is not seen.",
    "With Windows Script Host off no script of it runs, whoever wrote it; scripts in mshta.exe and in rundll32.exe are not of it.",
  ],
  semantics,
  sniff: (head) =>
    isReg(head) && /\\(?:Policies\\Attachments|Windows Script Host\\Settings|Outlook\\Security)\]/i.test(head)
      ? 0.9
      : 0,
  read,
  write,
  refuses: (rule) => (attachmentRule(rule.id) ? undefined : "there is no such setting"),
};
