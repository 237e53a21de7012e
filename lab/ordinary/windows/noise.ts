import { domain, word } from "../../world/names.ts";
import { type Activity, PEOPLE, WINDOWS } from "../activity.ts";

const SYSTEM32 = "C:\\Windows\\system32\\";

/** What machines do that has nothing to do with proxying, so that the rest does not stand alone. */
export const noise: readonly Activity[] = [
  {
    id: "logon",
    roles: WINDOWS,
    perDay: 1,
    when: "work",
    run(s) {
      const logon = s.spawn(s.root("services"), "userinit.exe", `${SYSTEM32}userinit.exe`, {
        user: s.user,
        integrity: "Medium",
      });
      s.spawn(logon, "sihost.exe", "sihost.exe");
      s.spawn(s.root("schedule"), "taskhostw.exe", "taskhostw.exe {222A245B-E637-4AE9-A93F-A59CA119A75E}", {
        user: s.user,
        integrity: "Medium",
      });
    },
  },
  {
    id: "background",
    roles: WINDOWS,
    perDay: 4,
    when: "any",
    run(s) {
      const [file, line] = s.random.pick([
        ["backgroundTaskHost.exe", `"${SYSTEM32}backgroundTaskHost.exe" -ServerName:App.AppX${s.random.hex(24)}.mca`],
        ["RuntimeBroker.exe", `${SYSTEM32}RuntimeBroker.exe -Embedding`],
        [
          "SearchProtocolHost.exe",
          `"${SYSTEM32}SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe${s.random.int(1, 90)}_ Global\\UsGthrCtrlFltPipeMssGthrPipe${s.random.int(1, 90)} 1 -2147483646`,
        ],
        [
          "taskhostw.exe",
          `taskhostw.exe ${s.random.pick(["", "KEYROAMING", "SYSTEM", "-RegisterDevice -ProtectionStateChanged"])}`.trim(),
        ],
        [
          "svchost.exe",
          `${SYSTEM32}svchost.exe -k ${s.random.pick(["netsvcs -p -s wlidsvc", "LocalService -p -s fdPHost", "wusvcs -p -s WaaSMedicSvc", "appmodel -p -s camsvc"])}`,
        ],
      ] as const);
      s.spawn(s.root("services"), file, line, { lasts: s.random.int(2000, 60_000) });
    },
  },
  {
    id: "registry",
    roles: WINDOWS,
    perDay: 3,
    when: "any",
    run(s) {
      s.registry(
        s.root("svchost"),
        `HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\${s.random.pick(["WindowsUpdate\\Auto Update", "Component Based Servicing", "Diagnostics\\DiagTrack"])}\\${word(s.random)}`,
        `DWORD (0x0000000${s.random.int(0, 9)})`,
      );
    },
  },
  {
    id: "lookup",
    roles: WINDOWS,
    perDay: 3,
    when: "any",
    run(s) {
      s.connect(s.root("svchost"), domain(s.random), "198.51.100.80", 443);
    },
  },
  {
    id: "notes",
    roles: PEOPLE,
    perDay: 1,
    when: "work",
    run(s) {
      s.spawn(s.root("explorer"), "notepad.exe", `"${SYSTEM32}NOTEPAD.EXE" ${s.home}\\Desktop\\${word(s.random)}.txt`, {
        lasts: s.random.int(5000, 600_000),
      });
    },
  },
];
