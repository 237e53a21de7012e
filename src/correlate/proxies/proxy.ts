import type { Catalog } from "../../catalog/catalog.ts";
import type { Behaviour, Usual } from "../../catalog/types.ts";
import { classifyValue } from "../../cmdline/normal/classify.ts";
import { domainOfHost } from "../../cmdline/normal/reach.ts";
import { baseName } from "../../invocations/glob.ts";
import { type Identified, identify } from "../../invocations/identify/identify.ts";
import { inlinePayload, namedPayload } from "../../invocations/payloads/payload.ts";
import type { Resolution } from "../../invocations/types.ts";
import { clip } from "../../model/clip.ts";
import type { ProcessCreation } from "../../model/event.ts";
import type { Payload, Payloads } from "../../model/payload.ts";
import { usualWeight } from "../../score/score.ts";
import { trustOf } from "./trust.ts";
import type { Act, Line, Link, Told, Trust } from "./types.ts";

/** What a program that nobody described was seen to do with its argument, and how usual that is by where the program comes from. */
const ACTS: Readonly<
  Record<Act, { readonly title: string; readonly techniques: readonly string[]; readonly usual: Record<Trust, Usual> }>
> = {
  start: {
    title: "Starts the program that its argument names",
    techniques: ["T1218"],
    // All programs of Windows that start others on request are listed: one that is not is a find.
    usual: { system: "rare", installed: "common", signed: "common", copied: "common" },
  },
  load: {
    title: "Loads the library that its argument names",
    techniques: ["T1218"],
    usual: { system: "uncommon", installed: "common", signed: "common", copied: "common" },
  },
  open: {
    title: "Acts on what its argument names",
    techniques: ["T1218"],
    usual: { system: "uncommon", installed: "routine", signed: "routine", copied: "common" },
  },
  fetch: {
    title: "Fetches what its argument names from another machine",
    techniques: ["T1218", "T1105"],
    usual: { system: "uncommon", installed: "routine", signed: "routine", copied: "common" },
  },
  write: {
    title: "Writes the file that its argument names",
    techniques: ["T1218"],
    usual: { system: "common", installed: "routine", signed: "routine", copied: "routine" },
  },
};

/** Something in a line that may name a file or a host. */
const NAMES = /[\\/.:~{]/;
/** Longest line that is remembered. */
const MAX_LINE = 4096;

const WINDOWS_PRODUCT = /^microsoft.{0,3} windows/i;

/** A program of Windows that lies elsewhere, under another name. */
function isCopied({ company, product, image, originalFileName, platform }: ProcessCreation): boolean {
  if (platform !== "windows" || originalFileName === undefined || image === undefined) return false;
  if (!/^microsoft/i.test(company ?? "") || !WINDOWS_PRODUCT.test(product ?? "")) return false;
  const stem = (name: string) => name.toLowerCase().replace(/(?<!\.mui|\.exe)(?:\.mui|\.exe)+$/, "");
  return stem(originalFileName) !== stem(baseName(image));
}

/** A process start, if everybody trusts its program and its arguments may name something. */
export function toldOf(event: ProcessCreation): Told | undefined {
  const { image, commandLine, args, platform, signature, currentDirectory, originalFileName } = event;
  if (image === undefined) return undefined;
  const trust = trustOf(image, platform, signature) ?? (isCopied(event) ? "copied" : undefined);
  if (trust === undefined) return undefined;
  if (args ? !args.some((word, index) => index > 0 && NAMES.test(word)) : !NAMES.test(behindProgram(commandLine)))
    return undefined;
  const domain = platform === "windows" ? domainOfHost(event.host) : undefined;
  return {
    trust,
    ...(domain !== undefined && { domain }),
    line: {
      image,
      platform,
      ...(commandLine !== undefined && { commandLine: clip(commandLine, MAX_LINE) }),
      ...(args && { args: args.slice(0, 64).map((word) => clip(word, MAX_LINE)) }),
      ...(currentDirectory !== undefined && { cwd: currentDirectory }),
    },
    ...(originalFileName !== undefined && { originalFileName }),
  };
}

/** A line without its first word, roughly: whether anything stands there is all that is asked. */
function behindProgram(line = ""): string {
  const end = line.startsWith('"') ? line.indexOf('"', 1) + 1 : line.indexOf(" ");
  return end <= 0 ? "" : line.slice(end);
}

const stemOf = (name: string) =>
  name
    .toLowerCase()
    .replace(/\.exe$/, "")
    .replace(/[^\w.+-]/g, "_");

/** Memory of processes, and with it what they know. */
const MEMORY = /\.[mh]?dmp$/i;

function usualOf({ act, what, path }: Link, trust: Trust): Usual {
  if (what === "inlineCode") return "hostile";
  // Programs of Windows that leave code where any user can are listed, too.
  const isCode = (what !== "document" && what !== "config") || MEMORY.test(path ?? "");
  if (act === "write" && trust === "system" && isCode && path !== undefined && classifyValue(path).userWritable)
    return "rare";
  return ACTS[act].usual[trust];
}

const RANK = Object.keys(ACTS);

/** The act that the process is judged by: the least usual one, and of such the one that runs something. */
function leading(links: readonly Link[], trust: Trust): Link {
  const weight = (link: Link) => usualWeight(usualOf(link, trust)) - RANK.indexOf(link.act) / 100;
  return links.reduce((best, one) => (weight(one) > weight(best) ? one : best));
}

function payloadOf({ text, path, what }: Link, { platform }: Line): Payload {
  if (what === "inlineCode") return inlinePayload(text);
  return { ...namedPayload(path ?? text, { what }, { platform }), value: text };
}

function identityOf({ line, originalFileName, trust }: Told, catalog: Catalog): Identified {
  const { image, platform } = line;
  const { binary, entry } = identify(catalog, { program: undefined, image, originalFileName }, platform);
  return { entry, binary: trust === "copied" ? { ...binary, renamed: true } : binary };
}

/**
 * A trusted program that no behaviour of the catalogue explains, as an invocation of its own: what its arguments name, it then loaded,
 * started, wrote or fetched.
 * @param links at least one
 */
export function ofProxy(told: Told, links: readonly Link[], catalog: Catalog): Resolution {
  const { line, trust } = told;
  const { image, platform, commandLine, args, cwd } = line;
  const { binary, entry } = identityOf(told, catalog);
  const lead = leading(links, trust);
  const { title, techniques } = ACTS[lead.act];
  const of = (role: Link["role"]) => links.filter((link) => link.role === role).map((link) => payloadOf(link, line));
  const payloads: Payloads = { runs: of("runs"), fetches: of("fetches"), writes: of("writes"), reads: [] };
  const behaviour: Behaviour = {
    id: `${platform}/${stemOf(binary.name)}/uncatalogued-${lead.act}`,
    title,
    category: lead.act === "fetch" ? "download" : lead.act === "write" ? "copy" : "execute",
    when: [],
    bindings: [],
    techniques,
    usual: usualOf(lead, trust),
    confirmedBy: [],
    wrapper: false,
  };
  const { id } = behaviour;
  return {
    request: {
      platform,
      image,
      ...(commandLine !== undefined && { commandLine }),
      ...(args && { args }),
      ...(cwd !== undefined && { cwd }),
      ...(told.domain !== undefined && { domain: told.domain }),
    },
    platform,
    invocations: [
      {
        binary,
        entry,
        canonical: commandLine ?? args?.join(" ") ?? binary.name,
        behaviours: [{ id, techniques, ...payloads, behaviour }],
        normal: [],
        obfuscation: [],
        arguments: 1,
        depth: 0,
        awaits: false,
      },
    ],
  };
}
