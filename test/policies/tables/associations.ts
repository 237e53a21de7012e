import { exec, open, script, type Table } from "./table.ts";

const DOCS =
  "https://learn.microsoft.com/windows-hardware/manufacture/desktop/export-or-import-default-application-associations";

const file = (...associations: readonly string[]) => ({
  file: "d.xml",
  text: `<?xml version="1.0" encoding="UTF-8"?>\n<DefaultAssociations>${associations.join("")}</DefaultAssociations>`,
});
const to = (identifier: string, program: string, more = "") =>
  `<Association Identifier="${identifier}" ProgId="${program}" ApplicationName="x"${more} />`;

const TYPES = [".hta", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".chm", ".sct"];

export const associations: Table = {
  target: "associations",
  sources: {
    docs: DOCS,
    csp: "https://learn.microsoft.com/windows/client-management/mdm/policy-csp-applicationdefaults",
  },
  policies: {
    text: file(...TYPES.map((type) => to(type, "txtfile"))),
    notepad: file(to(".hta", "Applications\\notepad.exe"), to(".js", "JSFile"), to(".vbs", "VBSFile")),
    protocols: file(to("http", "MSEdgeHTM"), to("mailto", "Outlook.URL.mailto.15"), to(".html", "MSEdgeHTM")),
    versioned: file(to(".hta", "txtfile", ' ApplyOnUpgrade="true" OverwriteIfProgIdIs="htafile"')),
    upper: file(to(".HTA", "TXTFILE")),
    other: file(
      to(".hta", "txtfile"),
      `<Association Identifier=".js" ProgId="txtfile" ApplicationName="x" Mood="good" />`,
    ),
    element: file(to(".hta", "txtfile"), "<Assumption />"),
    empty: file(),
  },
  cases: [
    ...TYPES.map(
      (type) =>
        [`an opened ${type} is shown`, "docs", "text", open(`C:\\Users\\a\\Downloads\\x${type}`), "block"] as const,
    ),
    ["a type that is not named", "docs", "text", open("C:\\x.docx"), "none"],
    ["the last extension counts", "docs", "text", open("C:\\x.hta.docx"), "none"],
    ["the last extension counts, the other way", "docs", "text", open("C:\\x.docx.hta"), "block"],
    ["types are compared without case", "docs", "text", open("C:\\X.HTA"), "block"],
    ["a file on a share", "docs", "text", open("\\\\s\\x\\a.vbs"), "block"],
    ["who names the program is not affected", "docs", "text", exec("C:\\Windows\\System32\\mshta.exe"), "none"],
    [
      "a script that its host is given is not opened",
      "docs",
      "text",
      script("C:\\Windows\\System32\\wscript.exe", "C:\\a.vbs"),
      "none",
    ],
    ["the editor by its file", "docs", "notepad", open("C:\\x.hta"), "block"],
    ["a type that its host still runs", "docs", "notepad", open("C:\\x.js"), "allow"],
    ["and another", "docs", "notepad", open("C:\\x.vbs"), "allow"],
    ["what none names, in such a file", "docs", "notepad", open("C:\\x.wsf"), "none"],
    ["protocols are no types", "docs", "protocols", open("C:\\x.http"), "none"],
    ["a browser shows pages and runs them", "docs", "protocols", open("C:\\x.html"), "allow"],
    ["attributes of later versions", "csp", "versioned", open("C:\\x.hta"), "block"],
    ["attributes of later versions, another type", "csp", "versioned", open("C:\\x.js"), "none"],
    ["names in capitals", "docs", "upper", open("C:\\x.hta"), "block"],
    ["an attribute that is not known leaves others open", "docs", "other", open("C:\\x.wsf"), "undecided"],
    ["but not what is denied", "docs", "other", open("C:\\x.hta"), "block"],
    ["an element that is not known", "docs", "element", open("C:\\x.js"), "undecided"],
    ["and what is denied beside it", "docs", "element", open("C:\\x.hta"), "block"],
    ["no association at all", "docs", "empty", open("C:\\x.hta"), "none"],
    ["starting a program is never opening", "csp", "versioned", exec("C:\\x.hta"), "none"],
  ],
};
