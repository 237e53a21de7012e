/** Where this reader and the independent one render the same value differently, and why that is meant. */
export interface Difference {
  readonly reason: string;
  /** Whether it explains `ours` against `theirs`. */
  explains(ours: string, theirs: string): boolean;
}

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.(\d{3,9})Z$/;

const DIFFERENCES: readonly Difference[] = [
  {
    reason: "GUIDs stand within braces, as Windows, Winlogbeat and Splunk have them, so that sources can be joined",
    explains: (ours, theirs) => ours === `{${theirs}}` && /^[0-9A-F-]{36}$/.test(theirs),
  },
  {
    reason: "a FILETIME keeps its seven decimals and a SYSTEMTIME has its three; the other reader cuts or fills to six",
    explains(ours, theirs) {
      const [mine, other] = [TIME.exec(ours), TIME.exec(theirs)];
      return mine?.[1] === other?.[1] && mine?.[2]?.padEnd(6, "0").slice(0, 6) === other?.[2];
    },
  },
  {
    reason:
      "XML cannot hold control characters and reads CR LF as LF; an element of nothing but line ends reads as empty",
    explains(ours, theirs) {
      const inXml = Buffer.from(ours)
        .toString()
        // biome-ignore lint/complexity/useRegexLiterals: a literal would need the characters themselves
        .replace(new RegExp("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "g"), "\ufffd")
        .replace(/\r\n?/g, "\n");
      return inXml === theirs || (theirs === "" && /^\n *$/.test(inXml));
    },
  },
];

/** The difference that explains two unequal texts; undefined for a fault. */
export function explain(ours: string, theirs: string): Difference | undefined {
  return DIFFERENCES.find((difference) => difference.explains(ours, theirs));
}
