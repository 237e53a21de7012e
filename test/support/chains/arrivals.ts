import { keyOf, kindKey } from "../../../src/baseline/keys.ts";
import { anEvent } from "../events.ts";
import { type ChainCase, connect, file, hostile, INSIDE, load, OUTSIDE, PUBLIC, past, S32, start } from "./story.ts";

const called = (destinationHost: string) =>
  anEvent("networkConnection", 4, {
    process: { key: "id:R", pid: 82, image: `${S32}rundll32.exe` },
    initiated: true,
    destinationIp: OUTSIDE,
    destinationHost,
  });
const run = (path: string) => start(10, "R", "rundll32.exe", `rundll32 ${path},Go`, "P", "cmd.exe");
const begun = start(0, "R", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Go`, "P", "cmd.exe");

const HASH = "a".repeat(64);
/** What a fleet knows that runs rundll32, and logs connections and libraries. */
const KNOWN = [keyOf("binary", "windows/rundll32"), kindKey("destination"), kindKey("loaded")];

/** Cases of what arrived and was then run, and of hosts. */
export const ARRIVALS: readonly ChainCase[] = [
  {
    chain: "arrivals/created-then-loaded",
    fires: [
      file(0, "W", "powershell.exe", `${PUBLIC}a.dll`),
      run(`${PUBLIC}a.dll`),
      load(11, "R", "rundll32.exe", `${PUBLIC}a.dll`),
    ],
    silent: [run(`${PUBLIC}a.dll`), load(11, "R", "rundll32.exe", `${PUBLIC}a.dll`)],
  },
  {
    chain: "arrivals/odd-type",
    fires: [file(0, "W", "winword.exe", `${PUBLIC}a.jpg`), run(`${PUBLIC}a.jpg`)],
    silent: [file(0, "W", "winword.exe", `${PUBLIC}a.dll`), run(`${PUBLIC}a.dll`)],
  },
  {
    chain: "arrivals/untrusted-host",
    fires: [begun, connect(4, "R", "rundll32.exe", OUTSIDE)],
    silent: [begun, connect(4, "R", "rundll32.exe", INSIDE)],
  },
  {
    chain: "arrivals/new-host",
    history: past(...KNOWN, keyOf("destination", "windows/rundll32", "example.net")),
    fires: [begun, called("drop.example.org")],
    silent: [begun, called("updates.example.net")],
  },
  {
    chain: "arrivals/new-library",
    history: past(...KNOWN, keyOf("loaded", "windows/rundll32", "c:\\users\\<user>\\tool.dll")),
    fires: [begun, load(4, "R", "rundll32.exe", `${PUBLIC}other.dll`)],
    silent: [begun, load(4, "R", "rundll32.exe", `${PUBLIC}tool.dll`)],
  },
  {
    chain: "arrivals/listed-host",
    site: hostile(".example.invalid"),
    fires: [begun, called("drop.example.invalid")],
    silent: [begun, called("updates.example.net")],
  },
  {
    chain: "arrivals/listed-payload",
    site: hostile("198.51.100.0/24"),
    fires: [start(0, "R", "mshta.exe", "mshta http://198.51.100.9/a.hta", "P", "cmd.exe")],
    silent: [start(0, "R", "mshta.exe", "mshta http://203.0.113.9/a.hta", "P", "cmd.exe")],
  },
  {
    chain: "arrivals/listed-file",
    site: hostile(HASH),
    fires: [begun, load(4, "R", "rundll32.exe", `${PUBLIC}a.dll`, true, `MD5=00,SHA256=${HASH.toUpperCase()}`)],
    silent: [begun, load(4, "R", "rundll32.exe", `${PUBLIC}a.dll`, true, `SHA256=${HASH.replace("a", "b")}`)],
  },
  {
    chain: "starts/new-shell",
    history: past(keyOf("child", "windows/electron", "cmd.exe"), keyOf("binary", "windows/electron"), kindKey("child")),
    fires: [start(0, "C", "powershell.exe", "powershell.exe", "P", "C:\\Program Files\\Slack\\slack.exe")],
    silent: [start(0, "C", "cmd.exe", "cmd.exe", "P", "C:\\Program Files\\Slack\\slack.exe")],
  },
];
