import { classifyValue } from "../cmdline/normal/classify.ts";
import { isThisMachine } from "../cmdline/normal/host.ts";
import { hostOf, isCalledAsOfSite, isNamedShare, isNumbered, machineOf, reachOf } from "../cmdline/normal/reach.ts";
import { isWebDav } from "../cmdline/normal/remote.ts";
import { baseName } from "../invocations/glob.ts";
import { type Payload, resolvedOf } from "../model/payload.ts";
import { hasVersion, isNamed } from "./published.ts";
import { isClickOnce, isPooled, isReleased, isSource, isVersioned } from "./publishers.ts";
import { type Fact, oncePerSubject, type Signal, type Subject } from "./signal.ts";
import {
  isLoggedByKeeper,
  isOfShell,
  isOfTask,
  isOrdinary,
  isPerhapsOfDesk,
  isPerhapsOfShell,
  isRolledOut,
} from "./starters.ts";
import { isBareAddress, named, nounOf, shown } from "./text.ts";

/** What comes from another machine, by whether that is one of the site. */
const remoteOf = oncePerSubject(({ behaviour: { runs, fetches }, domain }) => {
  const all = [...runs, ...fetches].filter(
    (payload) => payload.remote && (payload.where !== "web" || !isThisMachine(hostOf(resolvedOf(payload)) ?? "")),
  );
  const isOfSite = (payload: Payload) => reachOf(resolvedOf(payload), domain) === "internal";
  return { internal: all.filter(isOfSite), external: all.filter((payload) => !isOfSite(payload)) };
});

/** What goes to another machine is not taken from it. @param ofSite whether that machine is one of the site */
function taken({ behaviour }: Subject, payload: Payload, ofSite: boolean): string {
  const place = PLACE[payload.where === "web" ? "web" : "share"][ofSite ? 1 : 0];
  if (behaviour.behaviour.category === "upload") return `It sends to ${shown(payload.value)} on ${place}`;
  if (nounOf(payload) === "share")
    return `It turns to the network share ${shown(payload.value)}${ofSite ? " of the site" : ""}`;
  const what = isBareAddress(payload) ? `what ${shown(payload.value)} answers` : named(payload);
  return `It takes ${what} from ${place}`;
}

const PLACE = {
  web: ["the web", "a web server of the site"],
  share: ["a network share", "a network share of the site"],
} as const;

/** Endings of what runs nothing by itself: archives, certificates, records, settings, models, fonts, sound and film. */
const DATA = new Set(
  ".zip .7z .rar .tar .gz .tgz .bz2 .xz .zst .whl .nupkg .cer .crt .pem .json .csv .geojson .onnx .gguf .safetensors .ttf .otf .woff2 .wma .mp3 .wav .mp4 .avi .mkv .yml .yaml .toml .ini .sql .log".split(
    " ",
  ),
);

/** Endings of what runs, which an address does not lose by what it is called when it is saved. */
const RUNS = new Set(
  ".exe .dll .com .scr .cpl .sys .msi .msp .msix .appx .jar .ps1 .psm1 .bat .cmd .vbs .vbe .js .jse .wsf .hta .sct .xsl .lnk .iso .img .vhd .py .sh".split(
    " ",
  ),
);

const DATA_SHARE = 0.35;

/** Data that a project has released, or a maker under his own name, is what administrators fetch by whatever tool is at hand. */
const PUBLISHED_SHARE = 0.25;

/** Whether code of PowerShell asks an address for an answer that it looks at, or lays down as data. */
function isAnswer(extension: string, { invocation, behaviour: { behaviour, writes }, platform }: Subject): boolean {
  const isAsked = platform === "windows" && invocation.entry?.category === "shell" && behaviour.category === "download";
  if (!isAsked || RUNS.has(extension)) return false;
  return writes.every(({ value }) => DATA.has(classifyValue(value, platform).extension));
}

/** Whether what is laid down is a picture of a page, or one for paper. */
const isPrinted = (subject: Subject): boolean =>
  subject.platform === "windows" &&
  isOrdinary(subject) &&
  subject.behaviour.writes.length > 0 &&
  subject.behaviour.writes.every(({ value }) => /\.(?:pdf|png|jpe?g|webp)$/i.test(value));

/** What is laid down as data or only looked at, by a machine that has a name. */
function isKept(payload: Payload, subject: Subject): boolean {
  const address = resolvedOf(payload);
  if (isNumbered(hostOf(address)) || subject.behaviour.runs.includes(payload)) return false;
  const { extension } = classifyValue(address, subject.platform);
  return DATA.has(extension) || isPrinted(subject) || isAnswer(extension, subject);
}

/** Folders that people and scripts work in; what intruders bring they lay down where nobody looks. */
const WORKED_IN =
  /^(?:[^:%\\/][^:]*|[a-z]:\\(?!users\\|windows\\|programdata\\|perflogs\\|intel\\|te?mp\\|recycler\\|\$)[^\\]+\\.+|[a-z]:\\users\\(?!public\\)[^\\]+\\(?!appdata\\).+)$/i;

/** Software that has no installer has an order of its own in its folder at the top of a drive. */
const WITHIN_PROGRAM = /^[a-z]:\\(?!users\\)[^\\]+\\+[^\\]+\\+[^\\]+$/i;

/** Whether it is laid down under a name that says what it is, where it is worked with. */
const isWorkedOn = ({ platform, behaviour: { writes } }: Subject): boolean =>
  platform === "windows" &&
  writes.length > 0 &&
  writes.every(({ value }) => {
    const { extension } = classifyValue(value, platform);
    return DATA.has(extension) && WORKED_IN.test(value) && (isNamed(baseName(value)) || WITHIN_PROGRAM.test(value));
  });

const SOURCE_SHARE = 0.4;

/** What a project or a maker has published under a name that says so. */
function isPublishedBy(payload: Payload): boolean {
  const address = resolvedOf(payload);
  return isReleased(address) || isVersioned(address) || isPooled(address);
}

/**
 * What is published is fetched by whoever sets up a machine, and Windows Installer documents that it takes its packages from there; what
 * else runs without having been laid down is not meant.
 */
const isAsset = (payload: Payload, { behaviour: { runs } }: Subject): boolean =>
  runs.every(({ what }) => what === "package" || what === "config") && isPublishedBy(payload);

const HALF = 0.5;

/** What administrators keep on file servers: what is installed, and scripts that are carried out, from there. */
const SERVED = /\.(?:ms[ipu]|cab|cmd|bat|vbs|ps1)$/i;
/** Shares of a domain, to which only its administrators write. */
const OF_DOMAIN = /^[\\/]{2}[^\\/]+[\\/](?:netlogon|sysvol)[\\/]/i;

/** What starts the scripts of a log-on. */
const isOfLogon = ({ parent, outer }: Subject): boolean =>
  parent === "userinit.exe" && outer.every(({ entry }) => entry?.category === "shell");

/** Whether no log says who started it, which for scripts of a log-on is a service of Windows; and nothing hides its window. */
const isUnlogged = ({ parent, outer, behaviour: { techniques } }: Subject): boolean =>
  parent === undefined && outer.length === 0 && !techniques.includes("T1564.003");

/** Whether it is rolled out from a server by its full name, of which the log does not say whether it is one of the site. */
function isPerhapsOfSite(payload: Payload, subject: Subject): boolean {
  const path = resolvedOf(payload);
  if (!isOrdinary(subject) || !isNamedShare(path, subject.domain)) return false;
  const isOfDomainShare = OF_DOMAIN.test(path);
  if (!SERVED.test(path) && !isOfDomainShare) return false;
  if (isOfDomainShare && (isPerhapsOfDesk(subject) || isOfLogon(subject) || isUnlogged(subject))) return true;
  if (isOfShell(subject) || isRolledOut(subject) || isOfTask(subject)) return true;
  return isPerhapsOfShell(subject) && /\.ms[ip]$/i.test(path) && isNamed(baseName(path));
}

const PERHAPS_SHARE = 0.4;

/** An HTML application in a folder of its own on a share of a server that has a name. */
const SHARED_APPLICATION = /^[\\/]{2}[a-z][^\\/]*(?:[\\/][^\\/]+){2,}[\\/][^\\/]+\.hta$/i;

/** Shares that Windows makes for administration, by which intruders go from one machine to the next. */
const ADMIN_SHARE = /^[\\/]{2}[^\\/]+[\\/](?:[a-z]|admin|ipc|print)\$[\\/]/i;

/** What a site keeps on a file server for its desks: packages under names of software, and applications with what belongs to them. */
function isServed({ what, where, value }: Payload, subject: Subject): boolean {
  // No file server of a site is called by WebDAV.
  if (
    where !== "share" ||
    isWebDav(value) ||
    ADMIN_SHARE.test(value) ||
    !(isPerhapsOfDesk(subject) || isRolledOut(subject))
  )
    return false;
  const name = baseName(value);
  return what === "package" ? isNamed(name) || hasVersion(name) : SHARED_APPLICATION.test(value);
}

/** Where ClickOnce takes its applications from: it asks whoever opens the address whether to trust the maker. */
const isClickedOnce = (payload: Payload, { behaviour: { behaviour } }: Subject): boolean =>
  behaviour.usual === "common" && isClickOnce(payload);

/** The manifest of an application that the site publishes for its own desks, on a server that has a name. */
const isOfIntranet = ({ what, value }: Payload): boolean =>
  what === "package" && /^https?:[^?#]+\.application(?:[?#]|$)/i.test(value) && !isNumbered(hostOf(value));

/** What Windows installs, which a web server of the site keeps under a name and from which it is laid down. */
const isOfDepot = ({ value }: Payload, { behaviour: { behaviour, runs } }: Subject): boolean =>
  behaviour.category === "download" &&
  runs.length === 0 &&
  /^https?:[^?#]+\.(?:ms[ipu]|cab)$/i.test(value) &&
  !isNumbered(hostOf(value));

/** The usual ports of the web, where servers answer everybody, and that at which those of updates do (WSUS). */
const PLAIN_ADDRESS = /^(?:https?:\/\/[^/:@?#]+(?::853[01])?(?:[/?#]|$)|[\\/]{2}[^\\/@]+[\\/])/i;

/** What lies on a server that is called as servers of a site are, in a domain that the log does not know: unless the way is never normal. */
const isPerhapsOfSiteServer = (payload: Payload, { behaviour: { behaviour }, domain }: Subject): boolean =>
  behaviour.usual !== "hostile" &&
  domain === undefined &&
  PLAIN_ADDRESS.test(resolvedOf(payload)) &&
  isCalledAsOfSite(hostOf(resolvedOf(payload)) ?? "");

const SITE_SERVER_SHARE = 0.28;

/** What has a name that says what it is, on a server of the site that has one, too. */
function isKnownOnSite(payload: Payload): boolean {
  const path = resolvedOf(payload);
  if (isNumbered(machineOf(path)) || isWebDav(path) || ADMIN_SHARE.test(path)) return false;
  return !PROGRAM_OF_WEB.test(path) && isNamed(baseName(payload.value));
}

/** A program is seldom called by an address: what Windows opens so is a manifest or a page. */
const PROGRAM_OF_WEB = /^https?:[^?#]+\.(?:exe|com|scr|dll|cpl)(?:[?#]|$)/i;

const NAMED_SHARE = 0.75;

/** What speaks loudest of all that is taken. */
function worstOf(subject: Subject, remote: readonly Payload[], ofSite: boolean): Fact | undefined {
  const worst = remote.find((payload) => !isKept(payload, subject)) ?? remote[0];
  if (!worst) return undefined;
  const text = `${taken(subject, worst, ofSite)}.`;
  if (remote.every((one) => isSource(one, subject.platform))) return { share: SOURCE_SHARE, text };
  if (isKept(worst, subject)) {
    const isOpen = remote.every(isPublishedBy) || isWorkedOn(subject);
    const isSites = isOpen || (!ofSite && remote.every((one) => isPerhapsOfSiteServer(one, subject)));
    return { share: isSites ? PUBLISHED_SHARE : DATA_SHARE, text };
  }
  if (!ofSite && remote.every((one) => isPerhapsOfSite(one, subject))) return { share: PERHAPS_SHARE, text };
  const isOfSite = (one: Payload) => isServed(one, subject) || isOfIntranet(one) || isOfDepot(one, subject);
  if (ofSite && remote.every(isOfSite)) return { share: HALF, text };
  if (!ofSite && remote.every((one) => isPerhapsOfSiteServer(one, subject))) return { share: SITE_SERVER_SHARE, text };
  if (ofSite && remote.every(isKnownOnSite)) return { share: NAMED_SHARE, text };
  const isHalf = remote.every((payload) => isAsset(payload, subject) || isClickedOnce(payload, subject));
  return isHalf ? { share: HALF, text } : { text };
}

export const remotePayload: Signal = {
  id: "remote-payload",
  group: "payloadPlace",
  title: "The payload comes from another machine",
  needs: "remote",
  evaluate(subject) {
    return worstOf(subject, remoteOf(subject).external, false);
  },
};

/** What a record alone tells of, which names neither who asked for it nor what becomes of it, may be no more than looked at. */
const ASKED_SHARE = 0.5;

function isAskedOnly(subject: Subject): boolean {
  const { behaviour, invocation } = subject;
  if (behaviour.runs.length > 0 || behaviour.writes.length > 0) return false;
  return invocation.arguments === 0 || isLoggedByKeeper(subject);
}

const NEAR_SHARE = 0.6;
const OPENED_SHARE = 1.7;

const isOfNumber = (payload: Payload): boolean => isNumbered(machineOf(resolvedOf(payload)));
const numberOf = (payload: Payload): string => shown(machineOf(resolvedOf(payload)) ?? payload.value);

/** Whoever publishes software has a name; machines that are rented for a week have none. */
export const bareAddress: Signal = {
  id: "bare-address",
  group: "payloadForm",
  title: "The other machine is called by its number",
  needs: "remote",
  evaluate(subject) {
    const { external, internal } = remoteOf(subject);
    const bare = external.find(isOfNumber);
    if (!bare) {
      // Servers of a site that administrators have code run from have a name.
      const near = internal.find(
        (one) => isOfNumber(one) && one.what === "script" && subject.behaviour.runs.includes(one),
      );
      return near && { share: NEAR_SHARE, text: `${numberOf(near)} is called by its number.` };
    }
    const text = `${numberOf(bare)} is a bare IP address outside the site.`;
    // Nobody runs what lies on shares across the Internet, and firewalls keep them in.
    if (external.some((one) => isOfNumber(one) && one.where === "share" && subject.behaviour.runs.includes(one)))
      return { share: OPENED_SHARE, text };
    return isAskedOnly(subject) ? { share: ASKED_SHARE, text } : { text };
  },
};

/** A server of the site is where administrators keep what they roll out. */
export const sitePayload: Signal = {
  id: "site-payload",
  group: "payloadPlace",
  title: "The payload comes from a server of the site",
  needs: "remote",
  evaluate(subject) {
    return worstOf(subject, remoteOf(subject).internal, true);
  },
};
