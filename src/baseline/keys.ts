import { classifyValue } from "../cmdline/normal/classify.ts";
import { isOption, optionFold } from "../cmdline/normal/option-fold.ts";
import { baseName } from "../invocations/glob.ts";
import type { ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import type { Event, Platform } from "../model/event.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import { domainOf, mask, maskPath } from "./mask.ts";

/**
 * Kinds of key, each a question about what is normal: binary (how often at all), template (with such arguments), parent (started by
 * whom), place (payloads from where), loaded (which files: modules, scripts, documents, packages), child, destination, file (which
 * kinds of file a program leaves where), user, program (which program a file is, by its hash).
 */
export const KEY_KINDS = [
  "binary",
  "template",
  "parent",
  "place",
  "loaded",
  "child",
  "destination",
  "file",
  "user",
  "program",
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

const SEPARATOR = "\u001f";

export const keyOf = (kind: KeyKind, ...parts: readonly string[]): string => [kind, ...parts].join(SEPARATOR);

export function partsOf(key: string): { kind: KeyKind; parts: readonly string[] } {
  const [kind = "binary", ...parts] = key.split(SEPARATOR);
  return { kind: kind as KeyKind, parts };
}

/** A kind as a whole: on how many hosts such things are logged at all. */
export const kindKey = (kind: KeyKind): string => keyOf(kind);

const nameOf = (path: string) => maskPath(baseName(path.toLowerCase()));

/** Names of the options on a line in normal form, sorted; never their values. */
function optionsOf(invocation: ResolvedInvocation, platform: Platform): string {
  const words = invocation.canonical.split(" ").slice(1, 64);
  const options = words
    .filter((word) => (platform === "windows" ? isOption(word) : word.startsWith("-")))
    .map((word) => mask(optionFold(word).split(/[:=]/, 1)[0] ?? ""));
  return [...new Set(options)].sort().join(" ");
}

/** The argument template of one behaviour: everything about the arguments that is the same on every machine. */
export function templateKey(invocation: ResolvedInvocation, behaviour: ResolvedBehaviour): string {
  const platform = invocation.binary.platform;
  const payload = behaviour.runs[0] ?? behaviour.fetches[0] ?? behaviour.reads[0];
  const place = payload && payload.where !== "inline" ? classifyValue(resolvedOf(payload), platform) : undefined;
  return keyOf(
    "template",
    behaviour.id,
    optionsOf(invocation, platform),
    payload?.what ?? "",
    place?.directoryClass ?? payload?.where ?? "",
    place?.extension ?? "",
    mask(payload?.entry ?? ""),
  );
}

export const parentKey = (parent: string, binary: string): string => keyOf("parent", nameOf(parent), binary);

/** Keys of a payload: where it lies, and the file itself. */
export function payloadKeys(binary: string, payload: Payload, platform: Platform): readonly string[] {
  if (payload.where === "inline" || payload.where === "clsid" || payload.where === "registry") return [];
  const text = resolvedOf(payload);
  const name = baseName(text);
  const folder = maskPath(text.slice(0, Math.max(0, text.length - name.length)));
  const place = classifyValue(text, platform);
  return [keyOf("place", binary, folder || place.directoryClass), keyOf("loaded", binary, maskPath(text))];
}

/** Keys that a process start of a catalogued binary teaches or asks. */
export function startKeys(
  invocation: ResolvedInvocation,
  around: { readonly parent?: string | undefined; readonly user?: string | undefined },
): readonly string[] {
  const binary = invocation.binary.entry ?? invocation.binary.name;
  const platform = invocation.binary.platform;
  return [
    keyOf("binary", binary),
    ...invocation.behaviours.map((behaviour) => templateKey(invocation, behaviour)),
    ...(around.parent === undefined ? [] : [parentKey(around.parent, binary)]),
    ...(around.user === undefined ? [] : [keyOf("user", mask(around.user), binary)]),
    ...invocation.behaviours.flatMap((behaviour) =>
      behaviour.runs.flatMap((payload) => payloadKeys(binary, payload, platform)),
    ),
  ];
}

/** Keys of what a process of a catalogued binary does later; of any process for files. */
export function effectKeys(event: Event, binary: string | undefined): readonly string[] {
  if (event.kind === "fileCreation" && event.path !== undefined && event.process.image !== undefined) {
    const { extension, directoryClass } = classifyValue(event.path, event.platform);
    return [keyOf("file", nameOf(event.process.image), extension, directoryClass)];
  }
  if (binary === undefined) return [];
  if (event.kind === "moduleLoad" && event.module !== undefined) {
    const signer = event.signature?.signed === true ? (event.signature.signer ?? "signed") : "unsigned";
    const { directoryClass } = classifyValue(event.module, event.platform);
    // Signed modules are alike by signer and place; an unsigned one is known by its own path only.
    const which = signer === "unsigned" ? maskPath(event.module) : `${mask(signer)} in ${directoryClass}`;
    return [keyOf("loaded", binary, which)];
  }
  if (event.kind === "networkConnection") {
    const where = event.destinationHost ?? event.query ?? event.destinationIp;
    return where === undefined ? [] : [keyOf("destination", binary, domainOf(where))];
  }
  if (event.kind === "processCreation" && event.image !== undefined)
    return [keyOf("child", binary, nameOf(event.image))];
  return [];
}
