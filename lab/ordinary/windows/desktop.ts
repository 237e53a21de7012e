import { randomGuid } from "../../random.ts";
import { fileName, word } from "../../world/names.ts";
import { type Activity, once, PEOPLE, WINDOWS } from "../activity.ts";

const PANELS = [
  "DevicesAndPrinters",
  "Sound",
  "DefaultPrograms",
  "NetworkAndSharingCenter",
  "UserAccounts",
  "DateAndTime",
  "Mouse",
  "PowerOptions",
  "System",
  "ProgramsAndFeatures",
];
const APPLETS = [
  "desk.cpl",
  "mmsys.cpl",
  "timedate.cpl",
  "main.cpl @1",
  "intl.cpl",
  "sysdm.cpl",
  "inetcpl.cpl",
  "ncpa.cpl",
  "powercfg.cpl",
];
/** Class ids of shell extensions that come with Windows. */
const SHELL_CLASSES = [
  "{0B2C9183-C9FA-4C53-AE21-C900B0C39965}",
  "{1EF75F33-893B-4E8F-9655-C3D602BA4897}",
  "{D6791A63-E7E2-4FEE-BF52-5DED8E86E9B8}",
  "{474C98EE-CF3D-41F5-80E3-4AAB0AB04301}",
];
const LOCAL_SERVERS = [
  "{c82192ee-6cb5-4bc0-9ef0-fb818773790a}",
  "{995C996E-D918-4a8c-A302-45719A6F4EA7}",
  "{9aa46009-3ce0-458a-a354-715610a075e6}",
];

const SYSTEM32 = "C:\\Windows\\system32\\";

/** What people and their desktop do through binaries that can also proxy. */
export const desktop: readonly Activity[] = [
  once("panel-by-name", PEOPLE, 0.5, "work", (s) => ({
    program: "control.exe",
    line: `"${SYSTEM32}control.exe" /name Microsoft.${s.random.pick(PANELS)}`,
    why: "a page of the control panel opened by its canonical name",
  })),
  once("panel-applet", PEOPLE, 0.5, "work", (s) => {
    const applet = s.random.pick(APPLETS);
    const control = s.spawn(s.root("explorer"), "control.exe", `"${SYSTEM32}control.exe" ${applet}`, {
      ordinary: "an applet of Windows opened by name",
    });
    return {
      parent: control,
      program: "rundll32.exe",
      line: `"${SYSTEM32}rundll32.exe" Shell32.dll,Control_RunDLL ${applet}`,
      why: "second step of opening an applet of Windows",
    };
  }),
  once("open-with", PEOPLE, 0.6, "work", (s) => ({
    program: "rundll32.exe",
    line: `"${SYSTEM32}rundll32.exe" ${SYSTEM32}shell32.dll,OpenAs_RunDLL ${s.home}\\Downloads\\${fileName(s.random)}.${s.random.pick(["log", "dat", "xyz", "eps"])}`,
    why: "the Open With dialog",
  })),
  once("picture", PEOPLE, 0.6, "work", (s) => ({
    program: "rundll32.exe",
    line: `"${SYSTEM32}rundll32.exe" "C:\\Program Files\\Windows Photo Viewer\\PhotoViewer.dll", ImageView_Fullscreen ${s.home}\\Pictures\\${fileName(s.random)}.${s.random.pick(["jpg", "png"])}`,
    why: "a picture opened in the photo viewer",
  })),
  once("local-server", PEOPLE, 1.2, "work", (s) => ({
    parent: s.root("dcom"),
    program: "rundll32.exe",
    line: `${SYSTEM32}rundll32.exe shell32.dll,SHCreateLocalServerRunDll ${s.random.pick(LOCAL_SERVERS)} -Embedding`,
    why: "COM starts a local server of the shell",
    options: { user: s.user, integrity: "Medium" },
  })),
  once("class-check", PEOPLE, 1.4, "work", (s) => ({
    program: "verclsid.exe",
    line: `"${SYSTEM32}verclsid.exe" /S /C ${s.random.pick(SHELL_CLASSES)} /I {000214E6-0000-0000-C000-000000000046} /X 0x401`,
    why: "Explorer checks a shell extension before loading it",
  })),
  once("storage-sense", WINDOWS, 0.3, "any", (s) => ({
    parent: s.root("schedule"),
    program: "rundll32.exe",
    line: `${SYSTEM32}rundll32.exe Windows.Storage.ApplicationData.dll,CleanupTemporaryState`,
    why: "a scheduled task of Windows clears temporary state",
  })),
  once("startup-scan", WINDOWS, 0.3, "any", (s) => ({
    parent: s.root("schedule"),
    program: "rundll32.exe",
    line: `${SYSTEM32}rundll32.exe ${s.random.pick(["Startupscan.dll,SusRunTask", "dfdts.dll,DfdGetDefaultPolicyAndSMART", 'pla.dll,PlaHost "Server Manager Performance Monitor"', "generaltel.dll,aa_GetAppInventory"])}`,
    why: "a scheduled task of Windows",
  })),
  once("web-folder", PEOPLE, 0.3, "work", (s) => ({
    parent: s.root("svchost"),
    program: "rundll32.exe",
    line: `rundll32.exe ${SYSTEM32}davclnt.dll,DavSetCookie files.lindenhof.example http://files.lindenhof.example/${word(s.random)}`,
    why: "the firm's own web folder is opened",
    options: { user: s.user, integrity: "Medium" },
  })),
  once("device", PEOPLE, 0.2, "work", (s) => ({
    parent: s.root("svchost"),
    program: "rundll32.exe",
    line: `rundll32.exe ${SYSTEM32}newdev.dll,pDiDeviceInstallNotification \\\\.\\pipe\\PNP_Device_Install_Pipe_1.${randomGuid(s.random).toLowerCase()} "(null)"`,
    why: "plug and play tells of a new device",
    options: { user: s.user, integrity: "Medium" },
  })),
  once("environment", ["developer", "admin"], 0.3, "work", () => ({
    program: "rundll32.exe",
    line: `rundll32.exe sysdm.cpl,EditEnvironmentVariables`,
    why: "somebody edits environment variables",
  })),
  once("credentials", ["admin", "office"], 0.1, "work", () => ({
    program: "rundll32.exe",
    line: "rundll32.exe keymgr.dll,KRShowKeyMgr",
    why: "the dialog of stored passwords",
  })),
  once("help-file", PEOPLE, 0.4, "work", (s) => ({
    program: "hh.exe",
    line: `"C:\\Windows\\hh.exe" ${s.random.pick(["C:\\Program Files\\7-Zip\\7-zip.chm", '"C:\\Program Files\\Quillon\\Quillon Reader\\help\\reader.chm"', "C:\\Windows\\Help\\mui\\0409\\certmgr.CHM"])}`,
    why: "help of an installed program",
  })),
  once("compatibility", ["office"], 0.1, "work", (s) => ({
    program: "pcalua.exe",
    line: `"${SYSTEM32}pcalua.exe" -a "C:\\Program Files\\Marlow\\Marlow Scan\\${word(s.random)}.exe"`,
    why: "the compatibility assistant starts an installed program",
  })),
  once("com-surrogate", WINDOWS, 1.5, "any", (s) => ({
    parent: s.root("dcom"),
    program: "dllhost.exe",
    line: `${SYSTEM32}DllHost.exe /Processid:${s.random.pick(["{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}", "{973D20D7-562D-44B9-B70B-5A0F49CCDF3F}", "{3EB3C877-1F16-487C-9050-104DBCD66683}"])}`,
    why: "COM starts a surrogate of Windows",
  })),
];
