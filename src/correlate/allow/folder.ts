import { classifyValue } from "../../cmdline/normal/classify.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import type { Platform } from "../../model/event.ts";

const USER = /^([a-z]:\\(?:users|documents and settings)\\|\/home\/)[^\\/]+(?=[\\/]|$)/;
const VERSION = /(?<=[\\/])v?\d+(?:\.\d+){1,4}(?=[\\/]|$)/g;

/** The folder of a file in normal form; undefined for a bare name, which may be found anywhere. */
export function folderOf(path: string, platform: Platform): string | undefined {
  const whole = identity(path, platform);
  const end = Math.max(whole.lastIndexOf("\\"), whole.lastIndexOf("/"));
  if (end <= 0 || !isAbsolute(whole)) return undefined;
  return whole.slice(0, end);
}

export const isAbsolute = (path: string): boolean => /^(?:[a-z]:\\|\\\\[^\\?.]|\/)/i.test(path);

/** What differs between users and releases gives way to a name, where it is a whole folder name. */
export const folderForm = (folder: string): string => folder.replace(USER, "$1<user>").replace(VERSION, "<version>");

/** Whether anybody who works there can usually put a file into a folder. A share is as open as whoever keeps it has made it. */
export function isOpen(folder: string, platform: Platform): boolean {
  const place = folder.replaceAll("<user>", "user").replaceAll("<version>", "1.0");
  const { userWritable, directoryClass } = classifyValue(`${place}${platform === "windows" ? "\\" : "/"}x`, platform);
  return userWritable && directoryClass !== "share";
}
