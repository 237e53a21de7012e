import type { Binding, System } from "../../catalog/types.ts";
import { classifyAddress, classifySettled, classifyUnsettled, type ValueClass } from "../../cmdline/normal/classify.ts";
import { connectionOf } from "../../cmdline/normal/connection.ts";
import { identityOfUnsettled, isSettledAddress, settledName } from "../../cmdline/normal/identity.ts";
import { kindOf } from "../../cmdline/normal/kinds.ts";
import { isRemote } from "../../cmdline/normal/remote.ts";
import type { Payload, PayloadWhat, PayloadWhere, Role } from "../../model/payload.ts";
import type { AllOf } from "../../model/shape.ts";
import { onDrive } from "./drives.ts";
import { inFolder, type Whereabouts } from "./whole.ts";

export interface PayloadContext extends Whereabouts {
  /** Where the payload is another system's, that. */
  readonly elsewhere?: { readonly system: System } | undefined;
}

/** A payload in its role. */
export interface Found {
  readonly role: Role;
  readonly payload: Payload;
}

/** Adds the extension that a program adds by itself. A URL or a name with an extension stays. */
function withExtension(text: string, extension: string | undefined): string {
  if (extension === undefined) return text;
  const name = text.slice(Math.max(text.lastIndexOf("\\"), text.lastIndexOf("/")) + 1);
  return name === "" || name.includes(".") || name.includes(":") ? text : text + extension;
}

/** Payloads have one shape, in which all stages read them; what is undefined is left out where they are written. */
function payloadOf(
  what: PayloadWhat,
  where: PayloadWhere,
  value: string,
  resolved: string | undefined,
  entry: string | undefined,
  remote: boolean,
  args: readonly string[] | undefined,
): Payload {
  return { what, where, value, resolved, entry, remote, args } satisfies AllOf<Payload> as Payload;
}

/** What a binding says of a name. */
type Naming = { readonly [K in "what" | "where" | "ext" | "prefix"]?: Binding[K] | undefined } & Pick<Binding, "what">;

interface Located {
  readonly place: ValueClass;
  /** The form in which it is compared. */
  readonly resolved: string;
  readonly remote: boolean;
}

/** Where a value lies; most have the form in which they are compared already, and are looked at once. */
function locate(value: string, { platform, elsewhere }: PayloadContext): Located {
  const onWindows = elsewhere?.system === "wsl" ? onDrive(value) : undefined;
  if (onWindows !== undefined) return locate(onWindows, { platform: "windows" });
  const settled = settledName(value, platform);
  if (settled !== undefined) {
    const place = classifySettled(value, settled, platform);
    return { place, resolved: settled, remote: place.where === "share" };
  }
  if (isSettledAddress(value)) return { place: classifyAddress(value), resolved: value, remote: true };
  const place = classifyUnsettled(value, platform);
  return { place, resolved: identityOfUnsettled(value, platform), remote: isRemote(value) };
}

/** Linux starts and loads no file of another machine: two slashes are one to it, where mount(8) and smbclient(1) mean a share. */
const RUN = new Set<Binding["what"]>(["executable", "library", "script"]);
const withOneSlash = (path: string, what: Binding["what"], { platform }: PayloadContext): string =>
  platform === "linux" && path.startsWith("//") && RUN.has(what) ? path.replace(/^\/+/, "/") : path;

/** An address without its scheme: a host that has a domain or is called by its number, and a path. */
const HOST_AND_PATH = /^(?:[a-z0-9_-]{1,63}\.){1,9}[a-z0-9-]{1,63}(?::\d{1,5})?\//i;
/** A host alone, where nothing but an address can stand. */
const HOST = /^(?:[a-z0-9_-]{1,63}\.){1,9}[a-z]{2,63}$/i;

/** What comes from the web is asked for over HTTP where no scheme is written, or comes by a connection that the shell opens. */
function withScheme(text: string, { what, where }: Naming): string {
  if (where !== "web") return text;
  const opened = connectionOf(text);
  if (opened) return `${opened.protocol}://${opened.host}:${opened.port}`;
  return HOST_AND_PATH.test(text) || (what === "script" && HOST.test(text)) ? `http://${text}` : text;
}

/** A payload whose value is a name: a file, an address, a class, a key. */
export function namedPayload(text: string, binding: Naming, context: PayloadContext, entry?: string): Payload {
  const full = withScheme((binding.prefix ?? "") + withExtension(text, binding.ext), binding);
  const { place, resolved, remote } = locate(
    binding.where ? full : withOneSlash(inFolder(full, binding.what, context), binding.what, context),
    context,
  );
  const isServer = binding.where === "web";
  // What ends the name of a server is no extension.
  const extension = isServer && /^[\w.-]+$/.test(full) ? "" : place.extension;
  const what = binding.what === "auto" ? kindOf(extension) : binding.what;
  const where = binding.where ?? place.where;
  return payloadOf(what, where, text, resolved === text ? undefined : resolved, entry, isServer || remote, undefined);
}

/** A payload that is a program, with the arguments that it is given. */
export function withArguments(
  { what, where, value, resolved, entry, remote }: Payload,
  args: readonly string[],
): Payload {
  return payloadOf(what, where, value, resolved, entry, remote, args);
}

/** A payload that is its own text. */
export function inlinePayload(code: string): Payload {
  return payloadOf("inlineCode", "inline", code, undefined, undefined, false, undefined);
}

/** Whether Windows opens a file with the program that its extension belongs to; batch files are the shell's own. */
const isOpened = (extension: string): boolean =>
  kindOf(extension) === "script" && extension !== ".bat" && extension !== ".cmd";

/** A program, or with arguments the command as a whole; who runs is its identity. */
export function commandPayload(program: string, args: readonly string[], context: PayloadContext): Payload {
  const { place, resolved, remote } = locate(
    withOneSlash(inFolder(program, "executable", context), "executable", context),
    context,
  );
  const { where, extension } = place;
  if (args.length > 0)
    return payloadOf("command", where, `${program} ${args.join(" ")}`, resolved, undefined, remote, args);
  const what = context.platform === "windows" && isOpened(extension) ? "script" : "executable";
  return payloadOf(what, where, program, resolved, undefined, remote, undefined);
}

/** A place outside the arguments: a registry key, a variable, a file that the program reads by itself. */
export function placePayload(value: string, binding: Pick<Binding, "what" | "where">): Payload {
  const { where = "local" } = binding;
  const what = binding.what === "auto" ? "config" : binding.what;
  return payloadOf(what, where, value, undefined, undefined, where === "web", undefined);
}
