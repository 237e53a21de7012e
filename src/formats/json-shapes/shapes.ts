import type { JsonObject } from "../../decode/json/parse.ts";
import type { Telling } from "../../decode/json/skim/pattern.ts";
import type { LogRecord } from "../../model/record.ts";
import { defenderAlert } from "./alert-evidence.ts";
import { artefactTable } from "./artefact-tables.ts";
import { asim } from "./asim.ts";
import { auoms } from "./auoms.ts";
import { ausearch } from "./ausearch.ts";
import { carbonBlack } from "./carbon-black.ts";
import { carbonBlackEdr } from "./carbon-black-edr.ts";
import { chainsaw } from "./chainsaw.ts";
import { cortex } from "./cortex.ts";
import { cybereason } from "./cybereason.ts";
import { datadog } from "./datadog.ts";
import { ecs, ecsOfNothing } from "./ecs.ts";
import { endpointSecurity } from "./endpoint-security.ts";
import { falcon } from "./falcon.ts";
import { goAudit } from "./go-audit.ts";
import { graylog } from "./graylog.ts";
import { hayabusa } from "./hayabusa.ts";
import { helk } from "./helk.ts";
import { inspektorGadget } from "./inspektor-gadget.ts";
import { jamfAudit } from "./jamf-audit.ts";
import { journal } from "./journal.ts";
import { kubeArmor } from "./kubearmor.ts";
import { kubernetes } from "./kubernetes.ts";
import { kunai } from "./kunai.ts";
import { limaCharlie } from "./limacharlie.ts";
import { falco, laurel, osquery, sysdig, tetragon } from "./linux.ts";
import { listedIn } from "./listed.ts";
import { logLine } from "./log-line.ts";
import { mde } from "./mde.ts";
import { namedEffect } from "./named-effect.ts";
import { namedProcess } from "./named-process.ts";
import type { At, JsonShape, Lazily } from "./object-record.ts";
import { ocsf } from "./ocsf.ts";
import { ownShape } from "./own-shape.ts";
import { plasoRow } from "./plaso-row.ts";
import { procmon } from "./procmon.ts";
import { santa } from "./santa.ts";
import { sentinelOne } from "./sentinelone.ts";
import { sentinelOneStream } from "./sentinelone-stream.ts";
import { sealighter, silkEtw } from "./silk-etw.ts";
import { splunkText } from "./splunk-text.ts";
import { symantec } from "./symantec.ts";
import { tracee } from "./tracee.ts";
import { trellix } from "./trellix.ts";
import { trend } from "./trend.ts";
import { udm } from "./udm.ts";
import { unwrap } from "./unwrap.ts";
import { wazuh } from "./wazuh.ts";
import { wazuhAudit } from "./wazuh-audit.ts";
import { wazuhIntegrity } from "./wazuh-integrity.ts";
import { flatWinevent } from "./winevent-flat.ts";
import { nestedWinevent } from "./winevent-nested.ts";
import { winlogbeat } from "./winlogbeat.ts";
import { xmlText } from "./xml-text.ts";
import { zircolite } from "./zircolite.ts";

/** The shapes in the order in which they are tried: the more telling marks first. */
const SHAPES: readonly JsonShape[] = [
  plasoRow,
  tracee,
  nestedWinevent,
  helk,
  winlogbeat,
  wazuh,
  wazuhAudit,
  wazuhIntegrity,
  goAudit,
  xmlText,
  splunkText,
  hayabusa,
  chainsaw,
  zircolite,
  defenderAlert,
  flatWinevent,
  mde,
  ocsf,
  laurel,
  falco,
  sysdig,
  tetragon,
  osquery,
  falcon,
  auoms,
  sentinelOne,
  sentinelOneStream,
  limaCharlie,
  carbonBlack,
  carbonBlackEdr,
  cortex,
  trend,
  kunai,
  inspektorGadget,
  endpointSecurity,
  jamfAudit,
  cybereason,
  symantec,
  trellix,
  datadog,
  asim,
  kubernetes,
  kubeArmor,
  santa,
  udm,
  logLine,
  ecs,
  ownShape,
  silkEtw,
  sealighter,
  graylog,
  procmon,
  journal,
  artefactTable,
  ausearch,
  namedProcess,
  namedEffect,
  ecsOfNothing,
];

/** Field names by which a record would have been recognised, a list a shape, for diagnostics. */
export const MARKS: readonly (readonly string[])[] = SHAPES.map((shape) => shape.marks);

/**
 * Which keys decide of which source a Windows event is, in all of the shapes above that yield one, and under which keys a
 * record may stand as text. Two objects of the same keys, nesting and types that agree in these are of the same shape and source.
 */
export const TELLING: Telling = {
  decisive: new Set([
    ...["EventID", "EventId", "eventID", "event_id", "event_id.id", "winlog.event_id", "EventCode", "Event ID", "Id"],
    "event_identifier",
    ...["Provider", "Provider_attributes", "provider", "provider.name", "EventSourceName", "provider_name"],
    ...["source_name", "winlog.provider_name", "providerName", "SourceName", "ProviderName", "Source"],
    ...["winlog.channel", "Channel", "LogName", "EventLog", "log_name", "channel", "Log Name"],
    ...["source", "sourcetype"],
  ]),
  texts: new Set(
    "_raw event log message MESSAGE event.original line SyslogMessage Message EventXml Xml xml xml_string".split(" "),
  ),
};

/** Shapes that know what names of fields mean, and no product. */
const BY_WORDS: ReadonlySet<JsonShape> = new Set([namedProcess, namedEffect]);

/** The record that a JSON object is; undefined where no shape fits. Where a mapping says what fields mean, their names alone do not count. */
export function recognise(object: JsonObject, at: At, isMapped = false): LogRecord | undefined {
  for (const shape of SHAPES) {
    const record = isMapped && BY_WORDS.has(shape) ? undefined : shape.recognise(object, at);
    if (record) return record;
  }
  return undefined;
}

/** How the shape that recognises an object reads it lazily; undefined where it does not. */
export function lazilyOf(object: JsonObject): Lazily | undefined {
  return SHAPES.find((shape) => shape.recognise(object, NOWHERE))?.lazily;
}

const NOWHERE: At = { file: "", index: 0 };

/** The records in an object: itself, what a search result wraps, or the rows that it lists. */
export function recordsIn(object: JsonObject): readonly JsonObject[] {
  const inner = unwrap(object);
  return listedIn(inner) ?? [inner];
}
