import { baseName } from "../../invocations/glob.ts";
import type { Payload } from "../../model/payload.ts";
import type { CureSubject } from "./forms.ts";
import { URL } from "./network.ts";

/** A plain name with at most one ending: nothing that a path is resolved by, and no stream. */
const PLAIN = /^[\w-]+?(\.\w+)?$/;

/** What stands for all files of a folder, and all addresses of a host, to which the same rules apply. */
function general({ what, where, value, resolved = value }: Payload): string {
  if (what === "inlineCode" && where === "inline") return `x${/\.\w{1,16}$/.exec(resolved)?.[0] ?? ""}`;
  if (where === "web") {
    const address = URL.exec(resolved);
    if (address) return `${address[0]}/`;
  }
  const name = baseName(resolved);
  const plain = PLAIN.exec(name);
  return plain ? `${resolved.slice(0, resolved.length - name.length)}x${plain[1] ?? ""}` : resolved;
}

const generalised = (payloads: readonly Payload[]): readonly Payload[] =>
  payloads.map((payload) => {
    const { what, where, remote } = payload;
    return { what, where, value: general(payload), remote };
  });

/**
 * The act without what makes no difference to its cures, as rules are made for folders, kinds of files and hosts: so that a batch in
 * which no name comes twice has few of them. `curesOf` gives the same for both.
 */
export function generalSubject(subject: CureSubject): CureSubject {
  return { ...subject, runs: generalised(subject.runs), fetches: generalised(subject.fetches) };
}

/** A text that subjects have in common which have the same cures: general ones that differ in nothing of that. */
export function keyOf({ binary, behaviour, runs, fetches, parent, user }: CureSubject): string {
  const { name, platform, path, originalName, entry } = binary;
  let key = platform + part(name) + part(path) + part(originalName) + part(entry);
  key += part(behaviour) + part(parent) + part(user);
  for (const payload of runs) key += `r${partOf(payload)}`;
  for (const payload of fetches) key += `f${partOf(payload)}`;
  return key;
}

/** With its length, so that no text can pass for two. */
const part = (text: string | undefined): string => (text === undefined ? "-" : `${text.length}:${text}`);

const partOf = ({ what, where, value, remote }: Payload): string =>
  `${what} ${where} ${remote ? "remote" : ""}${part(value)}`;
