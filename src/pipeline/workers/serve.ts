import type { MessagePort } from "node:worker_threads";
import { loadCatalog } from "../../catalog/load.ts";
import { VERSION } from "../../version.ts";
import { openPast } from "../known.ts";
import { loadSite } from "../site.ts";
import { HostDetector } from "./host-detector.ts";
import type { Detecting, Order, Report, Setup } from "./protocol.ts";
import { TaskReader } from "./task-reader.ts";

/** Batches that may be on their way before the worker waits for them to be taken. */
const MAX_UNTAKEN = 8;

/** Reads what it is told to, and sends the events that matter; then detects in those it is sent; until its thread is ended. */
export async function serve(port: MessagePort, setup: Setup): Promise<void> {
  const catalog = await loadCatalog(setup.catalogDirs, setup.chainSettings);
  const controller = new AbortController();
  let untaken = 0;
  let wake: (() => void) | undefined;
  const pace = () => (untaken < MAX_UNTAKEN ? undefined : new Promise<void>((resolve) => (wake = resolve)));
  const reader = new TaskReader(catalog, setup, { signal: controller.signal, pace }, (batch) => {
    untaken++;
    port.postMessage({ batch } satisfies Report, [batch.events.words.buffer as ArrayBuffer]);
  });
  const detectorFor = ({ past, site, ...options }: Detecting): HostDetector => {
    const history = past && openPast(past);
    return new HostDetector({ catalog, site: loadSite(site), ...options, ...(history && { history }) });
  };
  let last = Promise.resolve();
  let detector: HostDetector | undefined;
  port.on("message", (order: Order) => {
    if ("task" in order) last = last.then(() => reader.read(order.task));
    else if ("abort" in order) controller.abort();
    else if ("detecting" in order) detector = detectorFor(order.detecting);
    else if ("portion" in order) port.postMessage({ detected: detector!.take(order.portion) } satisfies Report);
    else {
      untaken -= order.taken;
      if (untaken < MAX_UNTAKEN) wake?.();
    }
  });
  port.postMessage({ ready: VERSION } satisfies Report);
}
