// biome-ignore-all lint/suspicious/noTemplateCurlyInString: systemd writes its variables so.
import { describe, expect, it } from "vitest";
import { artefacts } from "../../formats/artefacts/index.ts";
import type { Event } from "../../model/event.ts";
import { desktopExec } from "./desktop-exec.ts";
import { sources } from "./index.ts";
import { systemdCommands } from "./systemd-exec.ts";
import { pathOfUrl } from "./url-file.ts";

/** Events of a file, through its format and its source. */
function events(name: string, file: string, text: string): Event[] {
  const found: Event[] = [];
  const format = artefacts.find((one) => one.name === name)!;
  const reader = format.open(
    { file },
    {
      record(record) {
        const source = sources.find((one) => one.provider === record.provider)!;
        found.push(...[source.understand(record) ?? []].flat());
      },
      diagnostic: () => {},
    },
  );
  reader.push(Buffer.from(text));
  reader.end();
  return found;
}

it("have unique ids and providers", () => {
  expect(new Set(sources.map((source) => source.id)).size).toBe(sources.length);
});

describe("url", () => {
  it("is a shortcut", () => {
    const [event] = events(
      "url",
      "Start Menu/Programs/Startup/a.url",
      "[InternetShortcut]\nURL=file:///C:/a%20b/x.exe\nWorkingDirectory=\\\\192.0.2.1@80\\x\nIconFile=i.ico\n",
    );
    expect(event).toMatchObject({
      kind: "shortcut",
      target: "C:\\a b\\x.exe",
      workingDirectory: "\\\\192.0.2.1@80\\x",
      icon: "i.ico",
      startup: true,
      oddities: ["remoteWorkingDirectory"],
    });
    expect(events("url", "a.url", "[InternetShortcut]\nIconFile=x\n")).toEqual([]);
  });
  it.each([
    ["https://example.com/%20", "https://example.com/%20"],
    ["file://files.example/share/a.hta", "\\\\files.example\\share\\a.hta"],
    ["file:///C:/x", "C:\\x"],
    ["file://C:/x", "C:\\x"],
    ["file:C:\\x", "C:\\x"],
    ["file:////h/s/x", "\\\\h\\s\\x"],
    ["file://///h/s/x", "\\\\h\\s\\x"],
    ["file:///C:/%zz", "C:\\%zz"],
  ])("reads the path of %s", (url, path) => {
    expect(pathOfUrl(url)).toBe(path);
  });
  it("is wary of files elsewhere and of odd schemes", () => {
    const oddities = (url: string) =>
      events("url", "a.url", `[InternetShortcut]\nURL=${url}\nIconFile=\\\\h\\s\\i\n`)[0];
    expect(oddities("file://h/s/a.hta")).toMatchObject({ oddities: ["remoteFile", "remoteIcon"] });
    expect(oddities("search-ms:query=x")).toMatchObject({ oddities: ["remoteIcon", "scheme:search-ms"] });
  });
});

describe("task", () => {
  const task = (actions: string) =>
    events(
      "task",
      "Tasks/Tidy",
      `<Task xmlns="x"><RegistrationInfo><URI>\\Corp\\Tidy</URI><Author>KIM</Author></RegistrationInfo><Triggers><LogonTrigger/></Triggers><Actions>${actions}</Actions></Task>`,
    );
  it("is one event a command", () => {
    const exec =
      "<Exec><Command>C:\\a b.exe</Command><Arguments>/x &amp; y</Arguments></Exec><Exec><Command>c</Command></Exec>";
    expect(task(exec)).toMatchObject([
      {
        kind: "scheduledTask",
        name: "\\Corp\\Tidy",
        user: "KIM",
        path: "Tasks/Tidy",
        commandLine: '"C:\\a b.exe" /x & y',
        trigger: "LogonTrigger",
        dialect: "commandLine",
      },
      { commandLine: "c" },
    ]);
  });
  it("has what stands in CDATA as it is, and no comments", () => {
    expect(
      task("<Exec><Command>a</Command><Arguments><!-- x -->/y <![CDATA[<z> &amp;]]> &amp;</Arguments></Exec>"),
    ).toMatchObject([{ commandLine: "a /y <z> &amp; &" }]);
  });
  it("is an event without a command where it calls a COM handler", () => {
    expect(task("<ComHandler><ClassId>{0}</ClassId></ComHandler>")).toMatchObject([{ commandLine: undefined }]);
    expect(task("")).toEqual([]);
  });
});

it("reg: values are modifications, autostarts are both", () => {
  const text =
    'REGEDIT4\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]\n"up"="x.exe /q"\n' +
    '[HKEY_CLASSES_ROOT\\CLSID\\{1}\\InprocServer32]\n@="y.dll"\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\z]\n"ImagePath"="z.sys"\n[-HKEY_USERS\\q]\n';
  const found = events("reg", "a.reg", text);
  expect(found.map((event) => event.kind)).toEqual([
    "registryKeyModification",
    "runKey",
    ...Array(3).fill("registryKeyModification"),
  ]);
  expect(found[1]).toMatchObject({
    name: "up",
    commandLine: "x.exe /q",
    path: "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\up",
  });
  expect(found[2]).toMatchObject({
    action: "setValue",
    path: "HKCR\\CLSID\\{1}\\InprocServer32\\(Default)",
    value: "y.dll",
  });
  expect(found[4]).toMatchObject({ action: "deleteKey" });
});

it("reg: Winlogon's lists are several commands", () => {
  const text =
    'REGEDIT4\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Winlogon]\n"Userinit"="userinit.exe,a b,"\n';
  const commands = events("reg", "a.reg", text).filter(({ kind }) => kind === "runKey");
  expect(commands).toMatchObject([{ commandLine: "userinit.exe" }, { commandLine: "a b" }]);
});

it("desktop: actions are launchers too", () => {
  const text = "[Desktop Entry]\nExec=a %U\n[Desktop Action New]\nExec=b c\n";
  expect(events("desktop", "a.desktop", text)).toMatchObject([{ target: "a" }, { target: "b", arguments: "c" }]);
});

describe("systemd", () => {
  it("makes podman's commands of quadlets, and reads what else their services run", () => {
    const container = `[Container]
Image=docker.io/x:1
Exec=sh -c "a b"
Volume=/:/host
Environment=A=b "C=d e"
PodmanArgs=--privileged
[Service]
ExecStartPre=/bin/p
[Install]
WantedBy=default.target
`;
    expect(events("systemd", "a.container", container)).toMatchObject([
      { commandLine: "/bin/p", trigger: "default.target" },
      {
        kind: "scheduledTask",
        commandLine: "podman run --privileged --volume=/:/host --env=A=b '--env=C=d e' docker.io/x:1 sh -c 'a b'",
        trigger: "default.target",
      },
    ]);
    expect(events("systemd", "a.kube", "[Kube]\nYaml=/x.yml\n")).toMatchObject([
      { commandLine: "podman kube play /x.yml" },
    ]);
    expect(events("systemd", "a.volume", "[Volume]\nDriver=local\n")).toEqual([]);
  });

  it("runs commands for sockets and D-Bus, and what steers the loader stands before them", () => {
    expect(events("systemd", "a.socket", "[Socket]\nExecStartPost=/bin/a\n")).toMatchObject([
      { commandLine: "/bin/a" },
    ]);
    expect(events("systemd", "a.service", "[D-BUS Service]\nName=x\nExec=/bin/a b\n")).toMatchObject([
      { commandLine: "/bin/a b" },
    ]);
    const unit = "[Service]\nEnvironment=LD_PRELOAD=/x.so A=1\nExecStart=/bin/a\n";
    expect(events("systemd", "a.service", unit)).toMatchObject([
      { commandLine: "LD_PRELOAD=/x.so /bin/a", env: { A: "1" } },
    ]);
  });

  const NONE = new Map<string, string>();
  it.each<[string, readonly (readonly string[])[]]>([
    ["/bin/a -x 'b c' \"d e\"", [["/bin/a", "-x", "b c", "d e"]]],
    ["-!!/bin/a b", [["/bin/a", "b"]]],
    ["@/bin/sh other -c id", [["/bin/sh", "-c", "id"]]],
    ["/bin/a ; /bin/b \\;", [["/bin/a"], ["/bin/b", ";"]]],
    ["/bin/a \\x41\\tb 50%%", [["/bin/a", "A\tb", "50%"]]],
    ["", []],
  ])("reads %s", (line, commands) => {
    expect(systemdCommands(line, NONE)).toEqual(commands);
  });
  it("puts in variables that the unit sets", () => {
    const env = new Map([["A", "x  y"]]);
    expect(systemdCommands("/bin/a $A ${A} $B ${B} $$A", env)).toEqual([
      ["/bin/a", "x", "y", "x  y", "$B", "${B}", "$A"],
    ]);
    expect(systemdCommands(":/bin/a $A", env)).toEqual([["/bin/a", "$A"]]);
  });
  it("is one event a command", () => {
    const unit =
      "[Service]\nUser=web\nEnvironment=\"D=/srv\"\nExecStart=/bin/gone\nExecStart=\nExecStartPre=-/bin/mkdir ${D}\nExecStart=/bin/sh -c 'id; ls'\n[Install]\nWantedBy=multi-user.target\n";
    expect(events("systemd", "/etc/systemd/system/x.service", unit)).toMatchObject([
      {
        kind: "scheduledTask",
        name: "x.service",
        user: "web",
        commandLine: "/bin/mkdir /srv",
        dialect: "sh",
        trigger: "multi-user.target",
      },
      { commandLine: "/bin/sh -c 'id; ls'" },
    ]);
  });
  it("tells what clears away behind a service", () => {
    const unit =
      "[Service]\nExecStop=/usr/sbin/nft flush ruleset\nExecStart=/usr/sbin/nft -f /etc/nftables.conf\nExecReload=/bin/r\n[Install]\nWantedBy=sysinit.target\n";
    expect(events("systemd", "/lib/systemd/system/nftables.service", unit)).toMatchObject([
      { commandLine: "/usr/sbin/nft -f /etc/nftables.conf", trigger: "sysinit.target" },
      { commandLine: "/bin/r", trigger: "sysinit.target" },
      { commandLine: "/usr/sbin/nft flush ruleset", trigger: "when stopped" },
    ]);
  });
  it("keeps timers without a command", () => {
    expect(events("systemd", "x.timer", "[Timer]\nOnCalendar=daily\nOnBootSec=5\n")).toMatchObject([
      { commandLine: undefined, trigger: "OnCalendar=daily, OnBootSec=5" },
    ]);
  });
});

describe("desktop", () => {
  it.each<[string, readonly string[]]>([
    ["gedit %U", ["gedit"]],
    ['sh -c "echo \\\\"hi\\\\" %u"', ["sh", "-c", 'echo "hi" %u']],
    ["a --x=%f 100%%", ["a", "--x=", "100%"]],
    ["a\\sb", ["a", "b"]],
    ["", []],
  ])("reads %s", (value, args) => {
    expect(desktopExec(value)).toEqual(args);
  });
  it("is an autostart entry or a launcher", () => {
    const text = "[Desktop Entry]\nName=Up\nExec=env A=1 up --now %u\nPath=/srv\n";
    expect(events("desktop", "/home/kim/.config/autostart/up.desktop", text)).toMatchObject([
      { kind: "runKey", name: "Up", commandLine: "env A=1 up --now", dialect: "sh", platform: "linux" },
    ]);
    expect(events("desktop", "/usr/share/applications/up.desktop", text)).toMatchObject([
      { kind: "shortcut", target: "env", arguments: "A=1 up --now", workingDirectory: "/srv", startup: false },
    ]);
    expect(events("desktop", "autostart/up.desktop", `${text}Hidden=true\n`)).toEqual([]);
    expect(events("desktop", "autostart/up.desktop", `${text}X-GNOME-Autostart-enabled=false\n`)).toEqual([]);
  });
});

it("crontab: jobs have the variables that are set above them", () => {
  expect(events("crontab", "/etc/cron.d/x", "U=a b\n@reboot root curl $U\n")).toMatchObject([
    { commandLine: "curl $U", env: { U: "a b" } },
  ]);
});

it("crontab: jobs are scheduled tasks", () => {
  expect(events("crontab", "/etc/cron.d/x", "@reboot root /opt/x\n")).toMatchObject([
    {
      kind: "scheduledTask",
      name: "x",
      user: "root",
      commandLine: "/opt/x",
      dialect: "sh",
      trigger: "@reboot",
      platform: "linux",
    },
  ]);
});

it("history: commands that somebody typed", () => {
  expect(events("history", "/home/kim/.bash_history", "#1700000000\nls\n")).toMatchObject([
    {
      kind: "commandExecution",
      text: "ls",
      time: 1700000000000,
      user: "kim",
      dialect: "sh",
      origin: "history",
      platform: "linux",
    },
  ]);
  expect(events("history", "ConsoleHost_history.txt", "ls\n")).toMatchObject([
    { dialect: "powershell", platform: "windows" },
  ]);
});
