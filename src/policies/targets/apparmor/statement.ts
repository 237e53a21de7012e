/** Rules on what no event of ours tells. */
const OTHERS =
  /^(?:capability|signal|ptrace|unix|dbus|mount|remount|umount|pivot_root|mqueue|userns|io_uring|rlimit|set\s+rlimit|abi|link)\b/;
const FILE_RULE =
  /^(?:file\s+)?(?:("(?:[^"\\]|\\.)*"|[/@]\S*)\s+([rwaxmlkiupcPUC]+)|([rwaxmlkiupcPUC]+)\s+("(?:[^"\\]|\\.)*"|[/@]\S*))(?:\s*->\s*("[^"]*"|\S+))?$/;
const QUALIFIER = /^(?:(audit)|(deny)|allow|(owner)|priority=(-?\d{1,9}))\s+/;

/** What a rule is about. `open`: it may allow more than is known here. */
export type Said =
  | { readonly kind: "open" | "unknown"; readonly what: string }
  | { readonly kind: "other" }
  | { readonly kind: "network"; readonly words: string }
  | { readonly kind: "everything"; readonly isAll: boolean }
  | { readonly kind: "file"; readonly path: string; readonly letters: string; readonly target?: string };

/** A rule taken apart. */
export interface Words {
  readonly isDenied: boolean;
  readonly isAudited: boolean;
  readonly isOwners: boolean;
  /** The higher stands above the lower, even above its denial. */
  readonly priority: number;
  readonly said: Said;
}

export function wordsOf(text: string): Words {
  let rest = text;
  let isDenied = false;
  let isAudited = false;
  let isOwners = false;
  let priority = 0;
  for (let found = QUALIFIER.exec(rest); found; found = QUALIFIER.exec(rest)) {
    const [whole, audit, deny, owner, number] = found;
    isAudited ||= audit !== undefined;
    isDenied ||= deny !== undefined;
    isOwners ||= owner !== undefined;
    if (number !== undefined) priority = Number(number);
    rest = rest.slice(whole.length);
  }
  return { isDenied, isAudited, isOwners, priority, said: saidOf(rest, isDenied) };
}

function saidOf(text: string, isDenied: boolean): Said {
  if (/^#?include\b/.test(text)) return { kind: "open", what: text.slice(0, 60) };
  if (/^change_profile\b/.test(text))
    return isDenied ? { kind: "other" } : { kind: "open", what: "another profile that it changes to" };
  const network = /^network\b\s*(.*)$/.exec(text);
  if (network) return { kind: "network", words: network[1] ?? "" };
  if (OTHERS.test(text)) return { kind: "other" };
  if (/^(?:all|file)$/.test(text)) return { kind: "everything", isAll: text === "all" };
  const [, first, behind, before, second, target] = FILE_RULE.exec(text) ?? [];
  const path = first ?? second;
  if (path === undefined) return { kind: "unknown", what: `“${text.slice(0, 40)}”` };
  const letters = (behind ?? before ?? "").replace("a", "w");
  return { kind: "file", path, letters, ...(target !== undefined && { target: target.replace(/^"(.*)"$/, "$1") }) };
}
