import { decodeLnk, type Lnk } from "../decode/lnk/lnk.ts";
import { odditiesOf } from "../decode/lnk/oddities.ts";
import { targetOf, targetsOf } from "../decode/lnk/target.ts";
import type { RecordSink } from "../model/record.ts";
import { FieldRecord, type Fields } from "./artefacts/field-record.ts";
import { WholeFile } from "./artefacts/whole-file.ts";
import type { Format, ReadContext } from "./format.ts";

/** Links are some kilobytes; what is hidden behind one is counted, not kept. */
const MAX_KEPT = 4 << 20;
const MAGIC = Buffer.from("4c0000000114020000000000c000000000000046", "hex");

/** Windows shell links (.lnk), one record a file, of shape `shortcut`. */
export const shortcut: Format = {
  name: "shortcut",
  title: "Windows shortcut (.lnk)",
  sniff: (head) => (Buffer.from(head.subarray(0, MAGIC.length)).equals(MAGIC) ? 1 : 0),
  open: (context, sink) => new WholeFile(MAX_KEPT, (bytes, size) => read(bytes, size, context, sink)),
};

function read(bytes: Buffer, size: number, { file }: ReadContext, sink: RecordSink): void {
  const link = decodeLnk(bytes);
  if (!link) {
    sink.diagnostic({
      code: "lnk/no-link",
      message: "the file does not begin with the header of a shell link",
      file,
      offset: 0,
    });
    return;
  }
  for (const { what, offset, need, have } of link.damages) {
    sink.diagnostic({ code: "lnk/damaged", message: `${what} does not fit`, file, index: 0, offset, need, have });
  }
  sink.record(new FieldRecord("shortcut", file, 0, fieldsOf(link, file, size)));
}

function fieldsOf(link: Lnk, file: string, size: number): Fields {
  const { header, strings, extra, info } = link;
  const targets = targetsOf(link);
  return {
    path: file,
    target: targetOf(link, targets),
    arguments: strings.arguments ?? extra.properties?.get("System.Link.Arguments"),
    workingDirectory: strings.workingDirectory,
    icon: extra.iconEnvironment?.unicode || extra.iconEnvironment?.ansi || strings.iconLocation,
    iconIndex: String(header.iconIndex),
    description: strings.name,
    oddities: odditiesOf(link, size),
    created: iso(header.created),
    modified: iso(header.modified),
    accessed: iso(header.accessed),
    showCommand: String(header.showCommand),
    idListTarget: targets.idList,
    linkInfoTarget: targets.linkInfo,
    environmentTarget: targets.environment,
    relativePath: targets.relative,
    propertyTarget: targets.property,
    driveType: info?.driveType,
    volumeSerial: info?.serial,
    volumeLabel: info?.label,
    machineId: extra.tracker?.machineId,
    mac: extra.tracker?.mac,
    knownFolder: extra.knownFolder,
    shim: extra.shim,
    darwin: extra.darwin?.unicode || extra.darwin?.ansi,
    ...Object.fromEntries([...(extra.properties ?? [])].map(([name, text]) => [`property.${name}`, text])),
  };
}

function iso(time: number | undefined): string | undefined {
  return time === undefined || Math.abs(time) > 8.64e15 ? undefined : new Date(time).toISOString();
}
