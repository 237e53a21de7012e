import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { hook } from "./hook.ts";

function commands(file: string, text: string | Buffer): (string | undefined)[] {
  const found: (string | undefined)[] = [];
  const reader = hook.open({ file }, { record: (one) => found.push(one.get("command")), diagnostic: () => {} });
  reader.push(Buffer.from(text));
  reader.end();
  return found;
}

const CASES: readonly [file: string, text: string, commands: readonly string[]][] = [
  [
    "img/etc/udev/rules.d/9.rules",
    'ACTION=="add", RUN+="/bin/sh -c \'a b\'", PROGRAM="/x %k"\nIMPORT{program}="y", RUN="z"\nATTR{RUNS}="no"\n',
    ["/bin/sh -c 'a b'", "/x %k", "y", "z"],
  ],
  [
    "etc/pam.d/sshd",
    "# auth optional pam_exec.so /no\nauth optional pam_exec.so quiet type=auth /usr/bin/env /x\nauth required pam_unix.so\n",
    ["/usr/bin/env /x"],
  ],
  ["etc/modprobe.d/a.conf", "blacklist b\ninstall usb /bin/x -a\nremove usb /bin/y\n", ["/bin/x -a", "/bin/y"]],
  [
    "etc/apt/apt.conf.d/9",
    'APT::Update::Pre-Invoke {"a";};\nDPkg::Post-Invoke { "b \\"c\\""; "d"; };\nDPkg::Pre-Install-Pkgs:: "e";\nAPT::Install "f";\n',
    ["a", 'b "c"', "d", "e"],
  ],
  ["etc/dpkg/dpkg.cfg.d/x", 'post-invoke="a b"\nlog /x\npre-invoke=c\n', ["a b", "c"]],
  ["usr/share/libalpm/hooks/x.hook", "[Trigger]\nTarget = *\n[Action]\nExec = /bin/a b\n", ["/bin/a b"]],
  ["etc/dnf/plugins/post-transaction-actions.d/x.action", "# no\n*:any:a b:c\n", ["a b:c"]],
  ["etc/dnf/libdnf5-plugins/actions.d/x.actions", "post_transaction:*:in::/bin/a b\n", ["/bin/a b"]],
  ["home/kim/.config/sway/config", "set $m x\nexec a b\nexec_always --no-startup-id c\nexecute d\n", ["a b", "c"]],
  ["home/kim/.config/hypr/hyprland.conf", "exec-once = a b\nexec= c\nbind = d\n", ["a b", "c"]],
  ["home/kim/.config/lxsession/LXDE/autostart", "@a b\n#c\nd\n", ["a b", "d"]],
  [
    "etc/systemd/system.conf.d/a.conf",
    "[Manager]\nDefaultEnvironment=A=b LD_PRELOAD=/x.so 'LD_AUDIT=/y.so'\n",
    ["LD_PRELOAD='/x.so' sh", "LD_PRELOAD='/y.so' sh"],
  ],
  ["etc/logrotate.d/x", "/var/log/x {\n  postrotate\n    a\n    b\n  endscript\n}\nb\n", ["    a\n    b"]],
  ["etc/network/interfaces", "iface e inet dhcp\n  post-up a b\n  address 1.2.3.4\n", ["a b"]],
  ["etc/inittab", "#x:2:respawn:no\nid:3:initdefault:\nx:23:respawn:/bin/a b\n", ["/bin/a b"]],
  ["etc/inetd.conf", "#x\ntelnet stream tcp nowait root /usr/sbin/tcpd in.telnetd -x\n", ["/usr/sbin/tcpd -x"]],
  ["etc/aliases", 'root: kim\nhelp: "|/bin/a b"\n', ["/bin/a b"]],
  ["home/kim/.forward", "|/bin/a\n", ["/bin/a"]],
  ["home/kim/.ssh/authorized_keys", 'command="a b",no-pty ssh-rsa AA\nssh-rsa BB x\n', ["a b"]],
  ["home/kim/.ssh/config", "Host *\n  ProxyCommand a %h\n  Port 22\n", ["a %h"]],
  [
    "home/kim/.gitconfig",
    '[core]\n pager = less\n[alias]\n st = status\n x = "!a \\"b\\""\n y = !c "d"\n',
    ["less", 'a "b"', 'c "d"'],
  ],
  ["etc/ld.so.preload", "# no\n/x.so /y.so\n", ["LD_PRELOAD='/x.so' sh", "LD_PRELOAD='/y.so' sh"]],
  ["etc/environment", "PATH=/bin\nLD_PRELOAD=/x.so\n", ["LD_PRELOAD='/x.so' sh"]],
  [
    "Windows/System32/GroupPolicy/Machine/Scripts/scripts.ini",
    "[Startup]\r\n0CmdLine=C:\\a b.exe\r\n0Parameters=/x\r\n1CmdLine=c.bat\r\n",
    ['"C:\\a b.exe" /x', "c.bat"],
  ],
  [
    "GroupPolicy/User/Scripts/psscripts.ini",
    "[Logon]\n0CmdLine=C:\\a.ps1\n0Parameters=\n",
    ["powershell.exe -File C:\\a.ps1"],
  ],
  ["autorun.inf", "[autorun]\r\nopen=a.exe /x\r\nicon=b\r\nshell\\v\\command=c\r\n", ["a.exe /x", "c"]],
  ["x.mof", 'instance of CommandLineEventConsumer {\n CommandLineTemplate = "a \\"C:\\\\b\\"";\n};\n', ['a "C:\\b"']],
  ["Panther/unattend.xml", "<CommandLine>cmd /c a &amp; b</CommandLine>", ["cmd /c a & b"]],
  ["x.SettingContent-ms", "<DeepLink>%windir%\\a.exe b</DeepLink>", ["%windir%\\a.exe b"]],
];

describe("hooks", () => {
  it.each(CASES)("are found in %s", (file, text, expected) => {
    expect(hook.sniff(Buffer.from(text), file)).toBeGreaterThan(0);
    expect(commands(file, text)).toEqual(expected);
  });

  it("are found in UTF-16, and nowhere else than where they act", () => {
    const [, text] = CASES.find(([file]) => file.endsWith("/scripts.ini"))!;
    expect(commands("Scripts/scripts.ini", Buffer.from(`\ufeff${text}`, "utf16le"))).toHaveLength(2);
    expect(hook.sniff(Buffer.from("RUN+=x"), "notes.rules")).toBe(0);
    expect(hook.sniff(Buffer.from("\0\0\0"), "autorun.inf")).toBe(0);
  });

  it("take linear time", () => {
    const hostile = ['="', "A=", "|", "Pre-Invoke{", '"\\', "0CmdLine=", "CommandLineTemplate=", " ", "\n", "x:x:"];
    for (const [file] of CASES)
      for (const piece of hostile) {
        const text = piece.repeat(Math.floor(500_000 / piece.length));
        expect(
          millis(() => commands(file, text), 2000),
          `${file} ${piece}`,
        ).toBeLessThan(2000);
      }
  });

  it("take linear time, whatever is repeated behind any word of them", () => {
    const runs = [" ", "\t", "\r", "\\", '"', "a ", ","];
    for (const [file, text] of CASES)
      for (const word of text.matchAll(/\w+\W*/g)) {
        const head = text.slice(0, word.index + word[0].length);
        for (const run of [...runs, word[0]]) {
          const hostile = head + run.repeat(Math.floor(60_000 / run.length));
          expect(
            millis(() => commands(file, hostile), 500),
            `${head} ${run}`,
          ).toBeLessThan(500);
        }
      }
  }, 60_000);
});
