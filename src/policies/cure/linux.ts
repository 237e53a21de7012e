import type { CatalogEntry } from "../../catalog/types.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import type { FileFacts } from "../decide/act.ts";
import { REMOVES } from "../targets/packages/write.ts";
import { type CureSubject, type Form, folderOf, isSystems, placeOf, rule } from "./forms.ts";

/** Folders that everybody may write to; a rule for them is one for all that lies below. */
const OPEN = ["/dev/shm/", "/var/tmp/", "/tmp/", "/run/user/", "/home/"];
/** Programs whose work is to start others. */
const STARTERS =
  /^(?:(?:ba|da|z|k|fi|c|tc)?sh|env|sudo|su|doas|xargs|nice|nohup|timeout|time|setsid|python3?|perl|ruby|node|php|busybox)$/;

/** The folder below which nothing would have to run for a payload not to; undefined where the system needs what lies there. */
export function deniedFolder(payload: Payload): string | undefined {
  if (payload.where !== "local") return undefined;
  const path = resolvedOf(payload);
  const open = OPEN.find((one) => path.startsWith(one));
  return open ?? (path.startsWith("/") && !isSystems(path) ? folderOf(path) : undefined);
}

/** What products of Linux have against an act of a program of Linux, the narrowest first. */
export function* linuxForms(subject: CureSubject, entry: CatalogEntry): Generator<Form> {
  const path = placeOf(subject.binary, entry);
  const file: FileFacts = { path };
  const runs = subject.runs.filter(({ what }) => what === "command" || what === "executable" || what === "inlineCode");
  const isStarter = STARTERS.test(entry.name);
  if (runs.length > 0 && !isStarter) {
    const act = { on: "execute", subject: file, object: { path: "/bin/sh" }, platform: "linux" } as const;
    yield {
      target: "apparmor",
      act,
      rule: rule("M1038", "execute", { subject: [{ path }] }),
      text: `a profile for ${path} that lets it start nothing but what it is known to start`,
    };
    yield {
      target: "sudoers",
      act: { ...act, subject: { path, startedBy: "/usr/bin/sudo" } },
      rule: rule("M1026", "execute", { subject: [{ path, startedBy: "*/sudo" }] }),
      text: `NOEXEC for ${path}, where sudo started it`,
    };
  }
  for (const payload of subject.runs) {
    const folder = deniedFolder(payload);
    if (folder === undefined) continue;
    const on = payload.what === "library" ? "load" : "execute";
    yield {
      target: "fapolicyd",
      act: { on, subject: file, object: { path: resolvedOf(payload) }, platform: "linux" },
      rule: rule("M1038", on, { object: [{ path: `${folder}*` }] }),
      text: `deny what lies below ${folder}`,
    };
  }
  const [pack] = entry.packages;
  if (entry.needed !== "system" && pack !== undefined && !isStarter)
    yield {
      target: "packages",
      act: { on: "execute", subject: {}, object: file, platform: "linux" },
      rule: { ...rule("M1042", "execute", { object: [{ path }] }), id: `${REMOVES}${pack}` },
      text: `remove ${pack}, or leave ${path} to root`,
    };
  yield {
    target: "auditd",
    act: { on: "execute", subject: {}, object: file, platform: "linux" },
    rule: { ...rule("M1038", "execute", { object: [{ path }] }), action: "audit" },
    text: `record each start of ${path}; it stops nothing, and makes it seen`,
  };
}
