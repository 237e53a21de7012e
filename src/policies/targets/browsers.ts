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
const FIREFOX: readonly FilePattern[] = ["*\\firefox.exe", "*/firefox"].map((path) => ({ path }));
/** Firefox’s own policies: hosts that it does not open, add-ons that it does not install (`*` is any). */
const FIREFOX_LISTS = ["WebsiteFilter", "ExtensionSettings"];
const LISTS = ["URLBlocklist", "ExtensionInstallBlocklist", "JavaScriptBlockedForUrls"];
const NUMBERS = ["DownloadRestrictions", "DefaultJavaScriptSetting"];
const ALL = [...LISTS, ...NUMBERS, ...FIREFOX_LISTS];

/** The rule that a setting is. Its id holds the setting, `DownloadRestrictions=1` or `URLBlocklist=*.example`. */
export function browserRule(setting: string, value: string): Rule | undefined {
  const id = `${setting}=${value}`;
  if (setting === "DownloadRestrictions") {
    // Of a dangerous type are “many” programs, by what the browser knows of the site and of what the person did.
    const verdict = [{ beyond: "what the browser takes for dangerous or malicious is not logged" }];
    const object = { "1": verdict, "2": verdict, "3": [{ path: "*\\downloads\\*" }], "4": verdict }[value];
    return object && { id, action: "deny", on: ["write"], subject: BROWSERS, object };
  }
  // With a dot in front it is one host, without those below it.
  if (setting === "URLBlocklist")
    return {
      id,
      action: "deny",
      on: ["connect"],
      subject: BROWSERS,
      peer: { addresses: [value.replace(/^\.(?=\w)/, "=")] },
    };
  if (setting === "WebsiteFilter")
    return { id, action: "deny", on: ["connect"], subject: FIREFOX, peer: { addresses: [value] } };
  // What pages run and which extensions are installed stands in no event.
  return FIREFOX_LISTS.includes(setting) || LISTS.includes(setting) || NUMBERS.includes(setting)
    ? { id, action: "deny", on: [] }
    : undefined;
}

class BrowserReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];

  take(setting: string, value: unknown, line: number): void {
    if (!ALL.includes(setting)) return;
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
  const { policies } = settings as { readonly policies?: unknown };
  if (policies !== null && typeof policies === "object") readFirefox(policies, reader);
  for (const [name, value] of Object.entries(settings))
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) reader.take(name, one, 1);
}

const ofObject = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === "object" ? (value as Readonly<Record<string, unknown>>) : {};
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** @see https://mozilla.github.io/policy-templates/ */
function readFirefox(policies: object, reader: BrowserReader): void {
  const { WebsiteFilter: filter, ExtensionSettings: extensions } = ofObject(policies);
  const { Block: blocked, Exceptions: exceptions } = ofObject(filter);
  for (const pattern of listOf(blocked)) {
    const host = pattern === "<all_urls>" ? "*" : /^\*:\/\/\*\.([^/*]+)\/\*$/.exec(String(pattern))?.[1];
    if (host === undefined) reader.unknown.push({ what: "a pattern of WebsiteFilter", line: 1, on: ["connect"] });
    else reader.take("WebsiteFilter", host, 1);
  }
  if (listOf(exceptions).length > 0)
    reader.unknown.push({ what: "Exceptions of WebsiteFilter", line: 1, on: ["connect"] });
  for (const [id, how] of Object.entries(ofObject(extensions)))
    if (ofObject(how).installation_mode === "blocked") reader.take("ExtensionSettings", id, 1);
}

function read(text: string, name: string): Policy {
  const reader = new BrowserReader();
  if (isReg(text)) {
    const { values, unread } = readReg(text);
    for (const { key, name: setting, value, line } of values) {
      const list = /\\(?:Chrome|Edge)\\(\w{1,64})$/i.exec(key)?.[1];
      if (/\\(?:Chrome|Edge)(?:\\|$)/i.test(key)) reader.take(list ?? setting, value, line);
    }
    for (const part of unread) reader.unknown.push(part);
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
  const firefox = firefoxText(all);
  return [
    { name: "browsers.reg", text: regText(sections) },
    { name: "browsers.json", text: `${JSON.stringify(json, null, 2)}\n` },
    ...(firefox === undefined ? [] : [{ name: "policies.json", text: firefox }]),
  ];
}

/** Firefox’s file; undefined where nothing is for it. A host with signs of a pattern in it cannot be written. */
function firefoxText(all: readonly ReturnType<typeof settingOf>[]): string | undefined {
  const of = (name: string) => all.filter(({ setting }) => setting === name).map(({ value }) => value);
  const hosts = of("WebsiteFilter").filter((host) => host === "*" || !/[/*]/.test(host));
  const extensions = of("ExtensionSettings");
  if (hosts.length + extensions.length === 0) return undefined;
  const policies = {
    ...(hosts.length > 0 && {
      WebsiteFilter: { Block: hosts.map((host) => (host === "*" ? "<all_urls>" : `*://*.${host}/*`)) },
    }),
    ...(extensions.length > 0 && {
      ExtensionSettings: Object.fromEntries(extensions.map((id) => [id, { installation_mode: "blocked" }])),
    }),
  };
  return `${JSON.stringify({ policies }, null, 2)}\n`;
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
  title: "Browser policies (Chrome, Edge, Firefox)",
  triesNoRule: true,
  actsAtOnce: true,
  cannot: [
    "They hold for the browser only: what comes by mail, chat, USB or another program is not seen.",
    "Firefox has no policy on dangerous downloads; its filter of sites has no ports and no addresses.",
    "The verdicts on downloads are made by the browser's service; logs do not have them.",
  ],
  semantics,
  sniff: (head) =>
    /\\Policies\\(?:Google\\Chrome|Microsoft\\Edge)\b/i.test(head) ||
    (/^\s*\{/.test(head) &&
      /"(?:WebsiteFilter|ExtensionSettings|DownloadRestrictions|URLBlocklist|ExtensionInstallBlocklist|DefaultJavaScriptSetting)"/.test(
        head,
      ))
      ? 0.9
      : 0,
  read,
  write,
  refuses(rule) {
    const { setting, value } = settingOf(rule);
    return browserRule(setting, value) ? undefined : "there is no such setting";
  },
};
