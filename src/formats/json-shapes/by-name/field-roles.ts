/** What a field may say of a process. */
export type Attribute =
  | "line"
  | "path"
  | "name"
  | "originalName"
  | "pid"
  | "id"
  | "start"
  | "user"
  | "domain"
  | "directory"
  | "sha256";

/**
 * Of which process: of none in particular, of one that another starts, of its parent, of the one that acts (which starts the other where there
 * is one), or of one further up.
 */
type Role = "plain" | "target" | "parent" | "actor" | "further";

/** How the last words of a name are read, the more telling first. */
const ENDINGS: readonly (readonly [attribute: Attribute, endings: string])[] = [
  [
    "line",
    "command line, cmd line, command line example, cmd, command line arguments, args, arguments, argv, argvs, process parameters, command",
  ],
  [
    "path",
    "executable path, exe path, executable, exe, image path, image file path, image file, base image, image, binary path, full path, file path, path, folder path, binary, file directory",
  ],
  ["originalName", "original file name, original name"],
  ["name", "process name, image name, image file name, base file name, file name, name, comm, program, process"],
  ["pid", "pid, process id"],
  ["id", "guid, unique id, entity id, uid"],
  [
    "start",
    "start time, creation time, create time, launch time, creation date, create date, create datetime, creation timestamp, creation time utc, execution time, start",
  ],
  [
    "user",
    "user name lookup, user name, usr name, account name, login name, login, user, account, owner, euser, user id",
  ],
  ["domain", "user domain lookup, user domain, account domain, logon domain, nt domain, account nt domain"],
  ["directory", "current directory, working directory, working dir, cwd, pwd"],
  ["sha256", "sha256, sha256 string, sha256 hash, hash"],
];
const LONGEST_ENDING = 3;
/** Names that mean a command line only where more speaks for a process: others call so what no process was started with. */
export const WEAK_LINE = 3;

interface Ending {
  readonly attribute: Attribute;
  readonly rank: number;
}

const BY_ENDING: ReadonlyMap<string, Ending> = new Map(
  ENDINGS.flatMap(([attribute, endings]) =>
    endings.split(", ").map((ending, rank): [string, Ending] => [ending, { attribute, rank }]),
  ),
);

export const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const TARGET = set("target tgt new created child object spawned");
const PARENT = set("parent p creator father");
const ACTOR = set("initiating acting actor source src caller invoking launching originator instigating instigator");
const FURTHER = set("grand grandparent gparent ggparent ancestor ancestors responsible");
/** Words by which a name says that it speaks of a process, and such as may stand beside them. */
const PROCESS = set("process proc image exec exe executable binary program");
const BESIDE = set("command line file full hash hashes");
/** Words of the resource of a file that its first name stands in: times below them are those of the file. */
const RESOURCE = set("pe version");
/** Words that say nothing of what stands behind them. */
export const ABOUT_NOTHING = set(
  "event evt data processes process threat info realtime detection agent details detail record payload alert context specific additional",
);

const DETAILS = set("details detail info");

/** What the words of a field say. */
export interface Meaning extends Ending {
  readonly role: Role;
  /** Whether they say that it is of a process. */
  readonly isOfProcess: boolean;
  /** Words that are known for nothing. */
  readonly unknown: readonly string[];
}

/** How a field is read whose name and the names above it are these words; undefined where nothing is known by such a name. */
export function meaningOf(words: readonly string[]): Meaning | undefined {
  const [ending, length] = endingOf(words) ?? [];
  if (ending === undefined || length === undefined) return undefined;
  let parents = 0;
  let isActor = false;
  let [isTarget, isFurther, isOfProcess] = [false, false, false];
  const unknown: string[] = [];
  for (const [at, word] of words.slice(0, words.length - length).entries()) {
    // `parent_details.parent_cmdline` says it twice of the same.
    isActor ||= ACTOR.has(word);
    if (PARENT.has(word) || ACTOR.has(word))
      parents += DETAILS.has(words[at + 1]!) && words.includes(word, at + 1) ? 0 : 1;
    else if (TARGET.has(word)) isTarget = true;
    else if (FURTHER.has(word)) isFurther = true;
    // Whose a file is tells not who runs it.
    else if (word === "file" && ending.attribute === "user") return undefined;
    else if (PROCESS.has(word)) isOfProcess = true;
    else if (ending.attribute === "originalName" && RESOURCE.has(word)) continue;
    else if (!BESIDE.has(word) && !ABOUT_NOTHING.has(word)) unknown.push(word);
  }
  const last = words.slice(words.length - length);
  isOfProcess ||= last.some((word) => PROCESS.has(word)) || last.join(" ") === "command line arguments";
  const above = isActor ? "actor" : parents > 0 ? "parent" : isTarget ? "target" : "plain";
  return { ...ending, role: isFurther || parents > 1 ? "further" : above, isOfProcess, unknown };
}

function endingOf(words: readonly string[]): readonly [ending: Ending, length: number] | undefined {
  for (let length = Math.min(LONGEST_ENDING, words.length); length > 0; length--) {
    const ending = BY_ENDING.get(words.slice(words.length - length).join(" "));
    if (ending) return [ending, length];
  }
  return undefined;
}

/** Whether a field of this name may hold a command line. */
export function endsLikeLine(words: readonly string[]): boolean {
  return LINES.has(words[words.length - 1] ?? "");
}

const LINES = set("line cmd args arguments argv argvs parameters example command process");
