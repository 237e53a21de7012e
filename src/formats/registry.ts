import { artefacts } from "./artefacts/index.ts";
import { audit } from "./audit.ts";
import { eventXml } from "./event-xml.ts";
import { evtx } from "./evtx.ts";
import type { Format } from "./format.ts";
import { json } from "./json.ts";
import { shortcut } from "./shortcut.ts";

/** Every format that is read, the more telling signature first: of two that are equally sure, the first is chosen. */
export const FORMATS: readonly Format[] = [evtx, shortcut, audit, ...artefacts, eventXml, json];
