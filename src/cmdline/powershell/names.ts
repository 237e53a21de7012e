import { entryOf } from "../../model/entry.ts";

/** Aliases that Windows PowerShell brings along, for the cmdlets that are followed. */
const ALIASES: Readonly<Record<string, string>> = {
  iex: "invoke-expression",
  iwr: "invoke-webrequest",
  curl: "invoke-webrequest",
  wget: "invoke-webrequest",
  irm: "invoke-restmethod",
  saps: "start-process",
  start: "start-process",
  ii: "invoke-item",
  iwmi: "invoke-wmimethod",
  icim: "invoke-cimmethod",
  gwmi: "get-wmiobject",
  gcim: "get-ciminstance",
  swmi: "set-wmiinstance",
  ncim: "new-ciminstance",
  gcb: "get-clipboard",
  ipmo: "import-module",
  gc: "get-content",
  cat: "get-content",
  type: "get-content",
  sc: "set-content",
  ac: "add-content",
  tee: "tee-object",
  copy: "copy-item",
  cp: "copy-item",
  cpi: "copy-item",
  move: "move-item",
  mv: "move-item",
  mi: "move-item",
  ren: "rename-item",
  rni: "rename-item",
  sal: "set-alias",
  nal: "new-alias",
  sv: "set-variable",
  set: "set-variable",
  nv: "new-variable",
  gv: "get-variable",
  icm: "invoke-command",
  "%": "foreach-object",
  foreach: "foreach-object",
  "?": "where-object",
  where: "where-object",
  sajb: "start-job",
  gcm: "get-command",
  gal: "get-alias",
  echo: "write-output",
  write: "write-output",
  sp: "set-itemproperty",
  rp: "remove-itemproperty",
  ri: "remove-item",
  rm: "remove-item",
  del: "remove-item",
  ni: "new-item",
  select: "select-object",
  sort: "sort-object",
  asnp: "add-pssnapin",
  gi: "get-item",
  si: "set-item",
  gci: "get-childitem",
  dir: "get-childitem",
  ls: "get-childitem",
  gp: "get-itemproperty",
  gpv: "get-itempropertyvalue",
  cd: "set-location",
  chdir: "set-location",
  sl: "set-location",
  pushd: "push-location",
  popd: "pop-location",
};

/** Other aliases and functions of PowerShell: not programs. */
const OTHER = new Set(
  (
    "ac clc clear clhy cli clp cls clv cnsn compare copy cvpa dbp del diff dnsn ebp epal epcsv epsn erase etsn exsn fc fhx fl " +
    "fw gbp gcs gdr ghy gin gjb gl gm gmo gp gps gpv group gsn gsnp gsv gtz gu h history ihy ipal ipcsv ipsn kill lp man " +
    "md measure mkdir more mount mp ndr oh ogv prompt ps pwd r rbp rcjb rcsn rd rdr ri rjb rm rmdir rmo rnp rp rsn rsnp rujb rv " +
    "rvpa rwmi sbp si sleep sls spjb spps spsv sujb tnc trcm wjb ft help exit in break continue return begin process end"
  ).split(" "),
);

const COMMON_NAMES = [
  "Invoke-Expression",
  "Invoke-WebRequest",
  "Invoke-RestMethod",
  "Invoke-Command",
  "Invoke-Item",
  "New-Object",
  "Start-Process",
  "Get-Content",
  "Set-Content",
  "Get-Command",
  "ForEach-Object",
  "Write-Output",
  "Write-Host",
  "Out-String",
  "Out-File",
];

/** Verbs that PowerShell approves of, as `Get-Verb` lists them, and those of its own cmdlets that are none. */
const VERBS = new Set(
  (
    "add clear close copy enter exit find format get hide join lock move new open optimize pop push redo remove rename reset resize " +
    "search select set show skip split step switch undo unlock watch connect disconnect read receive send write backup checkpoint " +
    "compare compress convert convertfrom convertto dismount edit expand export group import initialize limit merge mount out publish " +
    "restore save sync unpublish update debug measure ping repair resolve test trace approve assert build complete confirm deny deploy " +
    "disable enable install invoke register request restart resume start stop submit suspend uninstall unregister wait block grant " +
    "protect revoke unblock unprotect use foreach where sort tee"
  ).split(" "),
);

/** Whether a name is a cmdlet's: an approved verb and a noun. Programs such as `ssh-keygen` have names of that form, too. */
export function isCmdletName(lower: string): boolean {
  const verb = /^([a-z]{2,24})-[a-z]\w{0,63}$/.exec(lower)?.[1];
  return verb !== undefined && VERBS.has(verb);
}

export function isShellName(lower: string): boolean {
  return OTHER.has(lower) || Object.hasOwn(ALIASES, lower);
}

/** The cmdlet that a name stands for: module prefix, aliases of the code and usual aliases resolved; lower case. */
export function cmdletName(written: string, own: ReadonlyMap<string, string>): string {
  let name = written
    .trim()
    .toLowerCase()
    .replace(/^microsoft\.powershell\.[a-z]{1,16}\\/, "");
  for (let hops = 0; hops < 5 && own.has(name); hops++) name = own.get(name)!;
  return entryOf(ALIASES, name) ?? name;
}

/** Cmdlet or alias that a pattern with `*` and `?` names, as `Get-Command` would find it. */
export function commandByPattern(pattern: string): string | undefined {
  return firstOf([...COMMON_NAMES, ...Object.keys(ALIASES)], pattern);
}

/** Where a program lies that a pattern means which no command fits: most programs that can be named alone lie in Windows' own folder. */
export function programByPattern(pattern: string): string | undefined {
  if (!/\w{2}/.test(pattern) || !/^[\w.*?-]{1,64}$/.test(pattern)) return undefined;
  return `C:\\Windows\\System32\\${/\.\w{2,3}$/.test(pattern) ? pattern : `${pattern}.exe`}`;
}

/** Alias that a pattern names, as `Get-Alias` would find it. */
export function aliasByPattern(pattern: string): string | undefined {
  return firstOf(Object.keys(ALIASES), pattern);
}

/** Of the variables that PowerShell has made itself the one whose letters are cut out to spell commands, where a pattern means it. */
export function automaticByPattern(pattern: string): string | undefined {
  return /[*?]/.test(pattern) ? firstOf(["MaximumDriveCount"], pattern) : undefined;
}

function firstOf(names: readonly string[], pattern: string): string | undefined {
  // `?` and `%` are aliases themselves.
  if (!/[*?]/.test(pattern) || !/\w/.test(pattern)) return pattern;
  const parts = pattern.toLowerCase().slice(0, 64).split("*");
  return names.find((name) => matchesParts(name.toLowerCase(), parts));
}

/** Place from `at` on where a part stands, in which `?` is any character; -1 where it does not. */
function placeOf(part: string, name: string, from: number): number {
  for (let at = from; at + part.length <= name.length; at++) if (standsAt(part, name, at)) return at;
  return -1;
}

function standsAt(part: string, name: string, at: number): boolean {
  if (at < 0 || at + part.length > name.length) return false;
  for (let i = 0; i < part.length; i++) if (part[i] !== "?" && part[i] !== name[at + i]) return false;
  return true;
}

function matchesParts(name: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (!standsAt(first, name, 0)) return false;
  if (last === undefined) return first.length === name.length;
  let at = first.length;
  for (const part of others) {
    const next = placeOf(part, name, at);
    if (next < 0) return false;
    at = next + part.length;
  }
  return at <= name.length - last.length && standsAt(last, name, name.length - last.length);
}
