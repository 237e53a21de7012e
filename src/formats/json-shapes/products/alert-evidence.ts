import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { firstText, firstTime, lookup, own } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { fileIn, hashesAt, type Meaning, pathText, productRecord, userAt } from "../properties.ts";

/** Folder and name of a file: Graph's objects have both, Defender's API has them beside one another. */
function fileAt(file: readonly [folder: string, name: string], nested: string): (event: JsonObject) => unknown {
  return (event) => {
    const folder = pathText(event, [`${nested}.filePath`, file[0]]);
    return fileIn(folder, pathText(event, [`${nested}.fileName`, file[1]]));
  };
}

const user = userAt(["userAccount.accountName", "accountName"], ["userAccount.domainName", "domainName"]);

const PROCESS: Meaning = [
  "processCreation",
  {
    user,
    image: fileAt(["filePath", "fileName"], "imageFile"),
    commandLine: ["processCommandLine"],
    hashes: hashesAt({ SHA1: ["imageFile.sha1", "sha1"], SHA256: ["imageFile.sha256", "sha256"] }),
    "process.pid": ["processId"],
    "process.start": ["processCreationDateTime", "processCreationTime"],
    "parent.pid": ["parentProcessId"],
    "parent.start": ["parentProcessCreationDateTime", "parentProcessCreationTime"],
    "parent.image": fileAt(["parentProcessFilePath", "parentProcessFileName"], "parentProcessImageFile"),
  },
];

const TIMES = ["processCreationDateTime", "processCreationTime", "createdDateTime", "evidenceCreationTime"];

/** A process in the evidence of an alert of Microsoft Defender: Graph's alerts, and the API of Defender for Endpoint. */
export const defenderAlert: JsonShape = {
  marks: ["evidence"],
  recognise(object, at) {
    const evidence = own(object, "evidence");
    if (!isObject(evidence) || firstText(evidence, ["processCommandLine"]) === undefined) return undefined;
    const head = {
      provider: "alert",
      host: firstText(object, ["host"]),
      time: firstTime(evidence, TIMES),
      pickedBy: "Defender",
    };
    return productRecord(at, head, PROCESS, evidence);
  },
};

const HOSTS = ["deviceDnsName", "hostName"];

/** The evidence of the alerts of an incident, of which one alone may stand without a list. */
function evidenceOf(alerts: unknown): readonly JsonObject[] | undefined {
  const all = (Array.isArray(alerts) ? alerts : [alerts]).filter(isObject).filter((one) => own(one, "evidence"));
  const found = all.flatMap((alert) => alertEvidence(alert) ?? []);
  return found.length === 0 ? undefined : found;
}

/** What the evidence of an alert lists, one record each; the host stands beside it, or is evidence itself. */
export function alertEvidence(alert: JsonObject): readonly JsonObject[] | undefined {
  const list = own(alert, "evidence");
  if (!Array.isArray(list)) return evidenceOf(own(alert, "alerts"));
  const all = list.filter(isObject);
  if (!all.some((one) => lookup(one, "processCommandLine") !== undefined)) return undefined;
  const host =
    firstText(alert, ["computerDnsName", "machineName"]) ??
    all.map((one) => firstText(one, HOSTS)).find((name) => name !== undefined);
  return all.map((evidence) => ({ evidence, ...(host !== undefined && { host }) }));
}
