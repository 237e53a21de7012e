/**
 * Findings from events of your own source, as they come: records in the field names of Sysmon go in, findings come out, and
 * the detector's state can be kept anywhere between two runs.
 *
 *   node examples/library/own-events.mjs
 */
import { createDetector, createUnderstander } from "whatran";

const SYSMON = { provider: "Microsoft-Windows-Sysmon", channel: "Microsoft-Windows-Sysmon/Operational" };

/** A record as a log format would yield it; `get` is all that most sources ask for. */
const recordOf = (index, eventId, time, fields) => ({
  ...SYSMON,
  shape: "winevent",
  file: "my-queue",
  index,
  recordId: undefined,
  eventId,
  host: "PC-7",
  time: Date.parse(time),
  get: (name) => fields[name],
  list: () => undefined,
  names: () => Object.keys(fields),
});

const guid = "{00000007-0000-0000-0000-000000000001}";
const image = "C:\\Windows\\System32\\regsvr32.exe";
const dll = "C:\\ProgramData\\orchard\\pear.dll";
const records = [
  recordOf(0, 11, "2026-03-09T08:00:00Z", { Image: "C:\\Program Files\\Office\\winword.exe", TargetFilename: dll }),
  recordOf(1, 1, "2026-03-09T08:00:20Z", {
    ProcessGuid: guid,
    ProcessId: "4120",
    Image: image,
    OriginalFileName: "REGSVR32.EXE",
    CommandLine: `regsvr32 /s ${dll}`,
    ParentImage: "C:\\Program Files\\Office\\winword.exe",
  }),
  recordOf(2, 7, "2026-03-09T08:00:21Z", { ProcessGuid: guid, Image: image, ImageLoaded: dll, Signed: "false" }),
];

const understander = createUnderstander();
let detector = createDetector({ minLevel: "medium" });

const show = (findings) => {
  for (const { level, score, title, evidence } of findings) {
    console.log(`${level} ${Math.round(score)}  ${JSON.stringify(title)}`);
    for (const { points, text } of evidence) console.log(`  ${points > 0 ? "+" : ""}${points}  ${JSON.stringify(text)}`);
  }
};

for (const record of records) {
  for (const event of understander.understand(record)) show(detector.push(event));
  // A process may end here, and another go on: the state is plain JSON.
  const state = JSON.parse(JSON.stringify(detector.snapshot()));
  detector = createDetector({ minLevel: "medium" });
  detector.restore(state);
}
show(detector.end());
