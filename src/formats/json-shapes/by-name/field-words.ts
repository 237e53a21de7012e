/** Words that stand without a mark between them in names of fields: `processname`, `tgtproccmdline`. */
const KNOWN = new Set(
  (
    "account addr address args arguments argv base binary child cmd comm command computer creation current cwd date datetime dest " +
    "destination device dir directory domain dst event exe executable file full grand guid host id image initiating ip line login " +
    "machine name new original os p parent path pid port proc process program remote source src start target tgt time type unique user " +
    "utc working"
  ).split(" "),
);
const LONGEST_KNOWN = 11;
/** Longer runs of letters are no names that somebody put together of these. */
const LONGEST_RUN = 48;

/** What exports to tables put behind a name to say its type (`_s`, `_d`), or its zone (`[UTC]`). */
const TYPED = /(?:_[sdtgb]|\s\[UTC\])$/;

const seen = new Map<string, readonly string[]>();
const MOST_KEYS = 1 << 12;
const LONGEST_KEY = 128;
const NONE: readonly string[] = [];

/** The words of a field's name in small letters, however they are put together; none of a name that is longer than names are. */
export function wordsOf(key: string): readonly string[] {
  if (key.length > LONGEST_KEY) return NONE;
  const known = seen.get(key);
  if (known) return known;
  const words = key
    .replace(TYPED, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .flatMap((word) => partsOf(word) ?? [word]);
  if (seen.size >= MOST_KEYS) seen.clear();
  seen.set(key, words);
  return words;
}

/** Known words that a run of letters is made of, the longer ones first; undefined where something is left over. */
function partsOf(run: string): readonly string[] | undefined {
  if (run.length > LONGEST_RUN) return undefined;
  const ways: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= run.length; end++) {
    for (let from = Math.max(0, end - LONGEST_KNOWN); from < end && ways[end] === undefined; from++) {
      const before = ways[from];
      const word = run.slice(from, end);
      if (before && KNOWN.has(word)) ways[end] = [...before, word];
    }
  }
  return ways[run.length];
}
