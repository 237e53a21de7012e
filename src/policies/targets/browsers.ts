import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import { reg } from "../languages/escape.ts";
import { dword, isReg, readReg, regText } from "../languages/reg.ts";
import type { FilePattern, Policy, Rule, UnknownPart } from "../model.ts";
import { damaged } from "../read.ts";
import type { PolicyFile, Target } from "../target.ts";

const KEYS = [
  "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Google\\Chrome",
  "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Edge",
];
const BROWSERS: readonly FilePattern[] = ["*\\chrome.exe", "*\\msedge.exe", "*/chrome", "*/chromium", "*/msedge"].map(
  (path) => ({
    path,
  }),
);
/** Types that browsers take for dangerous by themselves. */
const DANGEROUS: readonly FilePattern[] =
  ".exe .dll .scr .com .msi .msp .hta .js .jse .vbs .vbe .wsf .bat .cmd .ps1 .chm .cpl .inf .reg .lnk .url .xll .iso .vhd"
    .split(" ")
    .map((extension) => ({ extension }));
const LISTS = ["URLBlocklist", "ExtensionInstallBlocklist", "JavaScriptBlockedForUrls"];
const NUMBERS = ["DownloadRestrictions", "DefaultJavaScriptSetting"];

/** The rule that a setting is. Its id holds the setting, `DownloadRestrictions=1` or `URLBlocklist=*.example`. */
export function browserRule(setting: string, value: string): Rule | undefined {
  const id = `${setting}=${value}`;
  if (setting === "DownloadRestrictions") {
    const verdict = { beyond: "the verdict of Safe Browsing or SmartScreen is not logged" };
    const object = { "1": DANGEROUS, "2": [...DANGEROUS, verdict], "3": [{ path: "*\\downloads\\*" }], "4": [verdict] }[
      value
    ];
    return object && { id, action: "deny", on: ["write"], subject: BROWSERS, object };
  }
  if (setting === "URLBlocklist")
    return { id, action: "deny", on: ["connect"], subject: BROWSERS, peer: { addresses: [value] } };
  // What pages run and which extensions are installed stands in no event.
  return LISTS.includes(setting) || NUMBERS.includes(setting) ? { id, action: "deny", on: [] } : undefined;
}

class BrowserReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];

  take(setting: string, value: unknown, line: number): void {
    if (!LISTS.includes(setting) && !NUMBERS.includes(setting)) return;
    const rule =
      typeof value === "string" || typeof value === "number" ? browserRule(setting, String(value)) : undefined;
    if (rule) {
      if (!this.rules.some(({ id }) => id === rule.id)) this.rules.push(rule);
    } else if (value !== 0) this.unknown.push({ what: `the value of ${setting}`, line, on: ["write", "connect"] });
  }
}

function readJson(text: string, reader: BrowserReader): void {
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch (error) {
    damaged({ line: 1 }, `no JSON: ${(error as Error).message}`);
  }
  if (settings === null || typeof settings !== "object" || Array.isArray(settings))
    damaged({ line: 1 }, "no object of settings");
  for (const [name, value] of Object.entries(settings))
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) reader.take(name, one, 1);
}

function read(text: string, name: string): Policy {
  const reader = new BrowserReader();
  if (isReg(text)) {
    const { values, unread } = readReg(text);
    for (const { key, name: setting, value, line } of values) {
      const list = /\\(?:Chrome|Edge)\\(\w{1,64})$/i.exec(key)?.[1];
      if (/\\(?:Chrome|Edge)(?:\\|$)/i.test(key)) reader.take(list ?? setting, value, line);
    }
    reader.unknown.push(...unread.map((line) => ({ what: "a line", line })));
  } else readJson(text, reader);
  return { target: "browsers", name, mode: "enforce", rules: reader.rules, unknown: reader.unknown };
}

const settingOf = ({ id }: Rule) => {
  const at = id.indexOf("=");
  return { setting: id.slice(0, at), value: id.slice(at + 1) };
};

function write(policy: Policy): readonly PolicyFile[] {
  const all = policy.rules.map(settingOf);
  const numbers = all.filter(({ setting }) => NUMBERS.includes(setting));
  const lists = LISTS.map((list) => ({
    list,
    values: all.filter(({ setting }) => setting === list).map(({ value }) => value),
  }));
  const filled = lists.filter(({ values }) => values.length > 0);
  const sections = KEYS.flatMap((key) => [
    { key, lines: numbers.map(({ setting, value }) => `${reg(setting)}=${dword(Number(value))}`) },
    ...filled.map(({ list, values }) => ({
      key: `${key}\\${list}`,
      lines: values.map((value, at) => `${reg(String(at + 1))}=${reg(value)}`),
    })),
  ]);
  const json = Object.fromEntries([
    ...numbers.map(({ setting, value }) => [setting, Number(value)] as const),
    ...filled.map(({ list, values }) => [list, values] as const),
  ]);
  return [
    { name: "browsers.reg", text: regText(sections) },
    { name: "browsers.json", text: `${JSON.stringify(json, null, 2)}\n` },
  ];
}

/** @see https://chromeenterprise.google/policies/#DownloadRestrictions */
const semantics: Semantics = {
  platforms: ["windows", "linux", "macos"],
  order: "denyFirst",
  variables: ENVIRONMENT_VARIABLES,
  reach: (policy, act) =>
    act.on === "write" || act.on === "connect" ? { mode: policy.mode, otherwise: undefined } : undefined,
};

export const browsers: Target = {
  id: "browsers",
  title: "Browser policies (Chrome and Edge)",
  cannot: [
    "They hold for the browser only: what comes by mail, chat, USB or another program is not seen.",
    "The verdicts on downloads are made by the browser's service; logs do not have them.",
  ],
  semantics,
  sniff: (head) =>
    /\\Policies\\(?:Google\\Chrome|Microsoft\\Edge)\b/i.test(head) ||
    (/^\s*\{/.test(head) &&
      /"(?:DownloadRestrictions|URLBlocklist|ExtensionInstallBlocklist|DefaultJavaScriptSetting)"/.test(head))
      ? 0.9
      : 0,
  read,
  write,
  refuses(rule) {
    const { setting, value } = settingOf(rule);
    return browserRule(setting, value) ? undefined : "there is no such setting";
  },
};
