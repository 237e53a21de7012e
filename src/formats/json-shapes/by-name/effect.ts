import type { JsonObject } from "../../../decode/json/parse.ts";
import { type JsonShape, ObjectRecord } from "../object-record.ts";
import { ALERT, accountOf, fieldsOf, firstOf, hostIn, KIND, platformIn, timeIn } from "./beside.ts";
import { endingIn, endsIn, hashesIn, keyIn, pathIn, processIn, type Said, saidIn } from "./effect-words.ts";
import { wordsOf } from "./field-words.ts";
import { leavesOf } from "./leaves.ts";

/** Properties of an event; undefined where what the words say was done is not there, or is of no interest. */
type Effect = (said: readonly Said[], words: string) => Readonly<Record<string, string | undefined>> | undefined;

const QUERY = /(?:^| )(?:query|query name|dns query|domain name|requested name|question name|dns name|domain)$/;

const question: Effect = (said) => {
  const query = endingIn(said, QUERY);
  return query === undefined ? undefined : { kind: "networkConnection", query, initiated: "true" };
};

const registry: Effect = (all, words) => {
  const said = all.filter(({ name }) => !/\b(?:old|previous)\b/.test(name));
  const key = keyIn(said);
  if (key === undefined || /\b(?:quer|read|open|enum|access|security)/.test(words)) return undefined;
  const data = endingIn(said, /(?:^| )(?:value data|registry data|data|details|new value|new value data)$/);
  const named = endingIn(said, /(?:^| )value name$/);
  const value = endingIn(said, /(?:^| )(?:registry|reg) value$/);
  // What is called the value is its name where the data stand apart.
  const name = named ?? (data === undefined ? undefined : value);
  const isWhole = name === undefined || key.toLowerCase().endsWith(`\\${name.toLowerCase()}`);
  return {
    kind: "registryKeyModification",
    path: isWhole ? key : `${key}\\${name}`,
    value: data ?? (named === undefined ? value : undefined),
    action: keyAction(words, name !== undefined || value !== undefined),
  };
};

function keyAction(words: string, hasValue: boolean): string {
  const isOfValue = hasValue || /\bvalue/.test(words);
  if (/delet|remov/.test(words)) return isOfValue ? "deleteValue" : "deleteKey";
  if (/renam/.test(words)) return "rename";
  return !isOfValue && /creat|add/.test(words) ? "createKey" : "setValue";
}

const loaded: Effect = (said, words) => {
  const of = (name: string) => new RegExp(`(?:^| )${name} (?:full path|file path|path|name|file)$`);
  const module = pathIn(said, [
    of("(?:module|dll|library|driver|image)"),
    /(?:^| )(?:image )?loaded$/,
    /(?:^| )(?:file )?(?:full )?path$/,
  ]);
  if (module === undefined) return undefined;
  return {
    kind: "moduleLoad",
    module,
    originalFileName: endingIn(said, /(?:^| )original (?:file name|filename|name)$/),
    company: endingIn(said, /(?:^| )company(?: name)?$/),
    hashes: hashesIn(said),
    "signature.signed": endingIn(said, /(?:^| )signed$/),
    "signature.signer": endingIn(said, /(?:^| )(?:signer|signature|publisher)(?: info| display| subject)*(?: name)?$/),
    // The kernel loads drivers: there is no process beside them.
    needsProcess: /driver|kext/.test(words) ? "" : "yes",
  };
};

const thread: Effect = (said) => {
  const { pid, id, path, name } = processIn(said, "target");
  const target = { "target.pid": pid, "target.id": id, "target.image": path ?? name };
  return { kind: "osApiExecution", api: "createRemoteThread", ...target };
};

const connection: Effect = (said, words) => {
  if (/clos|disconnect|listen|bind|block|denied|\bend/.test(words)) return undefined;
  const ends = endsIn(said);
  if (ends.destinationIp === undefined && ends.destinationHost === undefined) return undefined;
  const direction = endingIn(said, /(?:^| )(?:direction|initiated)$/)?.toLowerCase();
  const isOut = direction === undefined ? undefined : /^(?:out|egress|true)/.test(direction);
  return { kind: "networkConnection", ...ends, initiated: isOut === undefined ? undefined : String(isOut) };
};

const script: Effect = (said) => {
  const text = endingIn(said, /(?:^| )script (?:block|block text|text|content)$/);
  return text === undefined
    ? undefined
    : { kind: "commandExecution", text, origin: "scriptBlock", dialect: "powershell" };
};

const FILES = [
  /(?:^| )(?:target|new|destination|dest|object)(?: file)?(?: full)? ?(?:path|name|filename)$/,
  /(?:^| )file(?: full)? (?:path|name)$/,
  /(?:^| )(?:full |event )?path$/,
  /(?:^| )file$/,
];
const DONE: readonly (readonly [done: RegExp, action: string])[] = [
  [/delet|remov|unlink/, "delete"],
  [/renam|mov|creat|\bnew|add|\bwritten/, "create"],
  [/modif|chang|writ|updat/, "modify"],
];

const file: Effect = (said, words) => {
  const action = DONE.find(([done]) => done.test(words))?.[1];
  const path = action && pathIn(said, FILES);
  return path === undefined ? undefined : { kind: "fileCreation", action, path, hashes: hashesIn(said) };
};

/** What words say that was done; the first that fits. */
const EFFECTS: readonly (readonly [words: RegExp, effect: Effect])[] = [
  [/\bdns/, question],
  [/\bregist|\breg (?:key|value)|\bregmod\b/, registry],
  [/(?:module|image|library|dll|driver|kext) ?load/, loaded],
  [/remote ?thread|inject\w{0,3} ?thread|thread ?inject/, thread],
  [/\bnet(?:work)?\b|connection|\bsocket|netconn/, connection],
  [/script ?block|\bpowershell\b|\bscript\b/, script],
  [/\bfile/, file],
];

/** Longer texts are no names of kinds. */
const LONGEST = 48;

const MADE = /\b(?:created|updated|modified|renamed|written)\b/;

function effectOf(
  kinds: readonly (string | undefined)[],
  said: readonly Said[],
): readonly [effect: Effect, words: string] | undefined {
  const words = kinds
    .filter((kind) => kind !== undefined && kind.length <= LONGEST)
    .map((kind) => wordsOf(kind!).join(" "))
    .join(" ");
  const found = EFFECTS.find(([said]) => said.test(words));
  if (found) return [found[1], words];
  // Integrity monitors say what was done, and of which file beside it.
  const made = MADE.exec(words)?.[0];
  return made !== undefined && said.some(({ name }) => name === "file path") ? [file, made] : undefined;
}

/** Objects without such a key say nothing of their kind, and are not looked at further. */
const SAYS = new Set([...KIND, "event", "act"]);
const saysKind = (object: JsonObject) => Object.keys(object).some((key) => SAYS.has(wordsOf(key).join("")));

/**
 * What a process did, in a record of no product that is known here: its kind by what the record itself calls it (`event_type`, `log_type`,
 * `action` …), and file, key, module, ends and process by the words that everybody has for them. Tried when nothing else fits.
 */
export const namedEffect: JsonShape = {
  marks: ["event_type"],
  recognise(object, at) {
    const found = effectIn(object);
    if (!found?.isWhole) return undefined;
    const { leaves, fields, properties, actor } = found;
    const image = actor.path ?? actor.name;
    const head = {
      provider: "event",
      host: hostIn(properties.kind === "networkConnection" ? without(fields, "dest") : fields, leaves),
      time: timeIn(fields, leaves),
      pickedBy: firstOf(fields, ALERT) === undefined ? undefined : "the product",
    };
    const values = {
      ...properties,
      platform: platformIn(fields, leaves, [image ?? "", properties.path ?? properties.module ?? ""]),
      user: accountOf(actor.user, actor.domain),
      "process.id": actor.id,
      "process.pid": actor.pid,
      "process.image": image,
    };
    return new ObjectRecord(
      "mapped",
      at,
      head,
      Object.fromEntries(Object.entries(values).filter(([, value]) => value)),
    );
  },
};

/** What the words of an object say was done, and by whom; whole where a process is named, or where none is needed. */
function effectIn(object: JsonObject) {
  if (!saysKind(object)) return undefined;
  const leaves = leavesOf(object);
  const fields = fieldsOf(leaves);
  const said = saidIn(leaves);
  const kinds = [...SAYS].map((name) => fields.get(name));
  const [effect, words] = effectOf(kinds, said) ?? [];
  const { needsProcess = "yes", ...properties } = effect?.(said, words!) ?? {};
  if (properties.kind === undefined) return undefined;
  const actor = processIn(said, "actor", properties.kind === "moduleLoad");
  const isNamed = (actor.path ?? actor.name ?? actor.pid ?? actor.id) !== undefined;
  return { leaves, fields, properties, actor, isWhole: isNamed || needsProcess === "" };
}

/** What an object lacks to be what it calls itself; undefined where that is nothing that a process does, or where more is missing. */
export function actorLackOf(object: JsonObject): string | undefined {
  const effect = effectIn(object);
  return effect && !effect.isWhole ? "says what was done, but not by which process" : undefined;
}

/** In records of connections it is the other end, and not the machine. */
function without(fields: ReadonlyMap<string, string>, name: string): ReadonlyMap<string, string> {
  return new Map([...fields].filter(([key]) => key !== name));
}
