import type { FilePattern, Operation, PeerPattern, Policy, Rule, UnknownPart } from "../../model.ts";
import { damaged } from "../../read.ts";
import { networkOf } from "./network.ts";
import { Patterns } from "./patterns.ts";
import { isHat, type ProfileText, readProfiles, type Statement } from "./profiles.ts";
import { type Said, type Words, wordsOf } from "./statement.ts";

const FILES: readonly (readonly [string, Operation])[] = [
  ["x", "execute"],
  ["m", "load"],
  ["w", "write"],
];
const ALL_OPERATIONS: readonly Operation[] = ["execute", "load", "write", "connect"];
const EVERYTHING: FilePattern = { path: "/*" };
/** Modes in which a profile holds nobody back. */
const LETS_PASS: ReadonlySet<string> = new Set(["unconfined", "default_allow"]);

/** Profiles of one file that are held against each other, and priorities of denials: each with all of the others. */
const MAX_PROFILES = 256;
const MAX_PRIORITIES = 64;

type Allowed = FilePattern & { readonly priority?: number };

/** What the rules of one profile say together. */
interface Sum {
  readonly files: ReadonlyMap<Operation, Allowed[]>;
  readonly peers: PeerPattern[];
  readonly explicit: { readonly rule: Omit<Rule, "subject">; readonly priority: number }[];
  /** Programs that keep the profile when they are started, and those that go on in a profile within it. */
  readonly inheriting: FilePattern[];
  readonly entering: FilePattern[];
  /** Something that may allow more. */
  open?: string;
}

const plain = ({ priority: _, ...file }: Allowed): FilePattern => file;

class ProfileReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  readonly #patterns: Patterns;
  readonly #profiles: readonly ProfileText[];

  constructor(patterns: Patterns, profiles: readonly ProfileText[]) {
    this.#patterns = patterns;
    this.#profiles = profiles;
  }

  /** A profile of the file, held by the programs at its path. */
  profile(text: ProfileText): void {
    // Profiles without a path are entered from others.
    if (text.path === undefined) {
      const { name, line } = text;
      this.unknown.push({ what: `the profile ${name}, which others enter`, line, on: ALL_OPERATIONS });
      return;
    }
    const nearer = this.#nearer(text.path);
    const isOver = nearer.length > MAX_PROFILES;
    const beyond = isOver
      ? "which of very many profiles holds it is not worked out"
      : text.hasAttributes
        ? "which attributes a file has is not logged"
        : undefined;
    const attached = this.#patterns.of(text.path).map((one) => ({
      ...one,
      ...(nearer.length > 0 && !isOver && { none: nearer }),
      ...(beyond !== undefined && { beyond }),
    }));
    this.#held(text, attached);
  }

  /** Where several profiles fit a program, that holds whose path says more of its beginning. */
  #nearer(path: string): readonly FilePattern[] {
    const beginning = (one: string) => /^(?:[^*?[{@\\]|@(?!\{)|\\.)*/.exec(one)?.[0].length ?? 0;
    const own = beginning(path);
    if (own === path.length) return [];
    const found: FilePattern[] = [];
    for (const { path: other } of this.#profiles) {
      if (found.length > MAX_PROFILES) break;
      if (other !== undefined && beginning(other) > own) for (const one of this.#patterns.of(other)) found.push(one);
    }
    return found;
  }

  #held(text: ProfileText, attached: readonly FilePattern[]): void {
    const { name, flags, line, comment, inner } = text;
    if (flags.some((flag) => LETS_PASS.has(flag))) return;
    const sum: Sum = {
      files: new Map(FILES.map(([, on]) => [on, []])),
      peers: [],
      explicit: [],
      inheriting: [],
      entering: [],
    };
    if (flags.includes("prompt")) sum.open = "who is asked";
    if (inner.some(isHat)) sum.open = "a hat of the profile";
    for (const one of text.statements) this.#statement(text, one, sum);
    const subject = [...attached, ...startedFrom(attached, sum.inheriting)];
    const mode = flags.includes("complain") ? ({ mode: "audit" } as const) : {};
    const common = { action: "deny", ...mode, ...(comment !== "" && { description: comment }) } as const;
    const open = sum.open === undefined ? [] : [{ beyond: `${sum.open} may allow it` }];
    for (const [on, allowed] of sum.files) {
      if (allowed.some(({ path, beyond }) => path === EVERYTHING.path && beyond === undefined)) continue;
      const exceptions = [...allowed.map(plain), ...open];
      this.rules.push({
        id: `${name} ${on}`,
        on: [on],
        subject,
        ...(exceptions.length > 0 && { exceptions }),
        ...common,
      });
    }
    if (!allOf(sum.peers)) {
      const held = open.length > 0 ? subject.map((one) => ({ ...one, ...open[0] })) : subject;
      const except = sum.peers.length > 0 ? { exceptPeers: sum.peers } : {};
      this.rules.push({
        id: `${name} connect`,
        on: ["connect"],
        subject: held,
        peer: { inbound: false },
        ...except,
        ...common,
      });
    }
    const above = new Map<string, readonly FilePattern[]>();
    // One by one: a call takes only so many arguments.
    for (const { rule, priority } of sum.explicit) {
      const [on = "execute"] = rule.on;
      const key = `${on} ${priority}`;
      const isOver = above.size > MAX_PRIORITIES;
      const over =
        above.get(key) ??
        (isOver
          ? [{ beyond: "what stands above it among very many priorities is not worked out" }]
          : (sum.files.get(on) ?? []).filter((file) => (file.priority ?? 0) > priority).map(plain));
      if (!isOver) above.set(key, over);
      this.rules.push({
        ...rule,
        subject,
        ...(over.length > 0 && { exceptions: over }),
        ...(comment !== "" && { description: comment }),
      });
    }
    this.#inner(text, startedFrom(attached, sum.entering), line);
  }

  /** Profiles within one hold for programs that it starts in them. */
  #inner({ inner }: ProfileText, subject: readonly FilePattern[], line: number): void {
    for (const one of inner) {
      if (isHat(one)) continue;
      const own = one.path === undefined ? [] : this.#patterns.of(one.path);
      const held = own.length > 0 ? subject.map((file) => ({ ...file, also: own })) : subject;
      if (held.length > 0) this.#held({ ...one, line }, held);
    }
  }

  #statement(profile: ProfileText, { text, line }: Statement, sum: Sum): void {
    const words = wordsOf(text);
    const said = words.said;
    const id = `${profile.name} line ${line}`;
    const explicit = (on: readonly Operation[], more: Partial<Rule>) => {
      for (const one of on)
        sum.explicit.push({
          // A denial holds in complain mode, too; what is only noted is not one.
          rule: { id, action: "deny", on: [one], ...more, mode: words.isDenied ? "enforce" : "audit" },
          priority: words.priority,
        });
    };
    switch (said.kind) {
      case "open":
        sum.open ??= said.what;
        return;
      case "other":
        return;
      case "unknown":
        this.unknown.push({ what: said.what, line, on: ALL_OPERATIONS });
        return;
      case "network": {
        const peer = networkOf(said.words);
        if (typeof peer === "string") sum.open ??= peer;
        else if (peer && words.isDenied) explicit(["connect"], Object.keys(peer).length > 0 ? { peer } : {});
        else if (peer) sum.peers.push(peer);
        return;
      }
      case "everything": {
        const on = FILES.map(([, one]) => one);
        if (words.isDenied) explicit(on, {});
        else {
          for (const one of on) sum.files.get(one)?.push({ ...EVERYTHING, priority: words.priority });
          if (said.isAll) sum.peers.push({});
        }
        return;
      }
      default: {
        const files = this.#patterns
          .of(said.path)
          .map((file) => (words.isOwners ? { ...file, beyond: "who owns a file is not logged" } : file));
        const on = FILES.flatMap(([letter, one]) => (said.letters.includes(letter) ? [one] : []));
        if (words.isDenied || words.isAudited) explicit(on, { object: files });
        if (!words.isDenied) this.#allow(profile, said, words, files, on, sum);
      }
    }
  }

  #allow(
    profile: ProfileText,
    { letters, target }: Said & { readonly kind: "file" },
    { priority }: Words,
    files: readonly FilePattern[],
    on: readonly Operation[],
    sum: Sum,
  ): void {
    // Its own profile, one within this, this one, none: the last two also where the first are not there.
    const [, way = ""] = /([pPcCuUi]*)x/.exec(letters) ?? [];
    const isSure = way === "" || /[iuU]/.test(way);
    if (/i/.test(way)) for (const file of files) sum.inheriting.push(file);
    if (/c/i.test(way)) for (const file of files) sum.entering.push(file);
    for (const one of on)
      for (const file of one === "execute" && !isSure ? this.#having(profile, way, target, files) : files)
        sum.files.get(one)?.push({ ...file, priority });
  }

  /** Programs for which the profile that they are to run in is there. */
  #having(profile: ProfileText, way: string, target: string | undefined, files: readonly FilePattern[]) {
    const isNamed = ({ name }: ProfileText) => name === target?.replace(/^.*\/\/(?!$)/, "");
    if (/c/i.test(way)) {
      const inner = profile.inner.filter((one) => !isHat(one));
      if (target !== undefined) return inner.some(isNamed) ? files : [];
      const own = inner.flatMap(({ name, path }) => this.#patterns.of(path ?? name));
      return files.flatMap((file) => own.map((one): FilePattern => ({ ...file, also: [one] })));
    }
    if (target !== undefined && this.#profiles.some(isNamed)) return files;
    const isFew = target === undefined && this.#profiles.length <= MAX_PROFILES;
    const here = isFew ? this.#profiles.flatMap(({ path }) => path ?? []) : [];
    const attached = here.flatMap((path) => this.#patterns.of(path));
    return files.flatMap((file): readonly FilePattern[] => [
      ...attached.map((one) => ({ ...file, also: [one] })),
      { ...file, beyond: `whether a profile${target === undefined ? "" : ` ${target}`} for it is loaded is not known` },
    ]);
  }
}

/** Those of the programs that one of the others has started. */
const startedFrom = (parents: readonly FilePattern[], children: readonly FilePattern[]): readonly FilePattern[] =>
  parents.flatMap(({ path, inFolder, none }) =>
    path === undefined || inFolder || none ? [] : children.map((child) => ({ ...child, startedBy: path })),
  );

/** Whether connections of both families are allowed, whatever goes over them. */
function allOf(peers: readonly PeerPattern[]): boolean {
  const free = peers.filter(({ protocol }) => protocol === undefined).map(({ addresses }) => addresses?.[0]);
  return free.includes(undefined) || (free.includes("0.0.0.0/0") && free.includes("::/0"));
}

/** Reads profiles. @throws WhatranError `policy/damaged` where there is none, or braces do not close */
export function readApparmor(text: string, name: string): Policy {
  const { preamble, profiles } = readProfiles(text);
  if (profiles.length === 0) damaged({ line: 1 }, "there is no profile");
  const reader = new ProfileReader(new Patterns(preamble), profiles);
  for (const one of profiles) reader.profile(one);
  const { unknown } = reader;
  const isAudit =
    profiles.every(({ flags }) => flags.includes("complain")) && reader.rules.every((rule) => rule.mode === "audit");
  const rules = reader.rules.map((rule) => {
    const { mode, ...rest } = rule;
    return mode === (isAudit ? "audit" : "enforce") ? rest : rule;
  });
  return { target: "apparmor", name, mode: isAudit ? "audit" : "enforce", rules, unknown };
}
