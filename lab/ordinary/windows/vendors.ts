import { word } from "../../world/names.ts";
import { PRODUCTS } from "../../world/products.ts";
import { program, vendorFile } from "../../world/programs.ts";
import { type Activity, once, PEOPLE } from "../activity.ts";

const SYSTEM32 = "C:\\Windows\\system32\\";
const SCAN = "C:\\Program Files\\Marlow\\Marlow Scan";

/** Software and habits that look like proxying and are not: the hard part of ordinary use. */
export const vendors: readonly Activity[] = [
  once("vendor-applet", ["office", "developer"], 0.2, "work", (s) => {
    const cpl = `${SCAN}\\MarlowPanel.cpl`;
    const control = s.spawn(s.root("explorer"), "control.exe", `"${SYSTEM32}control.exe" "${cpl}"`, {
      ordinary: "the applet of an installed program",
    });
    return {
      parent: control,
      program: "rundll32.exe",
      line: `"${SYSTEM32}rundll32.exe" Shell32.dll,Control_RunDLL "${cpl}"`,
      why: "second step of opening the applet of an installed program",
    };
  }),
  {
    id: "vendor-tray",
    roles: PEOPLE,
    perDay: 0.6,
    when: "work",
    run(s) {
      const dll = `${SCAN}\\mrwtray.dll`;
      const tray = s.spawn(
        s.root("explorer"),
        "rundll32.exe",
        `"${SYSTEM32}rundll32.exe" "${dll}",TrayStart /background`,
        { ordinary: "an installed program runs its tray icon from a library" },
      );
      s.load(tray, vendorFile(dll, "Marlow Imaging SA", "Marlow Scan"));
    },
  },
  {
    id: "user-updater",
    roles: ["office", "developer"],
    perDay: 0.35,
    when: "work",
    run(s) {
      const folder = `${s.home}\\AppData\\Local\\tessera`;
      const update = vendorFile(`${folder}\\Update.exe`, "Tessera Systems Inc", "Tessera CRM");
      const run = s.spawn(s.root("explorer"), update, `"${folder}\\Update.exe" --processStart "Tessera.exe"`, {
        ordinary: "a program installed for one user starts itself through its updater",
      });
      s.spawn(
        run,
        vendorFile(`${folder}\\app-4.2.0\\Tessera.exe`, "Tessera Systems Inc", "Tessera CRM"),
        `"${folder}\\app-4.2.0\\Tessera.exe"`,
      );
    },
  },
  once("intranet-application", ["office"], 0.15, "work", (s) => ({
    program: "mshta.exe",
    line: `"${SYSTEM32}mshta.exe" https://intranet.lindenhof.example/forms/${word(s.random)}.hta`,
    why: "a form of the firm's intranet",
    options: { probably: "a form of the firm's intranet", lasts: s.random.int(20_000, 300_000) },
  })),
  {
    id: "own-download",
    roles: PEOPLE,
    perDay: 0.12,
    when: "work",
    run(s) {
      const browser = s.spawn(
        s.root("explorer"),
        "chrome.exe",
        `"${program("chrome.exe").image}" --single-argument https://downloads.example.com/`,
      );
      const msi = `${s.home}\\Downloads\\${word(s.random)}-${s.random.int(1, 9)}.${s.random.int(0, 20)}-x64.msi`;
      s.file(browser, msi);
      s.mark(browser, msi, `https://downloads.example.com/${word(s.random)}.msi`);
      s.wait(4000, 60_000);
      s.spawn(s.root("explorer"), "msiexec.exe", `"C:\\Windows\\System32\\msiexec.exe" /i "${msi}"`, {
        probably: "somebody installs a program that they have fetched themselves",
      });
    },
  },
  once("patch", PEOPLE, 0.15, "any", (s) => ({
    parent: s.root("ccmexec"),
    program: "msiexec.exe",
    line: `"${SYSTEM32}msiexec.exe" /p "C:\\Windows\\ccmcache\\${s.random.hex(2)}\\${s.random.pick(PRODUCTS).name.replaceAll(" ", "")}.msp" /qn REINSTALLMODE=ecmus REINSTALL=ALL`,
    why: "deployment of a patch from the agent's cache",
  })),
  once("vendor-driver", ["office"], 0.08, "work", () => ({
    program: "rundll32.exe",
    line: `rundll32.exe advpack.dll,LaunchINFSection "${SCAN}\\driver\\scan.inf",DefaultInstall`,
    why: "an installed program sets up its driver",
    options: { integrity: "High" },
  })),
  once("repair-class", ["admin"], 0.25, "work", (s) => ({
    parent: s.spawn(s.root("explorer"), "cmd.exe", `"${SYSTEM32}cmd.exe"`, { integrity: "High" }),
    program: "regsvr32.exe",
    line: `regsvr32  ${s.random.pick(["/s ", "/u /s ", ""])}${s.random.pick(["C:\\Windows\\System32\\msxml6.dll", "vbscript.dll", "C:\\Windows\\System32\\oleaut32.dll", "wuapi.dll"])}`,
    why: "an administrator registers a library of Windows anew",
  })),
  once("small-errand", PEOPLE, 0.4, "work", (s) => ({
    program: "rundll32.exe",
    line: s.random.pick([
      "rundll32.exe user32.dll,LockWorkStation",
      "rundll32.exe powrprof.dll,SetSuspendState 0,1,0",
      `"${SYSTEM32}rundll32.exe" dsquery.dll,OpenQueryWindow`,
      `"${SYSTEM32}rundll32.exe" shell32.dll,Options_RunDLL 0`,
      `"${SYSTEM32}rundll32.exe" InetCpl.cpl,ClearMyTracksByProcess 264`,
      `"${SYSTEM32}rundll32.exe" shwebsvc.dll,AddNetPlaceRunDll`,
      `${SYSTEM32}RunDll32.exe ${SYSTEM32}hotplug.dll,HotPlugSafeRemovalDriveNotification`,
    ]),
    why: "an errand that a library of Windows offers",
  })),
  once("web-view", ["office", "admin"], 0.6, "work", (s) => ({
    program: "msedgewebview2.exe",
    line: `"${program("msedgewebview2.exe").image}" --embedded-browser-webview=1 --webview-exe-name=ms-teams.exe --user-data-dir="${s.home}\\AppData\\Local\\Packages\\MSTeams_8wekyb3d8bbwe\\LocalCache\\EBWebView" --noerrdialogs --disable-features=msSmartScreenProtection --enable-features=msWebView2BrowserHitTransparent`,
    why: "a program shows a page in its own window",
  })),
];
