import { classifyValue, isInstalled } from "../../cmdline/normal/classify.ts";
import { isInline } from "../../cmdline/normal/identity.ts";
import { kindOf } from "../../cmdline/normal/kinds.ts";
import { isSiteShare } from "../../cmdline/normal/reach.ts";
import { parseUrl } from "../../cmdline/normal/url.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Event, ModuleLoad, NetworkConnection, Platform, ProcessCreation } from "../../model/event.ts";
import type { PayloadWhat } from "../../model/payload.ts";
import { COMPANIONS } from "../facts/children.ts";
import { isSigned } from "../facts/fact.ts";
import { farEnd } from "../facts/network.ts";
import { partsOf } from "./names.ts";
import { isOwn, trustOf } from "./trust.ts";
import type { Argument, Line, Link, Surroundings } from "./types.ts";

type Opened = Pick<Link, "act" | "role" | "what" | "text" | "option" | "by" | "effect">;

/** What an argument gives a program to run, and how plainly: code and addresses before files of any kind. */
interface Given extends Argument {
  readonly what: PayloadWhat;
  readonly plain: "code" | "address" | "program" | "class" | "bare" | "document";
}

const RANK: readonly Given["plain"][] = ["code", "address", "program", "class", "bare", "document"];

/** Shells, hosts of scripts and other programs that an intruder goes on with. */
const SHELL =
  /^(?:cmd|powershell|pwsh|wscript|cscript|mshta|rundll32|regsvr32|schtasks|bitsadmin|certutil|wmic|msbuild|installutil|regasm|regsvcs|curl|net1?|whoami|sh|bash|dash|zsh|ksh|ash|busybox|python[\d.]*|perl[\d.]*|ruby[\d.]*|php[\d.]*|nc|ncat|socat|wget)(?:\.exe)?$/i;

/** Libraries that run scripts; programs that need none load none. */
export const ENGINE = /\\(?:scrobj|jscript9?|vbscript)\.dll$/i;

/** `ms-something://…`, `shell:::{…}`: what is opened by whoever registered the scheme. */
const SCHEME = /^(?!file:|[a-z]{0,2}:)[a-z][a-z\d+.-]{2,30}:(?:\/\/|::\{)/i;

/** Shares that every controller of a domain has, in which only its administrators can write. */
const DOMAIN_SHARE = /^\\\\[^\\]+\\(?:netlogon|sysvol)\\/i;

function givenBy({ text, option }: Argument, platform: Platform, domain: string | undefined): Given | undefined {
  if (classifyValue(text, platform).where === "clsid") return { text, option, what: "comObject", plain: "class" };
  if (SCHEME.test(text) && !parseUrl(text)) return { text, option, what: "document", plain: "address" };
  if (isInline(text)) return { text, option, what: "inlineCode", plain: "code" };
  const [bare = ""] = partsOf(text);
  const name = /^.+\.\w{1,12}(?=,)/.exec(bare)?.[0] ?? bare;
  const { where, directoryClass, extension, userWritable } = classifyValue(name, platform);
  const kind = kindOf(extension);
  if (parseUrl(name)) return { text: name, option, what: kind, plain: "address" };
  if (where === "registry" || extension === "") return undefined;
  const isCode = kind !== "document" && kind !== "config";
  if (where === "share" && DOMAIN_SHARE.test(name) && isSiteShare(name, domain)) return undefined;
  if (where === "share") return { text: name, option, what: kind, plain: isCode ? "program" : "document" };
  if (directoryClass === "relative" && !/[\\/]/.test(name))
    return isCode && kind !== "executable" ? { text: name, option, what: kind, plain: "bare" } : undefined;
  if (!userWritable && directoryClass !== "other" && directoryClass !== "relative") return undefined;
  return /[\\/]/.test(name) ? { text: name, option, what: kind, plain: isCode ? "program" : "document" } : undefined;
}

/** The argument that most plainly gives the program something to run; what lies in its own folder is its own. */
function given(line: Line, args: readonly Argument[], { isDropped, domain }: Surroundings): Given | undefined {
  const all = args
    .flatMap((argument) => givenBy(argument, line.platform, domain) ?? [])
    .map((one) => {
      // What another process has just put there may be of any name.
      return one.plain === "document" && isDropped?.(one.text) ? { ...one, plain: "program" as const } : one;
    });
  const foreign = all.filter(({ text, plain }) => plain !== "program" || !isOwn(text, line.image, line.platform));
  for (const plain of RANK) {
    const found = foreign.find((one) => one.plain === plain);
    if (found) return found;
  }
  return undefined;
}

function afterChild(line: Line, { text, plain, what }: Given, child: ProcessCreation): Link["by"] {
  const { image } = child;
  if (image === undefined || COMPANIONS.test(baseName(image))) return undefined;
  const isSystem = trustOf(line.image, line.platform) === "system";
  // Installed software often has its data and its libraries used by a second program of its own.
  const isCode = plain !== "document" && what !== "library";
  const isHanded = text.length > 4 && (child.commandLine?.includes(text) || child.args?.includes(text));
  // A bare name is that of a file of the system, more often than not, and whoever it is handed to tells more of it.
  if (isHanded && plain === "bare") return undefined;
  if (isHanded && (isSystem || isCode)) return "handed-on";
  // Services of Linux are told of sockets and settings, and start shells all day.
  if (SHELL.test(baseName(image)) && (plain !== "document" || line.platform === "windows")) return "shell";
  const isForeign = trustOf(image, line.platform) === undefined && !isOwn(image, line.image, line.platform);
  if (plain === "document") return isForeign && isSystem ? "child" : undefined;
  return isForeign || (isSystem && plain !== "bare") ? "child" : undefined;
}

/** Code that nobody installed and nobody signed. */
const isForeign = ({ module, signature, platform }: ModuleLoad): boolean =>
  module !== undefined && isSigned(signature) === false && !isInstalled(module, platform);

function afterLoad({ plain }: Given, event: ModuleLoad): Link["by"] {
  if (event.module !== undefined && ENGINE.test(event.module)) return "engine";
  return plain === "class" && isForeign(event) ? "library" : undefined;
}

function afterConnection({ plain }: Given, event: NetworkConnection, { site }: Surroundings): Link["by"] {
  if (event.initiated === false || farEnd(event, site) === undefined) return undefined;
  return plain === "document" ? undefined : "connection";
}

function effectOf(event: Event, { site }: Surroundings): string {
  if (event.kind === "processCreation") return event.image ?? "";
  if (event.kind === "moduleLoad") return event.module ?? "";
  return event.kind === "networkConnection" ? (farEnd(event, site) ?? "") : "";
}

/** An argument that a program was given to run, as what it does next shows; undefined where nothing points to it. */
export function openedBy(
  line: Line,
  args: readonly Argument[],
  event: Event,
  around: Surroundings = {},
): Opened | undefined {
  const isEffect =
    event.kind === "processCreation" || event.kind === "networkConnection" || event.kind === "moduleLoad";
  const one = isEffect ? given(line, args, around) : undefined;
  if (!one) return undefined;
  const by =
    event.kind === "processCreation"
      ? afterChild(line, one, event)
      : event.kind === "networkConnection"
        ? afterConnection(one, event, around)
        : event.kind === "moduleLoad"
          ? afterLoad(one, event)
          : undefined;
  if (by === undefined) return undefined;
  const { text, option, what } = one;
  const fetches = by === "connection" && one.plain === "address";
  return {
    act: fetches ? "fetch" : "open",
    role: fetches ? "fetches" : "runs",
    what,
    text,
    option,
    by,
    effect: effectOf(event, around),
  };
}
