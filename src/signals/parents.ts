import { baseName } from "../invocations/glob.ts";
import type { Payload } from "../model/payload.ts";
import { isKept } from "./kept.ts";
import { isNamed } from "./published.ts";
import { isClickOnce } from "./publishers.ts";
import { isRegistration } from "./registered.ts";
import { FURTHEST, oncePerSubject, type Signal, type Subject } from "./signal.ts";
import { isOfOtherHost } from "./starters.ts";
import { shown } from "./text.ts";

const OFFICE =
  /^(?:winword|excel|powerpnt|outlook|msaccess|mspub|visio|onenote|eqnedt32|wordpad|winproj|soffice(?:\.bin)?|acrord32|acrobat|foxitreader)\.exe$/;
const SCRIPT_HOST = /^(?:wscript|cscript|mshta|powershell|pwsh|powershell_ise)\.exe$/;
const BROWSER = /^(?:chrome|msedge|firefox|iexplore|opera|brave|vivaldi|msedgewebview2)\.exe$/;

/** Servers that answer requests, and start programs for hardly any of them. */
const ANSWERS =
  /^(?:w3wp|umworkerprocess|httpd|apache2?|nginx|lighttpd|caddy|tomcat\d*|ws_tomcatservice|php-cgi[\d.]*|php-fpm[\d.]*|sqlservr|mysqld|mariadbd|postgres)(?:\.exe)?$/;

/** Programs in which servers run as well as much else. */
const HOSTS = /^(?:php[\d.]*|javaw?|node|gunicorn|uwsgi|uvicorn|crushftpservice)(?:\.exe)?$/;

const ancestry = oncePerSubject(({ outer, parent, ancestors }) => [
  ...outer.map(({ binary }) => baseName(binary.name).toLowerCase()).reverse(),
  ...(parent === undefined ? [] : [parent]),
  ...ancestors,
]);

/** The first of those that stand behind it, from one on, that is such a program. */
function nearest(behind: readonly string[], pattern: RegExp, depth = FURTHEST, from = 0): string | undefined {
  for (let at = from; at < depth && at < behind.length; at++) if (pattern.test(behind[at]!)) return behind[at];
  return undefined;
}

/** The server that answers requests and started it, itself or by a shell. */
export const answeringStarter = (subject: Subject): string | undefined => nearest(ancestry(subject), ANSWERS, 2);

/** A server that started it, of whatever kind. What carries out code of the line itself, `node -e`, is none. */
export const serverStarter = (subject: Subject): string | undefined =>
  answeringStarter(subject) ?? nearest(ancestry(subject), HOSTS, 2, subject.outer.length);

export const officeParent: Signal = {
  id: "office-parent",
  group: "parent",
  title: "A document program stands behind it",
  needs: "starter",
  evaluate(subject) {
    const parent = nearest(ancestry(subject), OFFICE);
    return parent === undefined
      ? undefined
      : { text: `It was started on behalf of ${shown(parent)}, which is how malicious documents go on.` };
  },
};

const ROLLED_OUT_SHARE = 0.3;

/**
 * Packages, drivers, and services with a program of their own are set up by scripts of PowerShell wherever software is rolled out; scripts
 * of other hosts are called by it where administrators keep them all.
 */
function rollsOut(parent: string, subject: Subject): boolean {
  const {
    behaviour: { behaviour, runs, fetches },
    startsShell,
  } = subject;
  if (!/^(?:powershell|pwsh)\.exe$/.test(parent)) return false;
  const { category, usual } = behaviour;
  // What runs nothing sets something up, looks or fetches, and that is what scripts of administrators are for.
  if (runs.length === 0) {
    if (!SETS_UP.has(category) || usual === "rare" || usual === "hostile") return false;
    return fetches.length === 0 || usual === "routine";
  }
  const isUsual = usual === "common" || usual === "routine";
  const isService = isUsual && category === "persist" && !startsShell;
  const isCalled = isUsual && category === "execute";
  return runs.every(
    (payload) =>
      BROUGHT.has(payload.what) ||
      (isService && PROGRAM.test(payload.resolved ?? "")) ||
      (isCalled && (CALLED.has(payload.what) || isRegistration(payload, subject)) && isKept(payload)) ||
      (isCalled && isNamedBeside(payload)),
  );
}

/** A script beside the one that calls it, under a name that says what it is for. */
const isNamedBeside = ({ what, value }: Payload): boolean =>
  what === "script" && !/[\\/:]/.test(value) && isNamed(value);

const CALLED = new Set(["script", "assembly"]);
const BROUGHT = new Set(["package", "installerInfo"]);
const SETS_UP = new Set(["conceal", "reconnaissance", "persist", "copy", "download"]);

const PROGRAM = /^[a-z]:\\.*\.exe$/i;

export const scriptParent: Signal = {
  id: "script-parent",
  group: "parent",
  title: "A script host stands behind it",
  needs: "starter",
  evaluate(subject) {
    // What a shell's engine logs was always run by that shell, an administrator's work as well.
    const behind = ancestry(subject);
    const outermost = subject.byEngine ? subject.outer.length - 1 : -1;
    const parent = nearest(outermost < 0 ? behind : behind.toSpliced(outermost, 1), SCRIPT_HOST, 2);
    // A shell that starts itself once more, as management tools and switches between 32 and 64 bits do, tells nothing of itself.
    const isItself = parent === subject.invocation.binary.name.toLowerCase() || isOfOtherHost(subject);
    if (parent === undefined || isItself) return undefined;
    const text = `A script host, ${shown(parent)}, started it.`;
    return rollsOut(parent, subject) ? { share: ROLLED_OUT_SHARE, text } : { text };
  },
};

/** ClickOnce applications are started by a click on a page, wherever one has been published. */
const isOpened = ({ behaviour: { behaviour, runs } }: Subject): boolean =>
  behaviour.usual === "common" && runs.length > 0 && runs.every(isClickOnce);

export const browserParent: Signal = {
  id: "browser-parent",
  group: "parent",
  title: "A browser started it",
  needs: "starter",
  evaluate(subject) {
    const parent = nearest(ancestry(subject), BROWSER, 1);
    return parent === undefined || isOpened(subject) ? undefined : { text: `A browser, ${shown(parent)}, started it.` };
  },
};

export const serverParent: Signal = {
  id: "server-parent",
  group: "parent",
  title: "A network service started it",
  needs: "starter",
  evaluate(subject) {
    const parent = serverStarter(subject);
    if (parent === undefined) return undefined;
    const who = shown(parent);
    const text = ANSWERS.test(parent) ? `A network service, ${who}` : `${who}, in which network services run`;
    return { text: `${text}, started it.` };
  },
};

export const remoteManagement: Signal = {
  id: "remote-management",
  group: "parent",
  title: "It was started through WMI or a remote session",
  needs: "starter",
  evaluate(subject) {
    const parent = nearest(ancestry(subject), /^(?:wmiprvse|wsmprovhost|mmc|scrcons)\.exe$/, 1);
    return parent === undefined
      ? undefined
      : { text: `${shown(parent)} started it, as remote management and lateral movement do.` };
  },
};
