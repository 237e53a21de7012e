import { describe, expect, it } from "vitest";
import { file, PUBLIC, past, S32, start } from "../../../test/support/chains/story.ts";
import { anEvent, testCatalog } from "../../../test/support/events.ts";
import type { History } from "../../baseline/history.ts";
import { keyOf, kindKey } from "../../baseline/keys.ts";
import type { Event } from "../../model/event.ts";
import { createDetector } from "../detector.ts";

const PROGRAMS = "C:\\Program Files\\";
const SLACK = `${PROGRAMS}Slack\\slack.exe`;
const WORD = `${PROGRAMS}Microsoft Office\\root\\Office16\\WINWORD.EXE`;
const CHROME = `${PROGRAMS}Google\\Chrome\\Application\\chrome.exe`;
const W3WP = `${S32}inetsrv\\w3wp.exe`;
const SERVICES = `${S32}services.exe`;
const JAVA = `${PROGRAMS}Plover\\jre\\bin\\java.exe`;
const HOME = "C:\\Users\\amy\\AppData\\";
const DROPPED = "C:\\Windows\\Temp\\plover.exe";

function find(events: readonly Event[], minLevel: "informational" | "low" = "low", history?: History) {
  const detector = createDetector({ catalog: testCatalog(), minLevel, ...(history && { history }) });
  return [...events.flatMap((event) => detector.push(event)), ...detector.end()];
}

/** A start as 4688 has it without command lines. */
const by = (parent: string, image: string, line?: string): Event =>
  anEvent("processCreation", 0, {
    process: { key: "id:C", pid: 9, image },
    parent: { key: undefined, pid: 8, image: parent },
    image,
    commandLine: line,
  });
const ofLinux = (parent: string, image: string, line: string): Event =>
  anEvent("processCreation", 0, {
    process: { key: "id:C", pid: 9, image },
    parent: { key: undefined, pid: 8, image: parent },
    platform: "linux",
    image,
    commandLine: line,
  });
const shell = (parent: string, name: string, line?: string) => by(parent, `${S32}${name}`, line);

/** By analytic: a start that tells of who caused it, and ordinary ones beside it. */
const CASES: readonly (readonly [analytic: string, fires: readonly Event[], silent: readonly Event[]])[] = [
  [
    "desktop-program",
    [by(SLACK, DROPPED), by(`${PROGRAMS}VS\\Code.exe`, `${PUBLIC}a.exe`), by(SLACK, `${HOME}Local\\Temp\\a.exe`)],
    [
      by(SLACK, `${HOME}Local\\slack\\Update.exe`),
      by(SLACK, `${HOME}Local\\Temp\\slack-setup.exe`),
      by(SLACK, `${PROGRAMS}Zoom\\bin\\Zoom.exe`),
      by(`${PROGRAMS}VS\\Code.exe`, `${HOME}Local\\Temp\\debug.exe`),
      by(`${S32}msiexec.exe`, DROPPED),
    ],
  ],
  [
    "desktop-tool",
    [
      shell(SLACK, "mshta.exe"),
      shell(SLACK, "cmd.exe", 'cmd /d /s /c "whoami"'),
      shell(SLACK, "powershell.exe", "powershell -NoProfile -c iex (Get-CimInstance Win32_Process).Name"),
      shell(SLACK, "powershell.exe", "powershell -NoProfile -File a.ps1"),
    ],
    [
      shell(SLACK, "powershell.exe", 'powershell.exe -NoProfile -Command "Get-CimInstance Win32_VideoController"'),
      shell(SLACK, "cmd.exe", 'cmd.exe /d /s /c "chcp"'),
      shell(SLACK, "regsvr32.exe", "regsvr32 /s addin.dll"),
    ],
  ],
  ["desktop-shell", [shell(SLACK, "powershell.exe")], [shell(`${PROGRAMS}VS\\Code.exe`, "powershell.exe")]],
  [
    "document-program",
    [by(WORD, `${HOME}Roaming\\a.exe`), by(WORD, "C:\\ProgramData\\a.exe"), by(WORD, `${HOME}Local\\Temp\\a.scr`)],
    [by(WORD, `${HOME}Roaming\\Zoom\\bin\\Zoom.exe`), by(WORD, "C:\\ProgramData\\Vendor\\a.exe")],
  ],
  [
    "document-shell",
    [shell(WORD, "cmd.exe"), shell(WORD, "cmd.exe", "cmd.exe /c ver")],
    [shell(WORD, "splwow64.exe"), shell(WORD, "rundll32.exe"), by(WORD, CHROME)],
  ],
  [
    "browser-program",
    [by(CHROME, DROPPED), by(CHROME, `${PUBLIC}a.exe`)],
    [by(CHROME, "C:\\Users\\amy\\Downloads\\a.exe"), by(CHROME, `${PUBLIC}Downloads\\a.exe`)],
  ],
  [
    "browser-shell",
    [shell(CHROME, "cmd.exe", "cmd.exe /k")],
    [
      shell(CHROME, "cmd.exe"),
      shell(CHROME, "cmd.exe", 'cmd.exe /d /c "C:\\Program Files\\Plover\\host.bat" chrome-extension://abc/'),
    ],
  ],
  [
    "borrowed-program",
    [by(`${PROGRAMS}Internet Explorer\\iediagcmd.exe`, "\\\\files.orchard.example@SSL\\DavWWWRoot\\kit\\route.exe")],
    [by(`${S32}cmd.exe`, "\\\\files01\\kit\\route.exe")],
  ],
  [
    "service-program",
    [by(SERVICES, "C:\\plover.exe"), by(SERVICES, DROPPED), by(SERVICES, "C:\\ProgramData\\plover.exe")],
    [
      by(SERVICES, "C:\\ProgramData\\Plover\\plover.exe"),
      by(SERVICES, `${PROGRAMS}Plover\\plover.exe`),
      by(`${S32}svchost.exe`, "C:\\plover.exe"),
    ],
  ],
  [
    "remote-tool",
    [by("C:\\Windows\\PSEXESVC.exe", "C:\\Windows\\plover.exe"), by("C:\\Windows\\PAExec-1-a.exe", DROPPED)],
    [
      by("C:\\Windows\\PSEXESVC.exe", `${S32}ipconfig.exe`),
      by("C:\\Windows\\PSEXESVC.exe", `${PROGRAMS}Plover\\a.exe`),
    ],
  ],
  [
    "screen-saver",
    [
      by("C:\\Windows\\explorer.exe", "C:\\Users\\amy\\Downloads\\photos\\plover.scr"),
      by("C:\\Windows\\explorer.exe", `${HOME}Local\\Temp\\plover.pif`),
    ],
    [by("C:\\Windows\\explorer.exe", `${S32}Mystify.scr`), by(`${S32}rundll32.exe`, `${S32}scrnsave.scr`)],
  ],
  [
    "twin-program",
    [by(`${S32}cmd.exe`, "C:\\Windows \\System32\\winsat.exe")],
    [by(`${S32}cmd.exe`, `${S32}winsat.exe`), by(`${S32}cmd.exe`, "C:\\Windows Kits\\10\\bin\\mt.exe")],
  ],
  [
    "server-shell",
    [shell(W3WP, "cmd.exe", "cmd.exe /c dir"), shell(W3WP, "whoami.exe")],
    [
      by(W3WP, "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe"),
      shell(`${PROGRAMS}Apache\\bin\\httpd.exe`, "cmd.exe", 'cmd.exe /C "bin\\rotatelogs.exe logs/a 86400"'),
    ],
  ],
  [
    "server-question",
    [ofLinux("/usr/sbin/nginx", "/usr/bin/whoami", "whoami"), ofLinux("/usr/sbin/php-fpm8.2", "/usr/bin/id", "id")],
    [
      ofLinux("/usr/sbin/php-fpm8.2", "/usr/bin/id", "id -u www-data"),
      ofLinux("/usr/sbin/php-fpm8.2", "/usr/bin/convert", "convert a.png b.jpg"),
      ofLinux("/usr/sbin/apache2", "/usr/bin/uname", "uname -a"),
      ofLinux("/usr/sbin/sshd", "/usr/bin/id", "id"),
    ],
  ],
  [
    "host-question",
    [shell(JAVA, "whoami.exe", "whoami /all"), shell(JAVA, "quser.exe", "quser")],
    [
      shell(JAVA, "whoami.exe", "whoami"),
      shell(JAVA, "tasklist.exe", "tasklist /v"),
      shell(JAVA, "hostname.exe", "hostname"),
      by("C:\\Windows\\explorer.exe", `${S32}whoami.exe`, "whoami /all"),
    ],
  ],
];

describe.each(CASES)("a start that tells of who caused it: %s", (analytic, fires, silent) => {
  const behaviour = `${fires[0]?.platform ?? "windows"}/chains/starts-${analytic}`;
  it("is one finding, of the starter, that names what was started", () => {
    for (const event of fires) {
      const [finding, ...more] = find([event], "informational");
      expect(more).toEqual([]);
      expect(finding?.behaviour).toBe(behaviour);
      expect(finding?.runs[0]?.value).toBe((event as { image?: string }).image);
      expect(finding?.title).not.toMatch(/\{|undefined|^ /);
    }
  });
  it("is silent about ordinary starts", () => {
    const told = silent.flatMap((event) => find([event], "informational").map((one) => one.behaviour));
    expect(told.filter((one) => one.startsWith("windows/chains/"))).toEqual([]);
  });
});

it("keeps the technique that its starter shows where the line itself is told", () => {
  const [finding, ...more] = find([shell(W3WP, "cmd.exe", "cmd.exe /c whoami /priv")]);
  expect(more).toEqual([]);
  expect(finding?.behaviour).toBe("windows/cmd/command");
  expect(finding?.techniques).toEqual(["T1059.003", "T1505.003"]);
});

it("has a case for every analytic of who started something", () => {
  const starts = testCatalog().chains.filter(({ id, alone }) => alone && id.startsWith("starts/"));
  expect(CASES.map(([name]) => `starts/${name}`).toSorted()).toEqual(starts.map(({ id }) => id).toSorted());
});

describe("who started a program", () => {
  const known = past(
    keyOf("child", "windows/electron", "powershell.exe"),
    keyOf("binary", "windows/electron"),
    kindKey("child"),
  );
  const never = past(keyOf("binary", "windows/electron"), kindKey("child"));

  it("is known by its own start where the event names a number alone", () => {
    const events = [
      start(0, "P", SLACK, `"${SLACK}"`),
      anEvent("processCreation", 1, {
        process: { key: undefined, pid: 9, image: DROPPED },
        parent: { key: undefined, pid: "P".charCodeAt(0), image: undefined },
        image: DROPPED,
      }),
    ];
    expect(find(events)).toMatchObject([{ behaviour: "windows/chains/starts-desktop-program", level: "high" }]);
  });
  it("weighs more where a history never saw it, and less where it did", () => {
    const event = start(0, "C", "powershell.exe", "powershell.exe", "P", SLACK);
    expect(find([event], "low", never)).toMatchObject([{ level: "medium" }]);
    expect(find([event], "low", known)).toEqual([]);
  });
  it("is no second finding where the line of either is told of", () => {
    const launcher = [
      start(0, "P", SLACK, `"${SLACK}" --gpu-launcher="C:\\Windows\\Temp\\plover.exe"`),
      start(1, "C", DROPPED, DROPPED, "P", SLACK),
    ];
    expect(find(launcher)).toHaveLength(1);
    const own = start(0, "C", "mshta.exe", "mshta.exe http://203.0.113.7/a.hta", "P", WORD);
    expect(find([own])).toMatchObject([{ behaviour: "windows/mshta/remote-application" }]);
  });
  it("is one reason more where the line is told of at low", () => {
    const [finding] = find([start(0, "C", "certutil.exe", "certutil -encode a.txt b.txt", "P", SLACK)]);
    expect(finding?.evidence.map(({ id }) => id)).toContain("odd-starter");
  });
  it("is told of once where a chain tells more", () => {
    const changed = [
      file(0, "U", "powershell.exe", `${PROGRAMS}Slack\\resources\\app.asar`),
      start(1, "P", SLACK, `"${SLACK}"`, "X", "explorer.exe"),
      start(2, "C", DROPPED, DROPPED, "P", SLACK),
    ];
    const [finding, ...more] = find(changed);
    expect(more).toEqual([]);
    expect(finding?.evidence.map(({ id }) => id)).toContain("chain:DET0025/changed-application");
  });
  it("comes through a snapshot", () => {
    const [first, second] = [0, 1].map(() => createDetector({ catalog: testCatalog(), minLevel: "low" }));
    first?.push(start(0, "C", DROPPED, DROPPED, "P", SLACK));
    second?.restore(JSON.parse(JSON.stringify(first?.snapshot())));
    expect(second?.end()).toEqual(first?.end());
  });
});
