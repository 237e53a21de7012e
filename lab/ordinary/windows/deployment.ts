import { randomGuid } from "../../random.ts";
import type { Proc } from "../../world/events.ts";
import { PRODUCTS, type Product } from "../../world/products.ts";
import { program, vendorFile } from "../../world/programs.ts";
import type { Session } from "../../world/session.ts";
import { type Activity, once, PEOPLE, WINDOWS } from "../activity.ts";

const SYSTEM32 = "C:\\Windows\\system32\\";

/** The steps that a setup program takes through registering binaries. */
const STEPS: readonly ((s: Session, by: Proc, p: Product) => void)[] = [
  (s, by, p) => {
    const dll = p.file(`${p.name.split(" ")[0]}Shell.dll`);
    const run = s.spawn(by, "regsvr32.exe", `"${SYSTEM32}regsvr32.exe" /s "${dll}"`, {
      ordinary: "a setup program registers its own shell extension",
    });
    s.load(run, vendorFile(dll, p.vendor, p.name));
  },
  (s, by, p) => {
    const exe = p.file(`${p.name.split(" ")[0]}Service.exe`);
    s.spawn(by, "InstallUtil.exe", `"${program("InstallUtil.exe").image}" /LogFile= "${exe}"`, {
      ordinary: "a setup program installs its own service",
    });
  },
  (s, by, p) => {
    const dll = p.file(`${p.name.split(" ")[0]}.Interop.dll`);
    const line = `"${program("RegAsm.exe").image}" "${dll}" /codebase /tlb /silent`;
    s.spawn(by, "RegAsm.exe", line, { ordinary: "a setup program registers its own .NET assembly" });
  },
  (s, by, p) => {
    const line = `${SYSTEM32}odbcconf.exe /S /A {INSTALLDRIVER "${p.name} ODBC|Driver=${p.file("odbc.dll")}|Setup=${p.file("odbc.dll")}|FileUsage=1"}`;
    s.spawn(by, "odbcconf.exe", line, { ordinary: "a setup program installs its ODBC driver" });
  },
  (s, by, p) => {
    const line = `rundll32.exe setupapi.dll,InstallHinfSection DefaultInstall 132 ${p.file("driver\\device.inf")}`;
    s.spawn(by, "rundll32.exe", line, { ordinary: "a setup program installs its driver" });
  },
  (s, by, p) => {
    s.spawn(by, "certutil.exe", `certutil.exe -addstore -f TrustedPublisher "${p.file("publisher.cer")}"`, {
      ordinary: "a setup program trusts its maker's certificate",
    });
  },
];

/** Deploys a package as a management agent does: cache, msiexec, the installer service, then its steps. */
export function deploy(s: Session, p: Product): void {
  const cache = `C:\\Windows\\ccmcache\\${s.random.hex(s.random.int(1, 2))}`;
  const agent = s.root("ccmexec");
  const msi = `${cache}\\${p.name.replaceAll(" ", "")}-${p.version}.msi`;
  s.file(agent, msi);
  const line = `"${SYSTEM32}msiexec.exe" /i "${msi}" ${s.random.pick(["/qn", "/quiet", "/qb"])} ${s.random.pick(["REBOOT=ReallySuppress", "/norestart", `/l*v C:\\Windows\\CCM\\Logs\\${p.name.split(" ")[0]}.log`])}`;
  s.spawn(agent, "msiexec.exe", line, { ordinary: "software deployment from the agent's cache" });
  const service = s.spawn(s.root("services"), "msiexec.exe", `${SYSTEM32}msiexec.exe /V`, {
    ordinary: "the installer service",
  });
  const worker = s.spawn(
    service,
    "msiexec.exe",
    `${SYSTEM32}MsiExec.exe -Embedding ${randomGuid(s.random).slice(1, -1).replaceAll("-", "")} E Global\\MSI0000`,
    { ordinary: "the installer's custom action server" },
  );
  s.file(service, p.file(`${p.name.split(" ")[0]}.exe`));
  for (const step of s.random.sample(STEPS, s.random.int(1, 3))) step(s, worker, p);
}

/** Installation, updates and maintenance of machines. */
export const deployment: readonly Activity[] = [
  { id: "deploy", roles: WINDOWS, perDay: 0.35, when: "any", run: (s) => deploy(s, s.random.pick(PRODUCTS)) },
  once("windows-update", WINDOWS, 2.5, "patch", (s) => ({
    parent: s.root("wuauserv"),
    program: "wuauclt.exe",
    line: `"${SYSTEM32}wuauclt.exe" /UpdateDeploymentProvider UpdateDeploymentProvider.dll /ClassId ${randomGuid(s.random).slice(1, -1).toLowerCase()} /RunHandlerComServer`,
    why: "Windows Update starts a handler of its own",
  })),
  once("windows-update-daily", WINDOWS, 0.5, "any", (s) => ({
    parent: s.root("wuauserv"),
    program: "wuauclt.exe",
    line: `"${SYSTEM32}wuauclt.exe" /UpdateDeploymentProvider UpdateDeploymentProvider.dll /ClassId ${randomGuid(s.random).slice(1, -1).toLowerCase()} /RunHandlerComServer`,
    why: "Windows Update starts a handler of its own",
  })),
  once("vpn-profile", PEOPLE, 0.06, "work", (s) => ({
    parent: s.root("ccmexec"),
    program: "cmstp.exe",
    line: `${SYSTEM32}cmstp.exe /s /ns "C:\\Program Files\\Larkspur\\Larkspur VPN\\profile\\office.inf"`,
    why: "deployment of the firm's VPN profile",
  })),
  once("repair", PEOPLE, 0.1, "work", (s) => ({
    program: "msiexec.exe",
    line: `"${SYSTEM32}msiexec.exe" /fou ${randomGuid(s.random)}`,
    why: "repair of an installed product",
  })),
  once("uninstall", WINDOWS, 0.12, "any", (s) => ({
    parent: s.root("ccmexec"),
    program: "msiexec.exe",
    line: `"${SYSTEM32}msiexec.exe" /x ${randomGuid(s.random)} /qn /norestart`,
    why: "an old version is removed",
  })),
  once("share-install", ["admin", "server"], 0.1, "work", (s) => ({
    program: "msiexec.exe",
    line: `"${SYSTEM32}msiexec.exe" /i \\\\files01\\software$\\${s.random.pick(PRODUCTS).name.replaceAll(" ", "")}\\setup.msi /qb`,
    why: "an administrator installs from the firm's software share",
    options: { integrity: "High" },
  })),
  once("virtual-application", ["office"], 0.15, "work", (s) => ({
    parent: s.spawn(s.root("services"), "AppVClient.exe", `${SYSTEM32}AppVClient.exe`),
    program: "mavinject.exe",
    line: `"${SYSTEM32}mavinject.exe" ${s.random.int(3000, 9000)} /INJECTRUNNING "C:\\Program Files\\Microsoft Application Virtualization\\Client\\subsystems\\AppVEntSubsystems64.dll"`,
    why: "application virtualisation enters a program of its own",
  })),
  once("telemetry", WINDOWS, 0.4, "night", (s) => ({
    parent: s.spawn(s.root("schedule"), "CompatTelRunner.exe", `${SYSTEM32}compattelrunner.exe`),
    program: "rundll32.exe",
    line: `${SYSTEM32}rundll32.exe ${SYSTEM32}GeneralTel.dll,RunInUserCxt ${s.random.hex(12)} 0x0 0x1`,
    why: "compatibility telemetry",
  })),
  once("defender", WINDOWS, 0.5, "any", (s) => ({
    parent: s.root("svchost"),
    program: "MpCmdRun.exe",
    line: `"${program("MpCmdRun.exe").image}" ${s.random.pick(["SignatureUpdate -ScheduleJob -RestrictPrivileges", "Scan -ScheduleJob -RestrictPrivileges -DailyScan", "-IdleTask -TaskName WdCacheMaintenance"])}`,
    why: "scheduled work of the virus scanner",
  })),
  once("browser-update", PEOPLE, 0.5, "any", (s) => ({
    parent: s.root("schedule"),
    program: "GoogleUpdate.exe",
    line: `"${program("GoogleUpdate.exe").image}" /ua /installsource scheduler`,
    why: "scheduled update of a browser",
  })),
];
