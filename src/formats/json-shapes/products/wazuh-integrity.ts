import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstTime, own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { hashesAt, type Properties, pathText, productRecord } from "../properties.ts";
import { pickedByWazuh } from "./wazuh.ts";

/** Who did it, where the agent asked the audit (`whodata`). */
const ACTOR: Properties = {
  platform,
  user: ["syscheck.audit.effective_user.name", "syscheck.audit.user.name"],
  "process.pid": ["syscheck.audit.process.id"],
  "process.image": ["syscheck.audit.process.name"],
};

const FILE: Properties = {
  ...ACTOR,
  path: ["syscheck.path"],
  action: (event) => entryOf(FILES, what(event)),
  hashes: hashesAt({
    MD5: ["syscheck.md5_after"],
    SHA1: ["syscheck.sha1_after"],
    SHA256: ["syscheck.sha256_after"],
  }),
};
const FILES: Readonly<Record<string, string>> = { added: "create", modified: "modify", deleted: "delete" };

const REGISTRY: Properties = {
  ...ACTOR,
  path: (event) =>
    ["path", "value_name"]
      .map((name) => pathText(event, [`syscheck.${name}`]))
      .filter(Boolean)
      .join("\\"),
  action: (event) => {
    const isValue = pathText(event, ["syscheck.value_name"]) !== undefined;
    if (what(event) === "deleted") return isValue ? "deleteValue" : "deleteKey";
    return isValue ? "setValue" : "createKey";
  },
};

const what = (event: JsonObject): string => pathText(event, ["syscheck.event"]) ?? "modified";
const isKey = (path: string): boolean => /^HKEY_/i.test(path);

function platform(event: JsonObject): string {
  return pathText(event, ["syscheck.path"])?.startsWith("/") ? "linux" : "windows";
}

/** What Wazuh's integrity monitoring (`syscheck`) saw change: files, and keys and values of the registry. */
export const wazuhIntegrity: JsonShape = {
  marks: ["syscheck.path"],
  recognise(object, at) {
    const syscheck = own(object, "syscheck");
    const path = isObject(syscheck) ? text(own(syscheck, "path")) : undefined;
    if (path === undefined) return undefined;
    const head = {
      provider: "syscheck",
      host: pathText(object, ["agent.name"]),
      time: firstTime(object, ["timestamp", "@timestamp"]),
      pickedBy: pickedByWazuh(object),
    };
    // That something of a key itself changed says nothing of what it holds.
    const isSilent =
      isKey(path) && what(object) === "modified" && pathText(object, ["syscheck.value_name"]) === undefined;
    if (isSilent) return productRecord(at, head, undefined, object);
    return productRecord(
      at,
      head,
      isKey(path) ? ["registryKeyModification", REGISTRY] : ["fileCreation", FILE],
      object,
    );
  },
};
