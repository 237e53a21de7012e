/**
 * whatran as a library: what did this trusted binary run on behalf of somebody else?
 * @module
 */
import { builtinCatalog } from "./catalog/load.ts";
import { createDetector as createDetectorWith, type Detector, type DetectorOptions } from "./correlate/detector.ts";
import type { Request } from "./invocations/types.ts";
import type { Explanation } from "./model/invocation.ts";
import { explain as explainWith } from "./pipeline/explain.ts";

export type { Catalog } from "./catalog/catalog.ts";
export { builtinCatalog, loadCatalog } from "./catalog/load.ts";
export type { Detector, DetectorOptions } from "./correlate/detector.ts";
export { WhatranError } from "./errors.ts";
export { createUnderstander, type Understander } from "./events/registry.ts";
export type { Request } from "./invocations/types.ts";
export type { Diagnostic } from "./model/diagnostic.ts";
export type { Event, EventKind } from "./model/event.ts";
export type { Finding } from "./model/finding.ts";
export type { Explanation, Invocation, Verdict } from "./model/invocation.ts";
export { LEVELS, type Level } from "./model/level.ts";
export type { Payload, Payloads } from "./model/payload.ts";
export type { LogRecord } from "./model/record.ts";
export { type ScanOptions, scan } from "./pipeline/scan.ts";
export { VERSION as version } from "./version.ts";

/**
 * Resolves and judges one command line. Never throws; bounded in time and depth.
 * @param request the line as text, or with what else is known: `image`, `originalFileName`, `args`, `platform`, `env`, `cwd`, `parent`
 */
export function explain(request: string | Request, catalog = builtinCatalog()): Explanation {
  return explainWith(typeof request === "string" ? { commandLine: request } : request, catalog).explanation;
}

/** Events in, findings out: the state machine behind `scan`, for events of your own source. */
export function createDetector(options: Partial<DetectorOptions> = {}): Detector {
  return createDetectorWith({ ...options, catalog: options.catalog ?? builtinCatalog() });
}
