import { expect, it } from "vitest";
import type { Platform } from "../../model/event.ts";
import { classifyForm } from "./classify.ts";
import { identity } from "./identity.ts";

const placeOf = (path: string, platform: Platform) => {
  const { directoryClass, userWritable } = classifyForm(identity(path, platform), platform);
  return `${directoryClass}${userWritable ? ", open" : ""}`;
};

it.each([
  ["C:\\Windows\\System32\\kiwi.dll", "system"],
  ["C:\\Windows\\System32\\spool\\drivers\\color\\kiwi.dll", "system, open"],
  ["C:\\Windows\\SysWOW64\\spool\\SERVERS\\kiwi.dll", "system, open"],
  ["C:\\Windows\\System32\\Tasks_Migrated\\kiwi.dll", "system, open"],
  ["C:\\Windows\\PLA\\Reports\\kiwi.dll", "system, open"],
  ["C:\\Windows.\\System32\\kiwi.dll", "system"],
  // A blank at a folder's end is a part of its name, as `\\?\` makes it; at a file's end Windows leaves it out.
  ["C:\\Windows \\System32\\kiwi.dll", "other, open"],
  ["C:\\Program Files \\Kiwi\\kiwi.dll", "other, open"],
  ["C:\\Windows\\System32\\kiwi.dll ", "system"],
])("tells the place of a file of Windows: %s", (path, place) => {
  expect(placeOf(path, "windows")).toBe(place);
});

it.each([
  ["/usr/lib/kiwi", "system"],
  ["/usr/lib/.kiwi/a", "other"],
  ["/usr/lib/.build-id/0b/7k", "system"],
  ["/dev/mqueue/kiwi", "temp, open"],
  ["/run/lock/kiwi", "temp, open"],
  ["/var/crash/kiwi", "temp, open"],
  ["/proc/1/root/tmp/kiwi", "temp, open"],
  ["/proc/self/root/usr/bin/kiwi", "system"],
  ["/proc/self/cwd/kiwi", "relative"],
  ["/proc/cpuinfo", "system"],
])("tells the place of a file of Linux: %s", (path, place) => {
  expect(placeOf(path, "linux")).toBe(place);
});
