import type { Dice } from "../../test/fuzz/random.ts";

/** Values for the places of a line that the catalogue's own vectors leave open: the same kinds, other places and names. */

const NAMES = [
  "Zug-7",
  "quarterly report",
  "näch",
  "k9",
  "vm_tools",
  "A1.b2",
  "Übergabe",
  "setup (2)",
  "svc-helper",
  "x",
];
const USERS = ["j.doe", "Ana Lima", "svc_build", "MÜLLER"];
const PLAIN = ["zeta", "k9-tool", "rel_2024.11", "m.anager", "qx7", "Plan-B"];
/** Names of files, which hold letters of other scripts where an address would escape them. */
const FILES = [...PLAIN, "größe7", "файл-2"];
const HOSTS = [
  "dl.contoso.example",
  "203.0.113.77",
  "cdn-7.fabrikam.example:8443",
  "a.b.c.example.net:80",
  "198.51.100.9:8080",
];

const extensionOf = (text: string) => /\.[A-Za-z]\w{0,10}$/.exec(/[^\\/]*$/.exec(text)?.[0] ?? "")?.[0] ?? "";

function windowsFolder(dice: Dice, spaces: boolean): string {
  const user = spaces ? dice.pick(USERS) : "jdoe";
  const folders = [
    `C:\\Users\\${user}\\AppData\\Local\\Temp`,
    `D:\\Data\\${spaces ? "old stuff" : "old"}`,
    "E:\\",
    `C:\\ProgramData\\${spaces ? "Vendor Co" : "VendorCo"}`,
    `C:\\Users\\${user}\\Downloads`,
    "Z:\\pool\\b",
    "C:\\PerfLogs",
  ];
  return dice.pick(folders).replace(/\\$/, "");
}

const TAILS = ["", "", "?t=a%20b", "#top", "?v=2&id=77"];

/** What a place in a line takes besides plain names. */
export interface Place {
  /** It is quoted, or a whole argument. */
  readonly blanks: boolean;
  /** An `&` ends nothing there. */
  readonly ampersands: boolean;
  /** Any program may stand there, so that those of the system are replaced, too. */
  readonly programs?: boolean;
}

/**
 * A fresh value of the same kind: web address, share, path of either system. Undefined for kinds that have no free choice
 * (a bare name, a key, a class). The extension stays: programs go by it.
 */
export function fresh(text: string, dice: Dice, { blanks: spaces, ampersands, programs }: Place): string | undefined {
  const extension = extensionOf(text);
  const cased = (ending: string) => (dice.below(4) === 0 ? ending.toUpperCase() : ending);
  const file = (ending: string) => dice.pick(spaces ? NAMES : FILES) + cased(ending);
  if (/^(?:https?|ftp):\/\//i.test(text)) {
    const tail = /[?#]/.test(text) || extension !== "" ? dice.pick(ampersands ? TAILS : TAILS.slice(0, -1)) : "";
    const folder = dice.pick(["", "p/", "a/b-c/", "~u/rel/"]);
    const path = new URL(text).pathname === "/" && extension === "" ? "" : `${folder}${dice.pick(PLAIN)}${extension}`;
    return `${text.slice(0, text.indexOf(":"))}://${dice.pick(HOSTS)}/${path}${path ? tail : ""}`;
  }
  if (/^\\\\[\w.-]+\\[\w$]+\\./.test(text))
    return `\\\\${dice.pick(["fs01.corp.example", "203.0.113.5"])}\\pub$\\${file(extension)}`;
  if (/^[A-Za-z]:\\./.test(text) && !text.includes("*")) {
    const stream = /^..[^:]*(:[^:\\]+)$/.exec(text)?.[1] ?? "";
    const ending = stream ? extensionOf(text.slice(0, -stream.length)) : extension;
    return `${windowsFolder(dice, spaces)}\\${file(ending)}${stream}`;
  }
  if (/^\/(?:tmp|opt|srv|dev\/shm|var\/tmp|home)\/./.test(text))
    return `${dice.pick(["/tmp", "/opt/vendor", "/srv/x/y", "/dev/shm", "/var/tmp/.c", "/home/ana/bin"])}/${dice.pick(PLAIN)}${extension}`;
  if (programs && /^(?:\/usr)?\/bin\/\w+$/.test(text))
    return `${dice.pick(["/opt/x", "/srv/bin", "/tmp/.d"])}/${dice.pick(PLAIN)}`;
  return undefined;
}
