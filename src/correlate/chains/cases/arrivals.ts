import { anEvent } from "../../../../test/support/events.ts";
import { type ChainCase, connect, file, INSIDE, load, OUTSIDE, PUBLIC, S32, start } from "./story.ts";

const called = (destinationHost: string) =>
  anEvent("networkConnection", 4, {
    process: { key: "id:R", pid: 82, image: `${S32}rundll32.exe` },
    initiated: true,
    destinationIp: OUTSIDE,
    destinationHost,
  });
const run = (path: string) => start(10, "R", "rundll32.exe", `rundll32 ${path},Go`, "P", "cmd.exe");
const begun = start(0, "R", "rundll32.exe", `rundll32 ${PUBLIC}a.dll,Go`, "P", "cmd.exe");

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
    chain: "arrivals/listed-host",
    fires: [begun, called("drop.example.invalid")],
    silent: [begun, called("updates.example.net")],
  },
];
