import { artefacts } from "./artefacts/index.ts";
import { audit } from "./audit.ts";
import { clixml } from "./clixml.ts";
import { csvWith } from "./csv.ts";
import { eventXml } from "./event-xml.ts";
import { evtx } from "./evtx.ts";
import { firewallLog } from "./firewall-log.ts";
import type { Format } from "./format.ts";
import { journalExport } from "./journal-export.ts";
import { jsonWith } from "./json.ts";
import type { Mapping } from "./mapping.ts";
import { pca } from "./pca.ts";
import { powershellTranscript } from "./powershell-transcript.ts";
import { processColumns } from "./process-columns.ts";
import { propertyList } from "./property-list.ts";
import { shortcut } from "./shortcut.ts";
import { strace } from "./strace.ts";
import { syslog } from "./syslog/syslog.ts";
import { wineventText } from "./winevent-text.ts";

/**
 * Every format that is read, the more telling signature first: of two that are equally sure, the first is chosen. With a
 * mapping, JSON and tables have the meaning that it gives them.
 */
export function formatsWith(mapping: Mapping | undefined): readonly Format[] {
  return [
    evtx,
    shortcut,
    audit,
    ...artefacts,
    eventXml,
    clixml,
    firewallLog,
    pca,
    wineventText,
    powershellTranscript,
    processColumns,
    propertyList,
    strace,
    syslog,
    journalExport,
    jsonWith(mapping),
    csvWith(mapping),
  ];
}

export const FORMATS: readonly Format[] = formatsWith(undefined);
