import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { own, text } from "../fields.ts";
import type { JsonShape } from "../object-record.ts";
import { type Meaning, pathText, productRecord } from "../properties.ts";
import { parseTime } from "../time.ts";

const VERSION = /^audit\.k8s\.io\/v\d/;

/** No command line is longer than what servers take as an address. */
const MOST = 64 << 10;

/** `kubectl exec`: a process that the API server had started in a container; its words are the parameters `command`. */
const EXEC: Meaning = [
  "processCreation",
  {
    platform: () => "linux",
    user: ["impersonatedUser.username", "user.username"],
    "process.id": ["auditID"],
    image: (event) => wordsOf(event)[0],
    args: wordsOf,
    commandLine: (event) => wordsOf(event).join(" "),
  },
];

/** Audit events of a Kubernetes API server. A pod is its own host: its name is what its processes know as theirs. */
export const kubernetes: JsonShape = {
  marks: ["apiVersion", "requestURI"],
  recognise(object, at) {
    if (!VERSION.test(text(own(object, "apiVersion")) ?? "") || text(own(object, "kind")) !== "Event") return undefined;
    const ref = own(object, "objectRef");
    const head = {
      provider: isObject(ref) ? text(own(ref, "resource")) : undefined,
      host: isObject(ref) ? text(own(ref, "name")) : undefined,
      time: parseTime(pathText(object, ["requestReceivedTimestamp", "stageTimestamp"])),
    };
    return productRecord(at, head, isExec(object) ? EXEC : undefined, object);
  },
};

/** Answered, and not refused: what was asked for has been started. */
function isExec(event: JsonObject): boolean {
  const code = Number(pathText(event, ["responseStatus.code"]) ?? Number.NaN);
  return pathText(event, ["objectRef.subresource"]) === "exec" && code < 400 && wordsOf(event).length > 0;
}

function wordsOf(event: JsonObject): readonly string[] {
  const address = (text(own(event, "requestURI")) ?? "").slice(0, MOST);
  const query = address.indexOf("?");
  return query < 0 ? [] : new URLSearchParams(address.slice(query + 1)).getAll("command");
}
