import type { Proc } from "../../world/events.ts";
import { domain, word } from "../../world/names.ts";
import { program } from "../../world/programs.ts";
import type { Session } from "../../world/session.ts";
import { fileName } from "../../world/session.ts";
import { type Activity, PEOPLE } from "../activity.ts";

/** The web's addresses stand for the whole of it. */
const WEB_ADDRESS = "198.51.100.80";

function children(s: Session, main: Proc, userData: string): void {
  const name = main.program.originalFileName;
  const image = `"${main.program.image}"`;
  const why = `${name} starts its own processes by type`;
  const handle = () => s.random.int(1500, 6000);
  const common = `--field-trial-handle=${handle()},i,${s.random.int(1e9, 9e9)},${s.random.int(1e9, 9e9)},262144`;
  const types = [
    `--type=crashpad-handler "--user-data-dir=${userData}" /prefetch:7 --monitor-self-annotation=ptype=crashpad-handler "--database=${userData}\\Crashpad"`,
    `--type=gpu-process --no-pre-read-main-dll --gpu-preferences=WAAAAAAAAADgAAAMAAAAAAAAAAAAAAAAAABgAAEAAAA4AAAAAAAAAAAAAAAAAAAA --mojo-platform-channel-handle=${handle()} ${common} /prefetch:2`,
    `--type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US --service-sandbox-type=none --mojo-platform-channel-handle=${handle()} ${common} /prefetch:3`,
    `--type=utility --utility-sub-type=storage.mojom.StorageService --lang=en-US --service-sandbox-type=service --mojo-platform-channel-handle=${handle()} ${common} /prefetch:8`,
  ];
  for (let i = s.random.int(1, 4); i > 0; i--) {
    types.push(
      `--type=renderer --lang=en-US --device-scale-factor=1 --num-raster-threads=4 --renderer-client-id=${i + 4} --mojo-platform-channel-handle=${handle()} ${common} /prefetch:1`,
    );
  }
  for (const type of types) {
    const child = s.spawn(main, main.program, `${image} ${type}`, {
      ordinary: why,
      integrity: type.includes("network") ? "Medium" : "Low",
    });
    if (!type.includes("NetworkService")) continue;
    for (let i = s.random.int(1, 4); i > 0; i--) s.connect(child, domain(s.random), WEB_ADDRESS, 443);
  }
}

function app(
  id: string,
  file: string,
  perDay: number,
  line: (s: Session, image: string) => string,
  folder: string,
  roles = PEOPLE,
): Activity {
  return {
    id,
    roles,
    perDay,
    when: "work",
    run(s) {
      const known = program(file);
      const main = s.spawn(s.root("explorer"), known, line(s, known.image), {
        ordinary: `${fileName(known.image)} started by its user`,
      });
      children(s, main, `${s.home}\\AppData\\${folder}`);
    },
  };
}

/** Browsers and programs built like them: one process for each kind of work. */
export const electron: readonly Activity[] = [
  app("chrome", "chrome.exe", 1, (_, image) => `"${image}"`, "Local\\Google\\Chrome\\User Data"),
  app(
    "edge",
    "msedge.exe",
    0.6,
    (s, image) => `"${image}" --single-argument https://${domain(s.random)}/${word(s.random)}`,
    "Local\\Microsoft\\Edge\\User Data",
  ),
  app(
    "teams",
    "ms-teams.exe",
    0.5,
    (_, image) => `"${image}" msteams:system-initiated`,
    "Local\\Packages\\MSTeams_8wekyb3d8bbwe\\LocalCache",
  ),
  app("slack", "slack.exe", 0.3, (_, image) => `"${image}" --process-start-args --startup`, "Roaming\\Slack", [
    "developer",
    "admin",
  ]),
  app("code", "Code.exe", 1, (s, image) => `"${image}" C:\\src\\${word(s.random)}`, "Roaming\\Code", ["developer"]),
  app(
    "kiosk",
    "msedge.exe",
    1,
    (_, image) => `"${image}" --kiosk https://welcome.lindenhof.example --edge-kiosk-type=fullscreen --no-first-run`,
    "Local\\Microsoft\\Edge\\User Data",
    ["kiosk"],
  ),
];
