import { domain, fileName, word } from "../../world/names.ts";
import { vendorFile } from "../../world/programs.ts";
import type { Session } from "../../world/session.ts";
import { type Activity, once, PEOPLE } from "../activity.ts";

const OFFICE = "C:\\Program Files\\Microsoft Office\\root\\Office16\\";
const PRINTERS = ["PRN-2-WEST", "PRN-3-EAST", "PRN-MAIL", "PLOT-1"];

const updater = (s: Session) =>
  vendorFile(`${s.home}\\AppData\\Local\\Microsoft\\Teams\\Update.exe`, "Microsoft Corporation", "Teams");

/** Documents, mail and printers. */
export const office: readonly Activity[] = [
  {
    id: "document",
    roles: PEOPLE,
    perDay: 2,
    when: "work",
    run(s) {
      const [file, extension] = s.random.pick([
        ["WINWORD.EXE", "docx"],
        ["EXCEL.EXE", "xlsx"],
        ["Acrobat.exe", "pdf"],
      ] as const);
      const path = `${s.home}\\Documents\\${fileName(s.random)}.${extension}`;
      const app = s.spawn(
        s.root("explorer"),
        file,
        extension === "pdf"
          ? `"C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe" "${path}"`
          : `"${OFFICE}${file}" /n "${path}" /o ""`,
      );
      s.file(app, `${s.home}\\Documents\\~$${fileName(s.random)}.${extension}`);
      if (s.random.chance(0.3)) s.spawn(app, "splwow64.exe", "C:\\Windows\\splwow64.exe 8192");
    },
  },
  {
    id: "mail",
    roles: PEOPLE,
    perDay: 1,
    when: "work",
    run(s) {
      const outlook = s.spawn(s.root("explorer"), "OUTLOOK.EXE", `"${OFFICE}OUTLOOK.EXE"`);
      s.connect(outlook, "mail.lindenhof.example", "10.20.0.25", 443);
      const attachment = `${s.home}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\${s.random.hex(8).toUpperCase()}\\${fileName(s.random)}.docx`;
      s.file(outlook, attachment);
      s.spawn(outlook, "WINWORD.EXE", `"${OFFICE}WINWORD.EXE" /n "${attachment}" /o ""`);
    },
  },
  {
    id: "download",
    roles: PEOPLE,
    perDay: 0.7,
    when: "work",
    run(s) {
      const browser = s.spawn(
        s.root("explorer"),
        "chrome.exe",
        `"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe" --single-argument https://${domain(s.random)}/`,
      );
      const path = `${s.home}\\Downloads\\${fileName(s.random)}.${s.random.pick(["pdf", "zip", "xlsx", "pptx"])}`;
      s.file(browser, path);
      s.mark(browser, path, `https://${domain(s.random)}/${word(s.random)}`);
    },
  },
  once("add-printer", PEOPLE, 0.35, "work", (s) => ({
    program: "rundll32.exe",
    line: `rundll32.exe printui.dll,PrintUIEntry /${s.random.pick(["in", "ga", "y", "p", "o"])} /n \\\\print01\\${s.random.pick(PRINTERS)}`,
    why: "a printer of the print server is connected or shown",
  })),
  once("logon-printers", ["office", "kiosk"], 0.4, "work", (s) => {
    const script = s.spawn(
      s.root("explorer"),
      "cmd.exe",
      `C:\\Windows\\system32\\cmd.exe /c "\\\\lindenhof.example\\netlogon\\printers.cmd"`,
    );
    return {
      parent: script,
      program: "rundll32.exe",
      line: `rundll32  printui.dll,PrintUIEntry /in /q /n "\\\\print01.lindenhof.example\\${s.random.pick(PRINTERS)}"`,
      why: "the logon script connects a printer",
    };
  }),
  once("meeting-add-in", ["office", "admin"], 0.25, "work", (s) => ({
    parent: s.spawn(s.root("explorer"), updater(s), `"${updater(s).image}" --processStart "Teams.exe"`),
    program: "regsvr32.exe",
    line: `"C:\\Windows\\System32\\regsvr32.exe" /s /n /i:user "${s.home}\\AppData\\Local\\Microsoft\\TeamsMeetingAddin\\1.0.${s.random.int(23000, 24999)}.1\\x64\\Microsoft.Teams.AddinLoader.dll"`,
    why: "a collaboration program registers its add-in for the user",
  })),
  once("sync-client", PEOPLE, 0.2, "work", (s) => {
    const client = s.spawn(
      s.root("explorer"),
      "OneDrive.exe",
      `"C:\\Program Files\\Microsoft OneDrive\\OneDrive.exe" /background`,
    );
    return {
      parent: client,
      program: "regsvr32.exe",
      line: `"C:\\Windows\\System32\\regsvr32.exe" /s "${s.home}\\AppData\\Local\\Microsoft\\OneDrive\\24.030.0211.0002\\FileSyncShell64.dll"`,
      why: "the file-sync client registers its shell extension",
    };
  }),
  once("vendor-configuration", ["office"], 0.2, "work", () => ({
    program: "mshta.exe",
    line: `"C:\\Windows\\System32\\mshta.exe" "C:\\Program Files\\Marlow\\Marlow Scan\\setup\\wizard.hta"`,
    why: "an installed program shows its own HTA",
  })),
];
