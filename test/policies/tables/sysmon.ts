import { connect, exec, install, load, open, script, type Table, write } from "./table.ts";

const config = (...filters: readonly string[]) => ({
  file: "sysmon.xml",
  text: `<Sysmon schemaversion="4.90">\n<HashAlgorithms>SHA256</HashAlgorithms>\n<EventFiltering>\n${filters.join("\n")}\n</EventFiltering>\n</Sysmon>\n`,
});
const field = (name: string, condition: string, value: string) =>
  `<${name} condition="${condition}">${value}</${name}>`;
const filter = (event: string, onmatch: string, ...body: readonly string[]) =>
  `<RuleGroup name="" groupRelation="or"><${event} onmatch="${onmatch}">${body.join("")}</${event}></RuleGroup>`;
const rule = (relation: string, ...body: readonly string[]) =>
  `<Rule groupRelation="${relation}">${body.join("")}</Rule>`;

const RUNDLL32 = "C:\\Windows\\System32\\rundll32.exe";
const WORD = "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE";
const image = (condition: string, value: string) => field("Image", condition, value);

export const sysmon: Table = {
  target: "sysmon",
  sources: {
    sysmon: "https://learn.microsoft.com/sysinternals/downloads/sysmon",
    source: "https://github.com/Sysinternals/SysmonCommon/blob/main/rules.c",
    rules: "https://techcommunity.microsoft.com/blog/sysinternals-blog/sysmon---the-rules-about-rules/733649",
    rule: "https://techcommunity.microsoft.com/t5/sysinternals-blog/sysmon-10-4-rule-enhancements/ba-p/840631",
  },
  policies: {
    is: config(filter("ProcessCreate", "include", image("is", RUNDLL32))),
    plain: config(filter("ProcessCreate", "include", `<Image>${RUNDLL32}</Image>`)),
    end: config(filter("ProcessCreate", "include", image("end with", "\\rundll32.exe"))),
    begin: config(filter("ProcessCreate", "include", image("begin with", "C:\\Users\\"))),
    contains: config(filter("ProcessCreate", "include", image("contains", "\\Temp\\"))),
    any: config(filter("ProcessCreate", "include", field("OriginalFileName", "is any", "MSHTA.EXE;RUNDLL32.EXE"))),
    anyPart: config(filter("ProcessCreate", "include", image("contains any", "\\Temp\\;\\Downloads\\"))),
    image: config(filter("ProcessCreate", "include", image("image", "rundll32.exe"))),
    original: config(filter("ProcessCreate", "include", field("OriginalFileName", "is", "RUNDLL32.EXE"))),
    parent: config(filter("ProcessCreate", "include", field("ParentImage", "end with", "\\WINWORD.EXE"))),
    and: config(
      filter(
        "ProcessCreate",
        "include",
        rule("and", field("ParentImage", "image", "winword.exe"), image("end with", "cmd.exe")),
      ),
    ),
    or: config(
      filter(
        "ProcessCreate",
        "include",
        rule("or", field("ParentImage", "image", "winword.exe"), image("end with", "cmd.exe")),
      ),
    ),
    group: config(
      `<RuleGroup groupRelation="and"><ProcessCreate onmatch="include">${field("ParentImage", "image", "winword.exe")}${image("end with", "cmd.exe")}</ProcessCreate></RuleGroup>`,
    ),
    exclude: config(filter("ProcessCreate", "exclude", image("is", RUNDLL32))),
    both: config(
      filter("ProcessCreate", "include", image("begin with", "C:\\Windows\\")),
      filter("ProcessCreate", "exclude", image("is", RUNDLL32)),
    ),
    line: config(filter("ProcessCreate", "include", field("CommandLine", "contains", "javascript:"))),
    loads: config(filter("ImageLoad", "include", image("end with", "\\rundll32.exe"))),
    loaded: config(filter("ImageLoad", "include", field("ImageLoaded", "end with", "\\scrobj.dll"))),
    network: config(filter("NetworkConnect", "include", image("image", "rundll32.exe"))),
    files: config(filter("FileCreate", "include", field("TargetFilename", "end with", ".hta"))),
    empty: config(filter("ProcessCreate", "include")),
    all: config(filter("ProcessCreate", "exclude")),
    direct: config(`<ProcessCreate onmatch="include">${image("is", RUNDLL32)}</ProcessCreate>`),
    sameField: config(
      `<ProcessCreate onmatch="include">${image("image", "cmd.exe")}${image("is", RUNDLL32)}</ProcessCreate>`,
    ),
    twoFields: config(
      `<ProcessCreate onmatch="include">${field("ParentImage", "image", "winword.exe")}${image("end with", "cmd.exe")}</ProcessCreate>`,
    ),
    unsaid: config(
      `<RuleGroup><ProcessCreate onmatch="include">${field("ParentImage", "image", "winword.exe")}${image("end with", "cmd.exe")}</ProcessCreate></RuleGroup>`,
    ),
    unsaidRule: config(
      filter(
        "ProcessCreate",
        "include",
        `<Rule>${field("ParentImage", "image", "winword.exe")}${image("end with", "cmd.exe")}</Rule>`,
      ),
    ),
    unknown: config(filter("ProcessForked", "include", image("is", RUNDLL32))),
    not: config(filter("ProcessCreate", "include", image("less than", RUNDLL32))),
  },
  cases: [
    ["a path is logged", "sysmon", "is", exec(RUNDLL32), "audit"],
    ["others are not", "sysmon", "is", exec("C:\\Windows\\System32\\cmd.exe"), "none"],
    ["without regard to case", "sysmon", "is", exec(RUNDLL32.toUpperCase()), "audit"],
    ["no condition is “is”", "sysmon", "plain", exec(RUNDLL32), "audit"],
    ["an end", "sysmon", "end", exec("C:\\Users\\a\\rundll32.exe"), "audit"],
    ["and not the middle", "sysmon", "end", exec("C:\\rundll32.exe\\a.exe"), "none"],
    ["a beginning", "sysmon", "begin", exec("C:\\Users\\a\\x.exe"), "audit"],
    ["and not the end", "sysmon", "begin", exec("D:\\C\\Users\\x.exe"), "none"],
    ["a part", "sysmon", "contains", exec("C:\\Windows\\Temp\\x.exe"), "audit"],
    ["one of several values", "sysmon", "any", exec("C:\\x.exe", { original: "RUNDLL32.EXE" }), "audit"],
    ["none of them", "sysmon", "any", exec("C:\\x.exe", { original: "x.exe" }), "none"],
    ["a part out of several", "sysmon", "anyPart", exec("C:\\Users\\a\\Downloads\\x.exe"), "audit"],
    ["a file name without its folder", "sysmon", "image", exec(RUNDLL32), "audit"],
    ["and no longer name", "sysmon", "image", exec("C:\\xrundll32.exe"), "none"],
    [
      "the original name follows a copy",
      "sysmon",
      "original",
      exec("C:\\a.exe", { original: "RUNDLL32.EXE" }),
      "audit",
    ],
    ["if it is logged", "sysmon", "original", exec("C:\\Users\\a\\a.exe"), "undecided"],
    ["the parent", "sysmon", "parent", exec("C:\\x.exe", { parent: WORD }), "audit"],
    ["another parent", "sysmon", "parent", exec("C:\\x.exe"), "none"],
    ["both conditions of a rule", "rules", "and", exec("C:\\Windows\\System32\\cmd.exe", { parent: WORD }), "audit"],
    ["one of them is not enough", "rules", "and", exec("C:\\Windows\\System32\\cmd.exe"), "none"],
    ["either of them", "rules", "or", exec("C:\\Windows\\System32\\cmd.exe"), "audit"],
    ["a group that joins by “and”", "rules", "group", exec("C:\\x.exe", { parent: WORD }), "none"],
    ["and all of its conditions", "rules", "group", exec("C:\\Windows\\cmd.exe", { parent: WORD }), "audit"],
    ["what is excluded is not logged", "rules", "exclude", exec(RUNDLL32), "allow"],
    ["all else is", "rules", "exclude", exec("C:\\x.exe"), "audit"],
    ["exclusion stands above inclusion", "rules", "both", exec(RUNDLL32), "allow"],
    ["what is included beside it", "rules", "both", exec("C:\\Windows\\x.exe"), "audit"],
    ["what neither names", "rules", "both", exec("D:\\x.exe"), "none"],
    ["arguments are not asked here", "sysmon", "line", exec(RUNDLL32), "undecided"],
    ["loads by a program", "sysmon", "loads", load(RUNDLL32, "C:\\a.dll"), "audit"],
    ["loads by another", "sysmon", "loads", load("C:\\x.exe", "C:\\a.dll"), "none"],
    ["a library", "sysmon", "loaded", load("C:\\x.exe", "C:\\Windows\\System32\\scrobj.dll"), "audit"],
    ["connections of a program", "sysmon", "network", connect(RUNDLL32, "203.0.113.1"), "audit"],
    ["connections of another", "sysmon", "network", connect("C:\\x.exe", "203.0.113.1"), "none"],
    ["files of a type", "sysmon", "files", write("C:\\x.exe", "C:\\Users\\a\\b.hta"), "audit"],
    ["files of another", "sysmon", "files", write("C:\\x.exe", "C:\\Users\\a\\b.txt"), "none"],
    ["an inclusion without rules logs nothing", "rules", "empty", exec(RUNDLL32), "none"],
    ["an exclusion without rules logs all", "rules", "all", exec(RUNDLL32), "audit"],
    ["a filter without a group", "rules", "direct", exec(RUNDLL32), "audit"],
    ["of one field either is enough", "sysmon", "sameField", exec(RUNDLL32), "audit"],
    ["of two fields both are", "sysmon", "twoFields", exec("C:\\Windows\\cmd.exe", { parent: WORD }), "audit"],
    ["and neither is nothing", "sysmon", "twoFields", exec("C:\\x.exe"), "none"],
    ["one alone is not enough", "source", "twoFields", exec("C:\\Windows\\cmd.exe"), "none"],
    ["a group that does not say joins by “and”", "rule", "unsaid", exec("C:\\Windows\\cmd.exe"), "none"],
    ["a rule that does not, too", "rule", "unsaidRule", exec("C:\\Windows\\cmd.exe"), "none"],
    ["and is met by all", "rule", "unsaidRule", exec("C:\\Windows\\cmd.exe", { parent: WORD }), "audit"],
    ["an event that is not known", "sysmon", "unknown", exec(RUNDLL32), "none"],
    ["a condition that the model does not have", "sysmon", "not", exec("C:\\x.exe"), "undecided"],
    ["kinds without a filter", "sysmon", "is", load(RUNDLL32, "C:\\a.dll"), "none"],
    ["scripts have no event here", "sysmon", "all", script(RUNDLL32, "C:\\a.js"), "none"],
    ["packages neither", "sysmon", "all", install("C:\\a.msi"), "none"],
    ["documents neither", "sysmon", "all", open("C:\\a.hta"), "none"],
  ],
};
