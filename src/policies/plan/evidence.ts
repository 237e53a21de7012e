import { createHash } from "node:crypto";
import { dayOf } from "../../baseline/days.ts";
import { mask } from "../../baseline/mask.ts";
import { domainOfHost, isOfDomain } from "../../cmdline/normal/reach.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Event, Platform } from "../../model/event.ts";
import { shortHost } from "../../model/host.ts";
import type { Act, FileFacts } from "../decide/act.ts";
import { plainPath } from "../decide/paths.ts";
import { isInternet } from "../decide/peer.ts";
import { Names, Texts } from "./names.ts";

/** Acts that are told apart, and hosts and users that each keeps. */
const MAX_ACTS = 400_000;
export const MAX_NAMES = 64;
/** Texts of acts that are kept once. */
const MAX_TEXTS = 1 << 16;

/** An act of a process in the history that nobody would miss less than any other: it was no attack. */
export interface Witnessed {
  readonly act: Act;
  times: number;
  readonly hosts: Names;
  readonly users: Names;
}

/** Who did it, and when. */
export type Who = Pick<Event, "host" | "time" | "user">;

/** How much of a platform was watched. */
export interface Watched {
  readonly hosts: Set<string>;
  /** Host and day, once each. */
  readonly days: Set<string>;
  execute: number;
  connect: number;
}

/** How a program was used. */
export interface Use {
  times: number;
  /** Starts with and without administrative rights; a start of which the log does not say is in neither. */
  elevated: number;
  unelevated: number;
  readonly hosts: Names;
  readonly users: Names;
}

const SUDO = /(?:^|\/)sudo$/;

/** Words by which acts are told apart. */
const wordsOf = ({ on, subject, object, user, elevated, peer }: Act): string =>
  [
    on,
    subject.path,
    subject.originalName,
    subject.service,
    // Sudo sets rules of its own for what it started; for other programs it would only multiply what is kept.
    SUDO.test(subject.startedBy ?? "") ? subject.startedBy : "",
    object.path,
    object.originalName,
    on === "execute" ? user : "",
    elevated,
    peer?.address ?? peer?.host,
    peer?.port,
  ]
    .join("\0")
    .toLowerCase();

/** The words themselves would take more room than all else that is kept of an act. */
const keyOf = (act: Act): string => createHash("sha256").update(wordsOf(act)).digest().toString("latin1");

/** Names by which rules know a file: its original name and its own. */
export function namesOf(file: FileFacts): readonly string[] {
  const names = [file.originalName, file.path && baseName(plainPath(file.path))];
  return [...new Set(names.flatMap((name) => (name ? [name.toLowerCase()] : [])))];
}

/** The folder of a file as a rule would name it: what is peculiar to a user, a version or a machine is any. */
export function folderOf(path: string): string {
  const plain = plainPath(path);
  const folder = mask(plain.slice(0, Math.max(0, plain.lastIndexOf("\\"))));
  return folder.replace(/(?<=\\users\\)<user>(?=$|\\)/, "*").replace(/<[a-z]+>/g, "*");
}

/** What programs did in a time in which all was well, act by act. */
export class Evidence {
  readonly #acts = new Map<string, Witnessed>();
  readonly #texts = new Texts(MAX_TEXTS);
  readonly #uses = new Map<string, Use>();
  readonly hosts = new Set<string>();
  readonly #days = new Set<string>();
  /** Distinct acts that no longer found room. */
  dropped = 0;
  /** Events by what they show. */
  readonly seen = { execute: 0, load: 0, connect: 0 };
  /** Starts that were left out because they are suspicious. */
  alerted = 0;
  readonly #watched = new Map<Platform, Watched>();
  /** Names of hosts that were looked up in DNS or connected to, lower case. */
  readonly #names = new Set<string>();
  /** DNS domains of the hosts, where logs call these by their full names. */
  readonly #domains = new Set<string>();

  /** Whether a server is called by a name in the domain of the hosts that were watched. */
  isOwn(host: string): boolean {
    return [...this.#domains].some((domain) => isOfDomain(host.toLowerCase(), domain));
  }

  /** What was watched of a platform; all of nothing where no event is of it. */
  watched(platform: Platform): Watched {
    return this.#watched.get(platform) ?? { hosts: new Set(), days: new Set(), execute: 0, connect: 0 };
  }

  /** Takes the name of a host that somebody looked up. */
  sawName(name: string): void {
    if (this.#names.size < MAX_ACTS) this.#names.add(name.toLowerCase().replace(/\.$/, ""));
  }

  /** Names of hosts that were looked up or connected to. */
  names(): ReadonlySet<string> {
    for (const { act } of this.all("connect")) if (act.peer?.host !== undefined) this.sawName(act.peer.host);
    return this.#names;
  }

  add(acts: readonly Act[], event: Who): void {
    const host = shortHost(event.host ?? "");
    this.hosts.add(host);
    const domain = domainOfHost(event.host);
    if (domain !== undefined && this.#domains.size < MAX_NAMES) this.#domains.add(domain);
    if (event.time !== undefined && Number.isFinite(event.time)) this.#days.add(`${host}|${dayOf(event.time)}`);
    this.#watch(acts, host, event.time);
    for (const act of acts) {
      if (!act.foreseen && act.on in this.seen) this.seen[act.on as keyof typeof this.seen]++;
      this.#witness(act, host, event.user);
      if (act.on === "execute") this.#use(act, host, event.user);
    }
  }

  #watch(acts: readonly Act[], host: string, time: number | undefined): void {
    const platform = acts[0]?.platform;
    if (platform === undefined) return;
    const watched = this.watched(platform);
    this.#watched.set(platform, watched);
    watched.hosts.add(host);
    if (time !== undefined && Number.isFinite(time)) watched.days.add(`${host}|${dayOf(time)}`);
    for (const { on, foreseen } of acts) if (!foreseen && (on === "execute" || on === "connect")) watched[on]++;
  }

  #witness(act: Act, host: string, user: string | undefined): void {
    const key = keyOf(act);
    let one = this.#acts.get(key);
    if (!one) {
      if (this.#acts.size >= MAX_ACTS) {
        this.dropped++;
        return;
      }
      one = { act: this.#kept(act), times: 0, hosts: new Names(), users: new Names() };
      this.#acts.set(key, one);
    }
    one.times++;
    if (one.hosts.size < MAX_NAMES) one.hosts.add(host);
    if (user !== undefined && one.users.size < MAX_NAMES) one.users.add(user);
  }

  /** Who acts and for whom is the same of many acts. */
  #kept(act: Act): Act {
    const { subject, user } = act;
    const { path, originalName, hashes, publisher, version, product } = subject;
    const once = this.#texts;
    return {
      ...act,
      user: once.once(user),
      subject: {
        ...subject,
        path: once.once(path),
        originalName: once.once(originalName),
        hashes: once.once(hashes),
        publisher: once.once(publisher),
        version: once.once(version),
        product: once.once(product),
      },
    };
  }

  #use({ object, elevated }: Act, host: string, user: string | undefined): void {
    for (const name of namesOf(object)) {
      const use = this.#uses.get(name) ?? {
        times: 0,
        elevated: 0,
        unelevated: 0,
        hosts: new Names(),
        users: new Names(),
      };
      this.#uses.set(name, use);
      use.times++;
      if (elevated === true) use.elevated++;
      if (elevated === false) use.unelevated++;
      if (use.hosts.size < MAX_NAMES) use.hosts.add(host);
      if (user !== undefined && use.users.size < MAX_NAMES) use.users.add(user);
    }
  }

  get acts(): Iterable<Witnessed> {
    return this.#acts.values();
  }

  /** Days on which a host was watched, over all hosts. */
  get hostDays(): number {
    return this.#days.size;
  }

  /** The use of a program under any of its names; undefined where it was never started. */
  use(names: readonly string[]): Use | undefined {
    const uses = names.flatMap((name) => this.#uses.get(name.toLowerCase()) ?? []);
    return uses.sort((a, b) => b.times - a.times)[0];
  }

  /** Acts of a kind of processes of these names. */
  *by(names: readonly string[], on: Act["on"]): Generator<Witnessed> {
    for (const one of this.#acts.values()) {
      if (one.act.on === on && namesOf(one.act.subject).some((name) => names.includes(name))) yield one;
    }
  }

  /** Addresses of hosts, as connections were logged. */
  addresses(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    for (const { act } of this.all("connect"))
      if (act.peer?.host !== undefined && act.peer.address !== undefined)
        found.set(act.peer.host.toLowerCase(), act.peer.address);
    return found;
  }

  *all(on: Act["on"]): Generator<Witnessed> {
    for (const one of this.#acts.values()) if (one.act.on === on) yield one;
  }
}

/** Which ends programs of these names were connected to. A server of the hosts’ own domain is inside, unless its address says otherwise. */
export function peersOf(
  evidence: Evidence,
  names: readonly string[],
  isMeant: (act: Act) => boolean = () => true,
): { readonly inside: number; readonly internet: number } {
  let inside = 0;
  let internet = 0;
  const addresses = evidence.addresses();
  for (const { act, times } of evidence.by(names, "connect")) {
    const { address, host, inbound } = act.peer ?? {};
    if (inbound === true || !isMeant(act)) continue;
    const known = address ?? addresses.get(host?.toLowerCase() ?? "");
    // A share that is reached by SMB is one of the own network, unless its address says otherwise.
    const isShare = act.object.path?.startsWith("\\\\") === true && act.peer?.port === 445;
    const isNamed = host?.includes(".") === true && !evidence.isOwn(host);
    const isOutside = known === undefined ? !isShare && isNamed : (isInternet(known) ?? true);
    if (isOutside) internet += times;
    else inside += times;
  }
  return { inside, internet };
}
