/**
 * A second reader and decider of the files that `harden` writes, made for tests and sharing no code with src/policies: it goes by the
 * products' documentation and by the text of the files alone.
 */
export interface Run {
  /** Path of the program, its original file name where known, the user, the parent’s path. */
  readonly image: string;
  readonly original: string | undefined;
  readonly user: string | undefined;
  /** Whether it has administrative rights; undefined where the log does not say. */
  readonly elevated?: boolean | undefined;
  readonly parent: string | undefined;
  /** Whole paths of libraries that it loads; a library of Windows by its bare name. */
  readonly loads: readonly string[];
  readonly packages: readonly string[];
  /** Whether it fetches from elsewhere, and whether that is by an address of the internet or a share of it. */
  readonly fetches: boolean;
  readonly far?: "web" | "share" | undefined;
  /** The service that the process hosts, by its short name. */
  readonly service?: string | undefined;
  /** A document that a person opened, by its path. */
  readonly document: string | undefined;
  /** Whether the program has the hash of one that was seen where Windows keeps it: a copy has its signature. */
  readonly isCopy?: boolean | undefined;
}

export interface Files {
  readonly [name: string]: string;
}

type Attributes = Readonly<Record<string, string>>;

const plain = (text: string) =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

/** The same texts are asked again and again. */
const asked = new Map<string, Map<string, unknown>>();

function once<T>(text: string, name: string, make: () => T): T {
  const known = asked.get(text) ?? new Map<string, unknown>();
  asked.set(text, known);
  if (!known.has(name)) known.set(name, make());
  return known.get(name) as T;
}

/** Start tags of these names with their attributes, in order. */
const tags = (text: string, name: string): Attributes[] => once(text, `<${name}>`, () => readTags(text, name));

function readTags(text: string, name: string): Attributes[] {
  return [...text.matchAll(new RegExp(`<${name}\\b([^>]*)>`, "g"))].map(([, body = ""]) =>
    Object.fromEntries(
      [...body.matchAll(/([A-Za-z]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, plain(value)]),
    ),
  );
}

/** Bodies of elements of these names. */
const bodies = (text: string, name: string): string[] =>
  once(text, name, () =>
    [...text.matchAll(new RegExp(`<${name}\\b[^>]*>[\\s\\S]*?</${name}>`, "g"))].map(([body]) => body),
  );

function like(pattern: string, text: string): boolean {
  return once(pattern, "like", () => expressionOf(pattern)).test(text.toLowerCase());
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .toLowerCase()
    .split("*")
    .map((part) => part.replace(/[.+^${}()|[\]\\]/g, "\\$&"))
    .join(".*");
  return new RegExp(`^${source}$`);
}

const base = (path: string) => path.split("\\").at(-1)?.toLowerCase() ?? "";
const inWindows = (path: string) => /^c:\\(windows|program files( \(x86\))?)\\/i.test(path);
const original = ({ image, original: name }: Pick<Run, "image" | "original">) =>
  name ?? (inWindows(image) ? base(image) : undefined);

const windowsPath = (path: string) => path.replace("%OSDRIVE%", "c:").replace("%WINDIR%", "c:\\windows");

function appControl(text: string, run: Run): string | undefined {
  const scenario = bodies(text, "SigningScenario").find((body) => /Value="12"/.test(body)) ?? "";
  const referenced = once(
    scenario,
    "references",
    () => new Set(tags(scenario, "FileRuleRef").map((one) => one.RuleID)),
  );
  const macros = Object.fromEntries(tags(text, "Macro").map((macro) => [`$(${macro.Id})`, macro.Value]));
  const name = original(run)?.toLowerCase();
  if (!/<Option>Enabled:UMCI<\/Option>/.test(text) || /Audit Mode/.test(text)) return undefined;
  for (const rule of tags(text, "Deny")) {
    if (!referenced.has(rule.ID ?? "")) continue;
    if (rule.AppIDs === undefined) {
      if (rule.FileName !== undefined && rule.FileName.toLowerCase() === name)
        return `App Control denies ${rule.FileName}`;
      const { FilePath: path } = rule;
      if (
        path !== undefined &&
        [run.image, ...run.loads].some((one) => one.includes("\\") && like(windowsPath(path), one))
      )
        return `App Control denies what lies in ${path}`;
      continue;
    }
    const apps = (rule.AppIDs.match(/\$\([^)]*\)/g) ?? []).map((macro) => macros[macro]?.toLowerCase());
    if (name === undefined || !apps.includes(name)) continue;
    for (const module of run.loads) {
      const path = windowsPath(rule.FilePath ?? "");
      const isBare = !module.includes("\\") || inWindows(module);
      if (rule.FileName !== undefined && isBare && rule.FileName.toLowerCase() === base(module))
        return `App Control keeps ${base(module)} out`;
      if (rule.FilePath !== undefined && module.includes("\\") && like(path, module))
        return `App Control keeps ${rule.FilePath} out`;
    }
  }
  return undefined;
}

const APPLOCKER: Readonly<Record<string, readonly string[]>> = {
  "%WINDIR%": ["c:\\windows"],
  "%SYSTEM32%": ["c:\\windows\\system32", "c:\\windows\\syswow64"],
  "%PROGRAMFILES%": ["c:\\program files", "c:\\program files (x86)"],
  "%OSDRIVE%": ["c:"],
};

function pathFits(pattern: string, path: string): boolean {
  const variable = /^%\w+%/.exec(pattern)?.[0];
  const folders = variable === undefined ? [""] : (APPLOCKER[variable] ?? []);
  return folders.some((folder) => like(folder + pattern.slice(variable?.length ?? 0), path));
}

interface Named {
  readonly path: string;
  readonly name?: string | undefined;
  readonly isCopy?: boolean | undefined;
}

function conditionFits(text: string, { path, name, isCopy }: Named): boolean {
  if (tags(text, "FilePathCondition").some((one) => pathFits(one.Path ?? "", path))) return true;
  // Only files that lie where installers put them, and copies of these, are taken for signed by who wrote Windows.
  return tags(text, "FilePublisherCondition").some(
    (one) => (isCopy || inWindows(path)) && one.BinaryName?.toLowerCase() === name?.toLowerCase(),
  );
}

/** Packaged apps have a collection of their own, and start by its rules alone once there are any for programs. */
const isPackaged = (path: string) => /^c:\\(program files\\windowsapps|windows\\systemapps)\\/i.test(path);

/** Whether a collection blocks a file. What administrators alone may do is done by whoever may be one. */
function collection(text: string, type: string, file: Named, isAdministrator = true): boolean {
  const body = bodies(text, "RuleCollection").find((one) => one.includes(`Type="${type}"`)) ?? "";
  if (!/^<RuleCollection[^>]*EnforcementMode="Enabled"/.test(body)) return false;
  const rules = ["FilePathRule", "FilePublisherRule"].flatMap((kind) => bodies(body, kind));
  const fits = (rule: string) => {
    const [conditions = "", exceptions = ""] = [bodies(rule, "Conditions")[0], bodies(rule, "Exceptions")[0]];
    if (!isAdministrator && rule.includes('UserOrGroupSid="S-1-5-32-544"')) return false;
    return conditionFits(conditions, file) && !conditionFits(exceptions ?? "", file);
  };
  if (rules.some((rule) => rule.includes('Action="Deny"') && fits(rule))) return true;
  return rules.length > 0 && !rules.some((rule) => rule.includes('Action="Allow"') && fits(rule));
}

function blocksPackaged(text: string): boolean {
  const [programs = "", apps = ""] = ["Exe", "Appx"].map((type) =>
    bodies(text, "RuleCollection").find((one) => one.includes(`Type="${type}"`)),
  );
  return /EnforcementMode="Enabled"[^>]*>\s*</.test(programs) && !apps.includes('Action="Allow"');
}

function appLocker(text: string, run: Run): string | undefined {
  if (run.user === undefined || /^(.*\\)?(system|local service|network service)$/i.test(run.user)) return undefined;
  const isAdministrator = run.elevated !== false;
  const isBlocked = isPackaged(run.image)
    ? blocksPackaged(text)
    : collection(text, "Exe", { path: run.image, name: original(run), isCopy: run.isCopy }, isAdministrator);
  if (isBlocked) return "AppLocker denies the program";
  const module = run.loads.find(
    (one) => one.includes("\\") && /\.(dll|ocx)$/i.test(one) && collection(text, "Dll", { path: one }),
  );
  if (module) return `AppLocker denies ${module}`;
  const pack = run.packages.find((one) => /\.(msi|msp|mst)$/i.test(one) && collection(text, "Msi", { path: one }));
  return pack && `AppLocker denies ${pack}`;
}

function firewall(text: string, run: Run): string | undefined {
  if (!run.fetches && run.far === undefined) return undefined;
  const blocked = [...text.matchAll(/"v2\.\d+\|Action=Block\|Active=TRUE\|Dir=Out\|([^"]*)"/g)].map(
    ([, rest = ""]) => rest,
  );
  const program = (rest: string) =>
    /App=([^|]*)/.exec(rest)?.[1]?.replaceAll("\\\\", "\\").replace("%SystemRoot%", "C:\\Windows");
  // Shares are reached by the system, and BITS moves what bitsadmin asks for: rules for these programs stop neither.
  const isOthers = run.far === "share" || (base(run.image) === "bitsadmin.exe" && run.service === undefined);
  const isMet = (rest: string) => {
    const path = program(rest)?.toLowerCase();
    const isOurs =
      path === undefined
        ? rest.includes("RPort=445") && run.far === "share"
        : path === run.image.toLowerCase() && !isOthers;
    const service = /Svc=([^|]*)/.exec(rest)?.[1];
    if (service !== undefined && service !== run.service) return false;
    return (
      isOurs && (!/\|RA[46]/.test(`|${rest}`) || (/RA42=IntErnet\|RA62=IntErnet/.test(rest) && run.far !== undefined))
    );
  };
  return blocked.some(isMet) ? "the firewall blocks it" : undefined;
}

function associations(text: string, run: Run): string | undefined {
  if (run.document === undefined || !/\\explorer\.exe$/i.test(run.parent ?? "")) return undefined;
  const extension = /\.\w+$/.exec(run.document)?.[0].toLowerCase();
  const found = tags(text, "Association").find((one) => one.Identifier === extension);
  return found?.ProgId === "txtfile" ? `${extension} opens in a text editor` : undefined;
}

/** A program that may start nothing, and libraries that may not come from elsewhere; names and paths are compared whole. */
function exploitProtection(text: string, run: Run): string | undefined {
  const programs = once(text, "programs", () =>
    bodies(text, "AppConfig").map((body) => ({ body, name: tags(body, "AppConfig")[0]?.Executable?.toLowerCase() })),
  );
  const isSet = (path: string | undefined, element: string, attribute: string) =>
    path !== undefined &&
    programs.some(
      ({ body, name }) =>
        (name === base(path) || name === path.toLowerCase()) && tags(body, element)[0]?.[attribute] === "true",
    );
  if (isSet(run.parent, "ChildProcess", "DisallowChildProcessCreation"))
    return `${base(run.parent ?? "")} starts nothing`;
  if (run.loads.some((one) => one.startsWith("\\\\")) && isSet(run.image, "ImageLoad", "BlockRemoteImageLoads"))
    return "Exploit Protection keeps other machines’ libraries out";
  return undefined;
}

/** Paths over WebDAV need the service that the script switches off. */
function features(text: string, run: Run): string | undefined {
  const isOff = /^Set-Service -StartupType Disabled -Name 'WebClient'$/m.test(text);
  const isDav = (path: string) => /^\\\\(?:[^\\]*@[^\\]*\\|[^\\]+\\davwwwroot\\)/i.test(path);
  return isOff && [...run.loads, ...run.packages, run.document ?? ""].some(isDav)
    ? "WebDAV is switched off"
    : undefined;
}

/** What stops a run; undefined where nothing does. */
export function stoppedBy(files: Files, run: Run): string | undefined {
  return (
    appControl(files["appcontrol.xml"] ?? "", run) ??
    appLocker(files["applocker.xml"] ?? "", run) ??
    firewall(files["firewall.reg"] ?? "", run) ??
    associations(files["associations.xml"] ?? "", run) ??
    exploitProtection(files["exploitprotection.xml"] ?? "", run) ??
    features(files["features.ps1"] ?? "", run)
  );
}
