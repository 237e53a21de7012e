import type { JsonObject } from "../../decode/json/parse.ts";
import type { Telling } from "../../decode/json/skim/pattern.ts";
import type { LogRecord } from "../../model/record.ts";
import { namedEffect } from "./by-name/effect.ts";
import { namedProcess } from "./by-name/process.ts";
import { listedIn } from "./listed.ts";
import { logLine } from "./log-line.ts";
import { type At, type JsonShape, type Lazily, NOWHERE } from "./object-record.ts";
import { ownShape } from "./own-shape.ts";
import { defenderAlert } from "./products/alert-evidence.ts";
import { artefactTable } from "./products/artefact-tables.ts";
import { asim } from "./products/asim.ts";
import { auoms } from "./products/auoms.ts";
import { ausearch } from "./products/ausearch.ts";
import { carbonBlack } from "./products/carbon-black.ts";
import { carbonBlackEdr } from "./products/carbon-black-edr.ts";
import { commonSecurityLog } from "./products/common-security-log.ts";
import { cortex } from "./products/cortex.ts";
import { cybereason } from "./products/cybereason.ts";
import { datadog } from "./products/datadog.ts";
import { docker } from "./products/docker.ts";
import { ecs, ecsOfNothing } from "./products/ecs.ts";
import { endpointSecurity } from "./products/endpoint-security.ts";
import { falcon } from "./products/falcon.ts";
import { goAudit } from "./products/go-audit.ts";
import { guardDuty } from "./products/guardduty.ts";
import { inspektorGadget } from "./products/inspektor-gadget.ts";
import { jamfAudit } from "./products/jamf-audit.ts";
import { journal } from "./products/journal.ts";
import { kubeArmor } from "./products/kubearmor.ts";
import { kubernetes } from "./products/kubernetes.ts";
import { kunai } from "./products/kunai.ts";
import { limaCharlie } from "./products/limacharlie.ts";
import { falco, laurel, osquery, sysdig, tetragon } from "./products/linux.ts";
import { mde } from "./products/mde.ts";
import { nxlogIntegrity } from "./products/nxlog.ts";
import { ocsf } from "./products/ocsf.ts";
import { panda } from "./products/panda.ts";
import { procmon } from "./products/procmon.ts";
import { santa, santaMessage } from "./products/santa.ts";
import { sentinelOne } from "./products/sentinelone.ts";
import { sentinelOneStream } from "./products/sentinelone-stream.ts";
import { sealighter, silkEtw } from "./products/silk-etw.ts";
import { sudo } from "./products/sudo.ts";
import { symantec } from "./products/symantec.ts";
import { threatLocker } from "./products/threatlocker.ts";
import { tracee } from "./products/tracee.ts";
import { trellix } from "./products/trellix.ts";
import { trend } from "./products/trend.ts";
import { udm } from "./products/udm.ts";
import { unifiedLog } from "./products/unified-log.ts";
import { wazuh } from "./products/wazuh.ts";
import { wazuhAudit } from "./products/wazuh-audit.ts";
import { wazuhIntegrity } from "./products/wazuh-integrity.ts";
import { unwrap } from "./unwrap.ts";
import { chainsaw } from "./windows/chainsaw.ts";
import { dottedWinevent } from "./windows/dotted.ts";
import { graylog } from "./windows/graylog.ts";
import { hayabusa } from "./windows/hayabusa.ts";
import { helk } from "./windows/helk.ts";
import { plasoRow } from "./windows/plaso-row.ts";
import { splunkText } from "./windows/splunk-text.ts";
import { flatWinevent } from "./windows/winevent-flat.ts";
import { nestedWinevent } from "./windows/winevent-nested.ts";
import { winlogbeat } from "./windows/winlogbeat.ts";
import { xmlText } from "./windows/xml-text.ts";
import { zircolite } from "./windows/zircolite.ts";

/** The shapes in the order in which they are tried: the more telling marks first. */
const SHAPES: readonly JsonShape[] = [
  plasoRow,
  tracee,
  nestedWinevent,
  dottedWinevent,
  helk,
  winlogbeat,
  wazuh,
  wazuhAudit,
  wazuhIntegrity,
  nxlogIntegrity,
  goAudit,
  xmlText,
  splunkText,
  hayabusa,
  chainsaw,
  zircolite,
  panda,
  commonSecurityLog,
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
  docker,
  guardDuty,
  kubeArmor,
  santa,
  santaMessage,
  sudo,
  unifiedLog,
  udm,
  logLine,
  ecs,
  ownShape,
  silkEtw,
  sealighter,
  graylog,
  procmon,
  threatLocker,
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

/** The records in an object: itself, what a search result wraps, or the rows that it lists. */
export function recordsIn(object: JsonObject): readonly JsonObject[] {
  const inner = unwrap(object);
  return listedIn(inner) ?? [inner];
}
