import { oneLine, shell } from "../../languages/escape.ts";
import type { Policy, Rule } from "../../model.ts";
import type { PolicyFile } from "../../target.ts";

/** A rule whose id begins so removes the package that the rest names; any other leaves the program to root. */
export const REMOVES = "remove ";
export const ROOT = "uid=0";
const PACKAGE = /^[a-z0-9][a-z0-9+._-]{1,120}$/;

/** Rules that leave a program to root: one that allows, one that denies the rest. */
export function leftToRoot(path: string, description: string): readonly Rule[] {
  const base = { id: `restrict ${path}`, on: ["execute"], object: [{ path }], description, measure: "M1026" } as const;
  return [
    { ...base, action: "allow", scope: [ROOT] },
    { ...base, action: "deny" },
  ];
}

/** Why a rule cannot be written; undefined where it can. */
export function refusesPackages(rule: Rule): string | undefined {
  const { action, on, subject, object = [], exceptions, scope, peer } = rule;
  if (subject || exceptions || peer || !on.every((one) => one === "execute"))
    return "a package is there or not, a file is executable or not, for whomever starts it";
  if (
    object.length !== 1 ||
    !/^\/[^\0-\x1f\x7f\x85\u2028\u2029*?]+$/.test(object[0]?.path ?? "") ||
    Object.keys(object[0] ?? {}).length > 1
  )
    return "a file is named by its whole path";
  if (action === "allow")
    return scope?.length === 1 && scope[0] === ROOT ? undefined : "programs are left to root only";
  if (action !== "deny" || scope) return "permissions deny to all but the owner";
  return !rule.id.startsWith(REMOVES) || PACKAGE.test(rule.id.slice(REMOVES.length))
    ? undefined
    : "that is no name of a package";
}

/** Text that both scripts begin with. Nothing is done without the word enforce. */
const head = (what: string, mode: string) => `#!/bin/sh
# t1218 packages 1
# ${what} Says what it would do, and does it with the argument enforce. Needs root then.
set -eu
mode=\${1:-${mode}}
state=/var/lib/t1218
run() {
  if [ "$mode" = enforce ]; then "$@"; else printf 'would run: %s\\n' "$*"; fi
}
note() {
  if [ "$mode" = enforce ]; then mkdir -p "$state" && printf '%s\\n' "$2" >>"$state/$1"; fi
}
has() { command -v "$1" >/dev/null 2>&1; }
`;

const DO = `# A package goes only if nothing that is installed needs it.
remove() {
  if has dpkg-query; then
    dpkg-query -W -f='\${Status}' "$1" 2>/dev/null | grep -q 'ok installed' || return 0
    if [ "$(apt-get -s remove --no-auto-remove "$1" | grep -c '^Remv ')" != 1 ]; then
      printf 'left alone, as others need it: %s\\n' "$1" >&2
      return 0
    fi
    run apt-get remove --yes --no-auto-remove "$1"
  elif has rpm; then
    rpm -q "$1" >/dev/null 2>&1 || return 0
    rpm -e --test "$1" >/dev/null 2>&1 || { printf 'left alone, as others need it: %s\\n' "$1" >&2; return 0; }
    run dnf --assumeyes --setopt=clean_requirements_on_remove=False remove "$1"
  fi
  note removed "$1"
}
# Links, and programs that run with their owner's rights, are left alone.
restrict() {
  if [ ! -f "$1" ] || [ -L "$1" ] || [ -u "$1" ] || [ -g "$1" ]; then return 0; fi
  if has dpkg-statoverride; then
    if dpkg-statoverride --list "$1" >/dev/null; then return 0; fi
    note restricted "$(stat -c '%U %G %a' "$1") $1"
    run dpkg-statoverride --update --add root root 0750 "$1"
  else
    note restricted "$(stat -c '%U %G %a' "$1") $1"
    run chown root:root "$1"
    run chmod 0750 "$1"
  fi
}
`;

const UNDO = `restore() {
  if [ -f "$state/removed" ] && grep -qxF "$1" "$state/removed"; then
    if has apt-get; then run apt-get install --yes "$1"; else run dnf --assumeyes install "$1"; fi
  fi
}
release() {
  if [ ! -f "$state/restricted" ]; then return 0; fi
  while read -r owner group bits path; do
    if [ "$path" = "$1" ]; then
      if has dpkg-statoverride; then run dpkg-statoverride --remove "$1"; fi
      run chown "$owner:$group" "$1"
      run chmod "$bits" "$1"
      return 0
    fi
  done <"$state/restricted"
}
`;

/** A script and the one that takes it back. dnf keeps no list of permissions: an update of the package resets them there. */
export function writePackages(policy: Policy): readonly PolicyFile[] {
  const lines: string[] = [];
  const undo: string[] = [];
  for (const { id, action, object = [], description } of policy.rules) {
    if (action !== "deny") continue;
    const path = shell(object[0]?.path ?? "");
    const name = id.startsWith(REMOVES) ? shell(id.slice(REMOVES.length)) : undefined;
    if (description !== undefined) lines.push(`# ${oneLine(description)}`);
    lines.push(name === undefined ? `restrict ${path}` : `remove ${name} ${path}`);
    undo.push(name === undefined ? `release ${path}` : `restore ${name}`);
  }
  const mode = policy.mode === "audit" ? "audit" : "enforce";
  return [
    {
      name: "t1218-packages.sh",
      text: `${head("Removes packages and leaves programs to root.", mode)}${DO}${lines.join("\n")}\n`,
    },
    {
      name: "t1218-packages-undo.sh",
      text: `${head("Takes back what t1218-packages.sh did.", mode).replace("# t1218 packages 1\n", "# t1218 packages undo\n")}${UNDO}${undo.join("\n")}\n`,
    },
  ];
}
