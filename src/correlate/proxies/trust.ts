import { Memory } from "../../cmdline/memory.ts";
import { classifyValue, isInstalled } from "../../cmdline/normal/classify.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../../invocations/glob.ts";
import type { Platform, Signature } from "../../model/event.ts";
import { isSigned } from "../facts/fact.ts";
import type { Trust } from "./types.ts";

/** Programs whose very purpose it is to start what they are told, or to fetch it: shells of the desktop, the logon, services, browsers. */
const TOLD =
  /^(?:explorer|userinit|services|svchost|taskeng|taskhostw?|sihost|runtimebroker|dllhost|wininit|winlogon|smss|lsass|openwith|consent|runas|csrss|conhost|openconsole|chrome|msedge|msedgewebview2|firefox|iexplore|opera|brave|vivaldi|systemd|init|login|sshd|crond?|dbus-daemon|gnome-shell|xorg)(?:\.exe)?$/i;

const known = new Memory<Trust | "none">();

function byPlace(image: string, platform: Platform): Trust | "none" {
  if (TOLD.test(baseName(image))) return "none";
  if (!isInstalled(image, platform)) return "none";
  // On Linux all that is packaged lies in the folders of the system.
  return classifyValue(image, platform).directoryClass === "system" && platform === "windows" ? "system" : "installed";
}

export function trustOf(image: string, platform: Platform, signature?: Signature): Trust | undefined {
  const place = known.get(`${platform}|${image}`, () => byPlace(image, platform));
  if (place !== "none") return place;
  return isSigned(signature) && !TOLD.test(baseName(image)) ? "signed" : undefined;
}

/** Folders below which each product has one of its own. */
const PRODUCTS = /^[a-z]:\\program files(?: \(x86\))?\\(?:common files\\)?([^\\]+)\\/;

/** Whether a file belongs to the program that uses it: it lies in its folder or below, or in that of its product elsewhere. */
export function isOwn(path: string, image: string, platform: Platform): boolean {
  const file = identity(path, platform);
  const program = identity(image, platform);
  const folder = program.slice(0, program.length - baseName(program).length);
  const { directoryClass } = classifyValue(image, platform);
  if (directoryClass !== "system" && folder.length > 3 && file.startsWith(folder)) return true;
  const product = PRODUCTS.exec(program)?.[1];
  return product !== undefined && file.includes(`\\${product}\\`);
}
