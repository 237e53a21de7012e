import { headText } from "../decode/json/encoding.ts";
import { entryOf } from "../model/entry.ts";
import type { RecordSink } from "../model/record.ts";
import type { Format, ReadContext } from "./format.ts";
import { ObjectRecord } from "./json-shapes/object-record.ts";
import { parseTime } from "./json-shapes/time.ts";
import { LineReader } from "./line-reader.ts";

const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?`;
/** PcaAppLaunchDic.txt: a program, and when it was started last. Names of Windows have no bar. */
const LAUNCH = new RegExp(String.raw`^([^|]{1,32767}\.[^|.\\]{1,16})\\?\|(${TIME})$`);
/** PcaGeneralDb0.txt and 1: when, what became of it, the program, what its version resource says, its id in Amcache, how it ended. */
const GENERAL = new RegExp(String.raw`^(${TIME})\|(\d{1,3})\|([^|]{1,32767})\|(.*)$`, "s");
/** What programs stand under that the service names by a variable; Windows puts them there. */
const FOLDERS: Readonly<Record<string, string>> = {
  "%systemroot%": "C:\\Windows",
  "%windir%": "C:\\Windows",
  "%programfiles%": "C:\\Program Files",
  "%programfiles(x86)%": "C:\\Program Files (x86)",
  "%programdata%": "C:\\ProgramData",
};
/** Longest line, in bytes: a path and some names. */
const MAX_LINE = 1 << 17;

/**
 * What the Program Compatibility Assistant of Windows 11 notes below %SystemRoot%\appcompat\pca: programs that somebody started from
 * the desktop, each once with its last time (PcaAppLaunchDic.txt), and those that ended badly (PcaGeneralDb0.txt, 1). Without
 * command lines; times are UTC.
 * @see https://www.sygnia.co/blog/new-windows-11-pca-artifact/
 */
export const pca: Format = {
  name: "pca",
  title: "Program Compatibility Assistant's launches (PcaAppLaunchDic.txt, PcaGeneralDb0.txt)",
  sniff(head) {
    const lines = headText(head.subarray(0, 16_384)).split("\n", 40);
    if (lines.length > 1) lines.pop();
    const written = lines.map((line) => line.trimEnd()).filter((line) => line !== "");
    const fitting = written.filter((line) => startOf(line) !== undefined).length;
    return fitting > 0 && fitting >= written.length * 0.8 ? 0.9 : 0;
  },
  open: (context, sink) => new PcaReader(context, sink),
};

interface Start {
  readonly image: string;
  readonly time: string;
  readonly product?: string | undefined;
  readonly company?: string | undefined;
}

function startOf(line: string): Start | undefined {
  const launch = LAUNCH.exec(line);
  if (launch) return { image: whole(launch[1]!), time: launch[2]! };
  const general = GENERAL.exec(line);
  if (!general) return undefined;
  const [product, company] = general[4]!.split("|", 2);
  return { image: whole(general[3]!), time: general[1]!, product, company };
}

const whole = (path: string): string =>
  path.replace(/^%[^%\\]{1,32}%(?=\\)/, (name) => entryOf(FOLDERS, name.toLowerCase()) ?? name);

class PcaReader extends LineReader {
  constructor(context: ReadContext, sink: RecordSink) {
    super(context, sink, MAX_LINE);
  }

  protected line(text: string, offset: number): void {
    const line = text.trimEnd();
    if (line === "") return;
    const { file } = this.context;
    const start = startOf(line);
    if (start) {
      const head = { time: parseTime(start.time), provider: "PCA" };
      this.hand(new ObjectRecord("mapped", { file, index: this.index }, head, eventOf(start)));
    } else {
      const place = { file, offset, line: this.number, index: this.index };
      this.sink.diagnostic({ code: "csv/bad-row", message: "no program and time, parted by a bar", ...place }, true);
    }
    this.index += 1;
  }
}

function eventOf({ image, product, company }: Start) {
  return {
    kind: "processCreation",
    platform: "windows",
    image,
    product: product || undefined,
    company: company || undefined,
  };
}
