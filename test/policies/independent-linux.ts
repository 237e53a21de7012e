/**
 * A second reader of the files that `harden` writes for Linux, made for tests and sharing no code with src/policies: it goes by the
 * products' documentation and by the text of the files alone.
 */
export interface LinuxRun {
  readonly image: string;
  readonly user: string | undefined;
  /** Path of the parent, and of what had started that. */
  readonly parent: string | undefined;
  readonly grandparent: string | undefined;
}

const unquoted = (word: string) => word.replace(/^'|'$/g, "").replaceAll("'\\''", "'");

function fapolicyd(text: string, { image, user }: LinuxRun): string | undefined {
  for (const line of text.split("\n")) {
    const found = /^(allow|deny_audit) perm=(execute|any) (\S+) : (path|dir)=(\S+)$/.exec(line);
    if (!found) continue;
    const [, verdict = "", , who = "", kind, value = ""] = found;
    if (who === "uid=0" && user !== "root") continue;
    if (kind === "path" ? image !== value : !image.startsWith(value)) continue;
    return verdict === "allow" ? undefined : `fapolicyd: ${line}`;
  }
  return undefined;
}

function packages(text: string, { image, user }: LinuxRun): string | undefined {
  for (const line of text.split("\n")) {
    const [, what, words = ""] = /^(remove|restrict) (.+)$/.exec(line) ?? [];
    const path = unquoted(/('(?:[^']|'\\'')*')$/.exec(words)?.[1] ?? "");
    if (path === image && (what === "remove" || (what === "restrict" && user !== "root"))) return `package: ${line}`;
  }
  return undefined;
}

function sudoers(text: string, { parent, grandparent }: LinuxRun): string | undefined {
  if (grandparent === undefined || !grandparent.endsWith("/sudo")) return undefined;
  const aliases = [...text.matchAll(/^Cmnd_Alias (\w+) = (.+)$/gm)];
  const held = aliases.filter(([, name]) => text.includes(`Defaults!${name} noexec`));
  return held.some(([, , paths = ""]) => paths.split(", ").includes(parent ?? ""))
    ? `sudo: ${parent} starts nothing`
    : undefined;
}

function apparmor(text: string, { image, parent }: LinuxRun): string | undefined {
  for (const [, path = "", body = ""] of text.matchAll(
    /^profile \S+ "([^"]+)" flags=\(attach_disconnected\) \{\n([^}]*)\}/gm,
  )) {
    if (path !== parent || /^ {2}\/\*\* rwmlkpux,$/m.test(body)) continue;
    if (!body.includes(`"${image}" pux,`)) return `AppArmor: ${parent} does not start ${image}`;
  }
  return undefined;
}

/** What stops a start; undefined where nothing does. */
export function stoppedOnLinux(files: Readonly<Record<string, string>>, run: LinuxRun): string | undefined {
  // Debian and Red Hat have one folder for programs, whichever name it was started by.
  const real = (path: string | undefined) => path?.replace(/^\/(?=s?bin\/)/, "/usr/");
  const known = { ...run, image: real(run.image) ?? "", parent: real(run.parent), grandparent: real(run.grandparent) };
  return (
    fapolicyd(files["10-t1218.rules"] ?? "", known) ??
    packages(files["t1218-packages.sh"] ?? "", known) ??
    sudoers(files["t1218-noexec"] ?? "", known) ??
    apparmor(files["t1218-apparmor"] ?? "", known)
  );
}

interface Start {
  readonly process?: {
    readonly pid?: number;
    readonly executable?: string;
    readonly parent?: { readonly pid?: number; readonly executable?: string };
  };
  readonly user?: { readonly name?: string };
  readonly event?: { readonly type?: readonly string[]; readonly category?: readonly string[] };
}

/** Starts in a file of ECS documents, in order; a grandparent is what had started the parent’s number before. */
export function startsOf(text: string): readonly LinuxRun[] {
  const parents = new Map<number, string>();
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    const { process, user, event } = JSON.parse(line) as Start;
    if (process?.executable === undefined || !event?.type?.includes("start") || !event.category?.includes("process"))
      return [];
    const { pid, executable: image, parent } = process;
    if (pid !== undefined && parent?.executable !== undefined) parents.set(pid, parent.executable);
    return [{ image, user: user?.name, parent: parent?.executable, grandparent: parents.get(parent?.pid ?? -1) }];
  });
}
