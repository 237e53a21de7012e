import type { Catalog } from "../../catalog/catalog.ts";
import type { Behaviour } from "../../catalog/types.ts";
import { classifyValue } from "../../cmdline/normal/classifyValue.ts";
import { baseName } from "../../invocations/glob.ts";
import { identify } from "../../invocations/identify.ts";
import { namedPayload } from "../../invocations/payload.ts";
import type { Resolution } from "../../invocations/types.ts";
import type { Event, Platform } from "../../model/event.ts";
import { type Line, type Link, linkOf } from "./link.ts";

/** What a program that nobody described was seen to do with its argument. */
const ACTS: Readonly<Record<string, { readonly title: string; readonly techniques: readonly string[] }>> = {
  library: { title: "Loads the library that its argument names", techniques: ["T1218"] },
  executable: { title: "Starts the program that its argument names", techniques: ["T1218"] },
  document: { title: "Fetches what its argument names from another machine", techniques: ["T1218", "T1105"] },
};

/** Programs whose very purpose it is to start what they are told, or to fetch it: shells, the logon, browsers. */
const TOLD =
  /^(?:explorer|userinit|services|svchost|taskeng|taskhostw|sihost|runtimebroker|dllhost|wininit|winlogon|smss|lsass|openwith|chrome|msedge|firefox|iexplore|opera|brave|systemd|init|login|sshd|cron|crond|dbus-daemon|gnome-shell|Xorg)(?:\.exe)?$/i;

/** Whether everybody trusts a program: it lies where only administrators install. */
export function isTrusted(image: string, platform: Platform): boolean {
  const { directoryClass, userWritable } = classifyValue(image, platform);
  return (
    !userWritable && (directoryClass === "system" || directoryClass === "programFiles") && !TOLD.test(baseName(image))
  );
}

function behaviourOf(platform: Platform, { role, what }: Link): Behaviour {
  const { title, techniques } = ACTS[what] as (typeof ACTS)[string];
  return {
    id: `${platform}/uncatalogued/${role === "fetches" ? "fetch" : what === "library" ? "load" : "start"}`,
    title,
    category: role === "fetches" ? "download" : "execute",
    when: [],
    bindings: [],
    techniques,
    usual: "common",
    confirmedBy: [],
    wrapper: false,
  };
}

/**
 * A trusted program that no behaviour of the catalogue explains, as an invocation of its own: what its argument names, it then loaded,
 * started or fetched. Undefined where the program is not trusted, or no argument names what it did.
 */
export function ofProxy(
  line: Line,
  event: Event,
  catalog: Catalog,
): { resolution: Resolution; link: Link } | undefined {
  const { image, platform, commandLine, args } = line;
  if (!isTrusted(image, platform)) return undefined;
  const link = linkOf(line, event);
  if (!link || link.role === "writes") return undefined;
  const { binary, entry } = identify(catalog, { program: undefined, image, originalFileName: undefined }, platform);
  const behaviour = behaviourOf(platform, link);
  const path = link.role === "runs" ? (event.kind === "moduleLoad" ? event.module : event.process.image) : undefined;
  const payload = { ...namedPayload(path ?? link.text, { what: link.what }, { platform }), value: link.text };
  const { id, techniques } = behaviour;
  const none = { runs: [], fetches: [], reads: [], writes: [] };
  return {
    link,
    resolution: {
      request: { platform, image, ...(commandLine !== undefined && { commandLine }), ...(args && { args }) },
      platform,
      invocations: [
        {
          binary,
          entry,
          canonical: commandLine ?? args?.join(" ") ?? binary.name,
          behaviours: [{ id, techniques, ...none, [link.role]: [payload], behaviour }],
          normal: [],
          obfuscation: [],
          arguments: 1,
          depth: 0,
        },
      ],
    },
  };
}
