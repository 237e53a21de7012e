import { baseName } from "../../invocations/glob.ts";
import type { Cure } from "../../model/cure.ts";
import { type Payload, resolvedOf } from "../../model/payload.ts";
import type { CureSubject } from "./forms.ts";
import { deniedFolder } from "./linux.ts";
import { addressOf, URL } from "./network.ts";

/** A plain name with at most one ending: nothing that a path is resolved by, and no stream. */
const PLAIN = /^[\w-]+(?: [\w-]+)*(\.\w+)?$/;

/** A name as hosts of the web have them, of whatever domain; no rule tells one from another but by the whole name. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const LONGEST = 128;
/** What stands for all such names, and the product whose rules name hosts. */
const ANY = "host.example";
const BY_HOST = "rpz";

const isHost = (host: string): boolean => host.length <= LONGEST && HOST.test(host);

/** Programs of Linux, by the entry whose rules are looked for. */
const isOfLinux = ({ binary: { entry }, behaviour = "" }: CureSubject): boolean =>
  (entry ?? behaviour).startsWith("linux/");

/**
 * What stands for all files of a folder, and all addresses of a host, to which the same rules apply.
 * @param isAny for all hosts
 * @param ofLinux of a file of which rules tell nothing but the folder, if that
 */
function general(payload: Payload, isAny: boolean, ofLinux: boolean): string {
  const { what, where } = payload;
  const resolved = resolvedOf(payload);
  if (ofLinux && where !== "web") return `${deniedFolder(payload) ?? ""}x`;
  if (what === "inlineCode" && where === "inline") return `x${/\.\w{1,16}$/.exec(resolved)?.[0] ?? ""}`;
  if (where === "web") {
    const address = URL.exec(resolved);
    if (address) return isAny && isHost(address[2]!) ? `${address[1]}://${ANY}/` : `${address[0]}/`;
  }
  const name = baseName(resolved);
  const plain = PLAIN.exec(name);
  return plain ? `${resolved.slice(0, resolved.length - name.length)}x${plain[1] ?? ""}` : resolved;
}

const generalised = (payloads: readonly Payload[], isAny: boolean, ofLinux: boolean): readonly Payload[] =>
  payloads.map((payload) => {
    const { what, where, remote } = payload;
    return { what, where, value: general(payload, isAny, ofLinux), remote };
  });

/**
 * The act without what makes no difference to its cures, as rules are made for folders, kinds of files and hosts: so that a batch in
 * which no name comes twice has few of them. `curesOf` gives the same for both.
 * @param isAny which host it is makes no difference, either: `withHost` puts it back
 */
export function generalSubject(subject: CureSubject, isAny = false): CureSubject {
  const of = (payloads: readonly Payload[]) => generalised(payloads, isAny, isOfLinux(subject));
  return { ...subject, runs: of(subject.runs), fetches: of(subject.fetches) };
}

/** The cures of an act, as they are of the general one that stands for all hosts. */
export function withHost(cures: readonly Cure[], subject: CureSubject): readonly Cure[] {
  const host = URL.exec(addressOf(subject) ?? "")?.[2];
  if (host === undefined || !isHost(host)) return cures;
  return cures.map((cure) => (cure.target === BY_HOST ? { ...cure, text: cure.text.replace(ANY, () => host) } : cure));
}

/** A text that those acts have in common whose general ones are the same. */
export function keyOf(subject: CureSubject, isAny: boolean): string {
  const { binary, behaviour, runs, fetches, parent, user } = subject;
  const ofLinux = isOfLinux(subject);
  const { name, platform, path, originalName, entry } = binary;
  let key = platform + part(name) + part(path) + part(originalName) + part(entry);
  key += part(behaviour) + part(parent) + part(user);
  for (const payload of runs) key += `r${partOf(payload, isAny, ofLinux)}`;
  for (const payload of fetches) key += `f${partOf(payload, isAny, ofLinux)}`;
  return key;
}

/** With its length, so that no text can pass for two. */
const part = (text: string | undefined): string => (text === undefined ? "-" : `${text.length}:${text}`);

const partOf = (payload: Payload, isAny: boolean, ofLinux: boolean): string =>
  `${payload.what} ${payload.where} ${payload.remote ? "remote" : ""}${part(general(payload, isAny, ofLinux))}`;
