import type { Catalog } from "../catalog/catalog.ts";
import type { StepTest } from "../catalog/chains/types.ts";
import { baseName, glanceFor } from "../invocations/glob.ts";
import { unversioned } from "../invocations/identify/identify.ts";
import type { Event, EventKind, NetworkConnection } from "../model/event.ts";
import { ENGINE } from "./proxies/opened.ts";
import { trustOf } from "./proxies/trust.ts";
import { isToldTransfer } from "./requests.ts";

/** What a process loads, whom it calls and when it ends matters for binaries of the catalogue only. */
const OF_CATALOGUED: ReadonlySet<EventKind> = new Set<EventKind>([
  "moduleLoad",
  "networkConnection",
  "processTermination",
  "osApiExecution",
]);

/** Where installed software has its libraries; one from elsewhere may have been put into any process. */
const INSTALLED = /^(?:[a-z]:\\(?:windows(?!\\(?:temp|tasks|tracing)\\)|program files(?: \(x86\))?)\\|\/usr\/|\/lib)/i;

const known = new WeakMap<Catalog, RegExp>();

/** Texts that cannot be missing in the path of a library which an analytic of one event names, wherever it lies and whoever loads it. */
function namedAlone(catalog: Catalog): RegExp {
  let glance = known.get(catalog);
  if (!glance) {
    const paths = catalog.chains
      .filter(({ alone }) => alone)
      .flatMap(({ steps }) => steps)
      .filter(({ components }) => components.includes("moduleLoad"))
      .flatMap(({ tests }) =>
        tests.flatMap(({ path = [], trusted, image }) => (trusted === false || image ? [] : path)),
      );
    glance = glanceFor(paths, "i");
    known.set(catalog, glance);
  }
  return glance;
}

const nameless = new WeakMap<Catalog, boolean>();

/** Whether an analytic may make use of a connection of which neither the program nor the process is known. */
function wantsNameless(catalog: Catalog): boolean {
  const known = nameless.get(catalog);
  if (known !== undefined) return known;
  const asksNothing = ({ image, binary, behaviour, trust }: StepTest) => !image && !binary && !behaviour && !trust;
  const wants = catalog.chains.some(({ steps, anchor }) =>
    steps.some(({ components, tests, join }, index) => {
      if (!components.includes("networkConnection")) return false;
      return index === anchor ? tests.length === 0 || tests.some(asksNothing) : join?.how === "file";
    }),
  );
  nameless.set(catalog, wants);
  return wants;
}

/**
 * What the transfer service brings stands with its address, and without who asked for it: of most addresses that tells nothing, and
 * such records are many.
 */
function tellsWithoutProgram({ url, process, platform }: NetworkConnection, catalog: Catalog): boolean {
  if (url === undefined) return false;
  const isNameless = process.key === undefined && process.pid === undefined;
  return !isNameless || (platform === "windows" && isToldTransfer(url)) || wantsNameless(catalog);
}

/** Whether somebody can make use of an event: the detector, or whoever wants every connection. */
export const isWanted = (event: Event, catalog: Catalog, everyConnection: boolean): boolean =>
  isOfInterest(event, catalog) || (everyConnection && event.kind === "networkConnection");

/** Whether the detector can make use of an event at all: a test that is cheap enough for every event of a log. */
export function isOfInterest(event: Event, catalog: Catalog): boolean {
  if (event.kind === "policyDecision")
    return event.decision !== "allow" && event.process.image !== undefined && event.path !== undefined;
  if (!OF_CATALOGUED.has(event.kind)) return true;
  if (event.kind === "moduleLoad" && event.module !== undefined) {
    const { module } = event;
    if (!INSTALLED.test(module) || ENGINE.test(module) || namedAlone(catalog).test(module)) return true;
  }
  const image = event.process.image;
  if (image === undefined) return event.kind === "networkConnection" && tellsWithoutProgram(event, catalog);
  if (event.kind === "networkConnection" && trustOf(image, event.platform) !== undefined) return true;
  const name = baseName(image);
  if (catalog.byName(name, event.platform)) return true;
  return event.platform !== "windows" && catalog.byName(unversioned(name), event.platform) !== undefined;
}
