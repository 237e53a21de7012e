import type { CatalogEntry } from "../../catalog/types.ts";
import { baseName } from "../../invocations/glob.ts";
import { resolvedOf } from "../../model/payload.ts";
import type { FileFacts } from "../decide/act.ts";
import { isWhole } from "../decide/paths.ts";
import { ADMINISTRATORS, EVERYBODY } from "../ids.ts";
import type { Rule } from "../model.ts";
import { asrRule } from "../targets/asr/rules.ts";
import { partsWith } from "../targets/features/parts.ts";
import { type CureSubject, type Form, folderOf, isSystems, rule, SOMEBODY } from "./forms.ts";

/** What sessions and desktops of everybody are made of: to leave it to a group, or deny it to people, would break them. */
const EVERYBODYS =
  /^(?:explorer|rundll32|dllhost|svchost|services|conhost|cmd|control|msiexec|verclsid|taskhostw|taskeng|sihost|openwith|userinit|runonce|werfault|ctfmon|backgroundtaskhost)\.exe$/;
/** No copied or impersonated system tools; PsExec and WMI start no processes. */
const COPIES = "c0033c00-d16d-4114-a5a0-dc9b3a7d2ceb";
const BY_WMI = "d1e49aac-8f56-4280-b9ba-993a6d77406c";
const WMI_HOST = "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe";
const STARTED_BY_WMI = /\\(?:wmiprvse|psexesvc)\.exe$/i;

const started = (object: FileFacts, subject: FileFacts = {}) =>
  ({ on: "execute", subject, object, platform: "windows" }) as const;

/** A copy outside of where Windows keeps the program: its folder, and what Defender knows of copies. */
function* copyForms({ user = SOMEBODY }: CureSubject, file: FileFacts): Generator<Form> {
  const { path = "" } = file;
  const folder = isWhole(path) && !isSystems(path) ? folderOf(path) : undefined;
  if (folder === undefined) return;
  yield {
    target: "applocker",
    act: { ...started(file), user, elevated: false },
    rule: rule("M1038", "execute", { object: [{ path: `${folder}*` }], scope: [EVERYBODY] }),
    text: `executable rule that denies programs in ${folder}`,
  };
  const copies = asrRule(COPIES, "enforce");
  if (copies)
    yield {
      target: "asr",
      act: started(file),
      rule: { ...copies, measure: "M1050" },
      text: "block the use of copied or impersonated system tools",
    };
}

/** What WMI and PsExec start is a child of their host. */
function* wmiForms({ parent, runs }: CureSubject, techniques: readonly string[], file: FileFacts): Generator<Form> {
  const byWmi = asrRule(BY_WMI, "enforce");
  const text = "block process creations that originate from PsExec and WMI commands";
  if (!byWmi) return;
  const own = { target: "asr", rule: { ...byWmi, measure: "M1050" }, text } as const;
  if (parent !== undefined && STARTED_BY_WMI.test(parent)) yield { ...own, act: started(file, { path: parent }) };
  const child = runs.find(({ what }) => what === "command" || what === "executable");
  if (!techniques.includes("T1047") || !child) return;
  const name = resolvedOf(child);
  const path = isWhole(name) ? name : `C:\\Windows\\System32\\${baseName(name)}`;
  yield { ...own, act: started({ path }, { path: WMI_HOST }) };
}

/** A part of Windows that holds the program can be taken away. */
function* partForms(entry: CatalogEntry, file: FileFacts): Generator<Form> {
  if (entry.needed === "system") return;
  for (const part of partsWith(baseName(file.path ?? "")))
    yield {
      target: "features",
      act: started(file),
      rule: part,
      text: `remove the ${part.id.replace(/~.*$/, "")}; who asks the same of Windows without this program is not stopped`,
    };
}

/** Everybody may start all but one program, and administrators that one, too. */
function leftToAdministrators(name: string): readonly [Rule, Rule] {
  const all = { action: "allow", object: [{ path: "*" }] } as const;
  return [
    rule("M1026", "execute", {
      ...all,
      scope: [EVERYBODY],
      exceptions: [{ path: `*\\${name}` }],
      description: `all but ${name}`,
    }),
    rule("M1026", "execute", { ...all, scope: [ADMINISTRATORS], description: "administrators start all" }),
  ];
}

/**
 * Whose accounts may start a tool of administration at all. Where the act needs administrative rights, nobody else could do it
 * anyway: then only a denial that holds for administrators' own sessions stops it, while what services start is left alone.
 */
function* groupForms(
  { behaviour, user = SOMEBODY }: CureSubject,
  entry: CatalogEntry,
  file: FileFacts,
): Generator<Form> {
  if (entry.signer !== "Microsoft Windows" || EVERYBODYS.test(entry.name) || !entry.name.endsWith(".exe")) return;
  const needsRights = entry.behaviours.some(({ id, rights }) => id === behaviour && rights === "administrator");
  if (needsRights) {
    yield {
      target: "applocker",
      act: { ...started(file), user, elevated: true },
      rule: rule("M1038", "execute", { object: [{ path: `*\\${entry.name}` }], scope: [EVERYBODY] }),
      text: `deny ${entry.name} to all who log on, administrators among them, who could take the rule back; services go on using it`,
    };
    return;
  }
  const [first, more] = leftToAdministrators(entry.name);
  yield {
    target: "applocker",
    act: { ...started(file), user },
    rule: first,
    more: [more],
    text: `leave ${entry.name} to administrators (allowed to their group only), which stops nobody who has their rights`,
  };
}

/** What stops a tool of administration, where nothing narrower does. */
export function* accountForms(subject: CureSubject, entry: CatalogEntry, file: FileFacts): Generator<Form> {
  const techniques = entry.behaviours.find(({ id }) => id === subject.behaviour)?.techniques ?? [];
  yield* copyForms(subject, file);
  yield* wmiForms(subject, techniques, file);
  yield* partForms(entry, file);
  yield* groupForms(subject, entry, file);
}
