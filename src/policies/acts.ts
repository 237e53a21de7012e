import type { Catalog } from "../catalog/catalog.ts";
import { wholeName } from "../cmdline/normal/folder.ts";
import { isWebDav } from "../cmdline/normal/remote.ts";
import { Bounded } from "../correlate/bounded.ts";
import { ofProcess } from "../correlate/requests.ts";
import { baseName } from "../invocations/glob.ts";
import { resolve } from "../invocations/resolve.ts";
import type { ResolvedBehaviour, ResolvedInvocation } from "../invocations/types.ts";
import { entryOf } from "../model/entry.ts";
import type { Event, EventKind, ProcessCreation } from "../model/event.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import type { Act, FileFacts } from "./decide/act.ts";
import { packagedApp } from "./decide/packaged.ts";
import { isWhole, PACKAGES } from "./decide/paths.ts";
import { portOf } from "./decide/peer.ts";
import { signerOf } from "./signers.ts";

/** Kinds of events that policies rule on. */
export const RULED_ON: ReadonlySet<EventKind> = new Set<EventKind>([
  "processCreation",
  "moduleLoad",
  "fileCreation",
  "networkConnection",
  "commandExecution",
]);

const MAX_PROCESSES = 65_536;
const ELEVATED: Readonly<Record<string, boolean>> = {
  high: true,
  system: true,
  medium: false,
  low: false,
  appcontainer: false,
};
/** Programs from which people open documents. */
const OPENERS =
  /(?:^|\\)(?:explorer|outlook|olk|chrome|msedge|firefox|iexplore|thunderbird|teams|ms-teams|7zfm|winrar|winzip)\w*\.exe$/i;
const SCRIPTS = /\.(?:ps1|psm1|bat|cmd|vbs|vbe|js|jse|wsf|wsc|hta|xsl|xslt)$/i;

interface Known {
  readonly file: FileFacts;
  readonly user: string | undefined;
  readonly elevated: boolean | undefined;
}

/** The service that a process of the service host hosts alone, by its command line; many have none. */
const serviceOf = (image: string | undefined, line: string | undefined): string | undefined =>
  /\\svchost\.exe$/i.test(image ?? "") ? /\s-s\s+([\w.-]{1,80})/i.exec(line ?? "")?.[1] : undefined;

/** Says what policies would have been asked about an event. Remembers processes, so that what they do later is theirs. */
export class ActReader {
  readonly #catalog: Catalog;
  readonly #processes = new Bounded<Known>(MAX_PROCESSES);

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  of(event: Event): readonly Act[] {
    return this.#acts(event).map((act) => ({ ...act, platform: event.platform }));
  }

  #acts(event: Event): readonly Act[] {
    if (event.kind === "processCreation") return this.#start(event);
    const { file: subject, user, elevated } = this.#process(event);
    const who = { subject, user, elevated };
    if (event.kind === "moduleLoad") {
      const { module: path, originalFileName: originalName, hashes, signature } = event;
      if (path === undefined || path.toLowerCase() === subject.path?.toLowerCase()) return [];
      const signer = signerOf(undefined, { signature }, this.#catalog);
      return [{ on: "load", ...who, object: { path, originalName, hashes, ...signer } }];
    }
    if (event.kind === "networkConnection") {
      const {
        destinationIp: address,
        destinationHost: host,
        destinationPort: port,
        protocol,
        initiated,
        query,
      } = event;
      if (query !== undefined && address === undefined) return [];
      const inbound = initiated === undefined ? undefined : !initiated;
      return [{ on: "connect", ...who, object: {}, peer: { address, host, port, protocol, inbound } }];
    }
    // A block of a script file; what is typed or handed over has no file that a policy could name.
    if (event.kind === "commandExecution")
      return event.origin === "scriptBlock" && SCRIPTS.test(event.name ?? "")
        ? [{ on: "script", ...who, object: { path: event.name, originalName: "" } }]
        : [];
    if (event.kind === "fileCreation" && (event.action === "create" || event.action === "stream"))
      return [{ on: "write", ...who, object: { path: event.path, hashes: event.hashes } }];
    return [];
  }

  #key(host: string | undefined, key: string | undefined): string | undefined {
    return key === undefined ? undefined : `${host}|${key}`;
  }

  #process({ host, process, user }: Event): Known {
    const key = this.#key(host, process.key);
    const known = key === undefined ? undefined : this.#processes.get(key);
    const file = { ...known?.file, path: process.image ?? known?.file.path };
    return { file, user: user ?? known?.user, elevated: known?.elevated };
  }

  #start(event: ProcessCreation): readonly Act[] {
    const { host, process, parent, image, originalFileName, product, user, hashes, integrityLevel, platform } = event;
    const elevated =
      platform === "windows"
        ? entryOf(ELEVATED, integrityLevel?.toLowerCase() ?? "")
        : user === undefined
          ? undefined
          : user === "root";
    const file: FileFacts = {
      path: image,
      originalName: originalFileName,
      hashes,
      product,
      service: serviceOf(image, event.commandLine),
      startedBy: parent.image,
      ...(platform === "windows" ? signerOf(image, event, this.#catalog) : {}),
    };
    const key = this.#key(host, process.key);
    if (key !== undefined) this.#processes.set(key, { file, user, elevated });
    const parentKey = this.#key(host, parent.key);
    const above = parentKey === undefined ? undefined : this.#processes.get(parentKey)?.file;
    const subject: FileFacts = { ...above, path: parent.image ?? above?.path };
    const who = { user, elevated };
    const own: Act = { on: "execute", subject, object: file, ...who };
    const foreseen = this.#foreseen(event).map((act) => ({ ...act, subject: file, ...who, foreseen: true }));
    const app = platform === "windows" ? packagedApp(file) : undefined;
    const packaged: Act[] = app ? [{ on: "packagedApp", subject: {}, object: app, ...who }] : [];
    return [own, ...packaged, ...foreseen, ...openedBy(event, subject, who)];
  }

  /** What a command line says that its process is going to do. */
  #foreseen(event: ProcessCreation): readonly Foreseen[] {
    if (event.commandLine === undefined && event.args === undefined) return [];
    const invocation = resolve(ofProcess(event), this.#catalog).invocations[0];
    if (!invocation?.entry) return [];
    return invocation.behaviours.flatMap((behaviour) => [
      ...librariesOf(invocation, behaviour),
      ...behaviour.runs.flatMap((payload) => actOf(payload, event, behaviour.techniques.some(isLoading))),
      ...behaviour.fetches.flatMap((payload) => fetched(payload)),
    ]);
  }
}

/** The system's library that acts for the program. */
function librariesOf(
  invocation: ResolvedInvocation,
  { behaviour, id }: ResolvedBehaviour,
): Pick<Act, "on" | "object">[] {
  const isScriptlet = id === "windows/regsvr32/scriptlet";
  const library = behaviour.library ?? (isScriptlet ? "scrobj.dll" : undefined);
  if (library === undefined) return [];
  const folder = /\\syswow64\\/i.test(invocation.binary.path ?? "") ? "syswow64" : "system32";
  return [{ on: "load", object: { path: `C:\\Windows\\${folder}\\${library}`, originalName: library } }];
}

/** Techniques whose programs load what they are given, whatever it is called. */
const isLoading = (technique: string) => /^T1218\.0(?:02|04|09)$/.test(technique);

type Foreseen = Pick<Act, "on" | "object" | "peer">;

function actOf(payload: Payload, event: ProcessCreation, isLoaded: boolean): Foreseen[] {
  const { where } = payload;
  const text = resolvedOf(payload);
  if (where === "web") {
    // Hosts of scripts ask for what they fetch as they do for files.
    const isScript = payload.what === "script" || payload.what === "scriptlet";
    return [
      ...fetched(payload),
      ...(isScript ? [{ on: "script", object: { path: text, originalName: "" } } as const] : []),
    ];
  }
  if (where !== "local" && where !== "share") return [];
  return [...fetched(payload), ...opened(payload, located(text, event), isLoaded)];
}

/** What is done with a file that lies at a path. */
function opened(payload: Payload, path: string, isLoaded: boolean): Foreseen[] {
  const { what } = payload;
  const text = resolvedOf(payload);
  if (what === "library" || what === "assembly" || (isLoaded && what === "document")) {
    return [{ on: "load", object: isWhole(path) ? { path } : { path, originalName: baseName(path) } }];
  }
  if (SCRIPTS.test(text)) return [{ on: "script", object: { path, originalName: "" } }];
  if (what === "package" || PACKAGES.test(text)) return [{ on: "install", object: { path, originalName: "" } }];
  return what === "executable" && isWhole(text) ? [{ on: "execute", object: { path } }] : [];
}

/**
 * A path that is relative lies in the working directory. A bare name is searched for beside the program and in the system's folders
 * first, so that nobody knows from the line where it was found.
 */
function located(text: string, { currentDirectory, platform }: ProcessCreation): string {
  if (isWhole(text) || currentDirectory === undefined || baseName(text) === text) return text;
  return wholeName(currentDirectory, text, platform);
}

/** The connection to a share. */
function shared(path: string): Foreseen[] {
  const [, host = "", port] = /^\\\\([^\\@:*?"<>|\s]{1,255})(?:@(ssl|\d{1,5}))?(?:@\d{1,5})?\\/i.exec(path) ?? [];
  if (host === "" || host === "." || host === "?") return [];
  const number = port === undefined ? (isWebDav(path) ? 80 : 445) : /^ssl$/i.test(port) ? 443 : Number(port);
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(host);
  const peer = { host, ...(isAddress && { address: host }), port: number, protocol: "tcp", inbound: false };
  return [{ on: "connect", object: { path }, peer }];
}

function fetched(payload: Payload): Foreseen[] {
  const path = resolvedOf(payload);
  if (payload.where === "share") return shared(path);
  if (payload.where !== "web") return [];
  const found = /^([a-z]+):\/\/([^/:?#@\s]{1,255})(?::(\d{1,5}))?/i.exec(path);
  if (!found) return [];
  const [, scheme = "", host = "", port] = found;
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(host);
  return [
    {
      on: "connect",
      object: { path },
      peer: {
        host,
        ...(isAddress && { address: host }),
        port: portOf(scheme, port),
        protocol: "tcp",
        inbound: false,
      },
    },
  ];
}

/** A document that a person opened from the shell, a mail or a browser: its type chooses the program. */
function openedBy(event: ProcessCreation, subject: FileFacts, who: Pick<Act, "user" | "elevated">): readonly Act[] {
  if (event.platform !== "windows" || !OPENERS.test(subject.path ?? "")) return [];
  const path = /^\s*(?:"[^"]*"|\S+)\s+(?!\s)"?([^"]{1,1024}\.\w{1,12})"?\s*(?:,|%?\*?\s*$)/.exec(
    event.commandLine ?? "",
  )?.[1];
  if (path === undefined || path.startsWith("-") || path.startsWith("/")) return [];
  return [{ on: "open", subject, object: { path }, ...who, foreseen: true }];
}
