import { connect, exec, load, type More, write } from "./table.ts";

const versioned = (version: string, ...filters: readonly string[]) => ({
  file: "sysmon.xml",
  text: `<Sysmon schemaversion="${version}"><EventFiltering>${filters.join("")}</EventFiltering></Sysmon>`,
});
const config = (...filters: readonly string[]) => versioned("4.90", ...filters);
const field = (name: string, condition: string, value: string) =>
  `<${name} condition="${condition}">${value}</${name}>`;
const image = (condition: string, value: string) => field("Image", condition, value);
const parent = (condition: string, value: string) => field("ParentImage", condition, value);
const filter = (event: string, onmatch: string, ...body: readonly string[]) =>
  `<${event} onmatch="${onmatch}">${body.join("")}</${event}>`;
const group = (relation: string, ...body: readonly string[]) =>
  `<RuleGroup name="g" groupRelation="${relation}">${body.join("")}</RuleGroup>`;
const rule = (relation: string, ...body: readonly string[]) =>
  `<Rule name="r" groupRelation="${relation}">${body.join("")}</Rule>`;
const start = (...body: readonly string[]) => config(group("or", filter("ProcessCreate", "include", ...body)));

const CMD = "C:\\Windows\\System32\\cmd.exe";
const WORD = "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE";
const HOME = "C:\\Users\\ann\\Downloads\\cmd.exe";

/** Drawn from the documentation and from the product's own evaluation of rules, when the reader was held against them again. */
export const sysmonDrawn: More = {
  policies: {
    bare: config(filter("ProcessCreate", "include", parent("image", "winword.exe"), image("end with", "cmd.exe"))),
    old: versioned(
      "4.1",
      filter("ProcessCreate", "include", parent("image", "winword.exe"), image("end with", "d.exe")),
    ),
    groupAnd: config(
      group(
        "and",
        filter(
          "ProcessCreate",
          "include",
          image("end with", "cmd.exe"),
          image("end with", "x.exe"),
          parent("image", "winword.exe"),
        ),
      ),
    ),
    ruleAnd: start(rule("and", image("begin with", "C:\\Users\\"), image("end with", "\\cmd.exe"))),
    ruleUnmet: start(rule("and", image("is", CMD), image("is", HOME))),
    rulesInAnd: config(
      group(
        "and",
        filter(
          "ProcessCreate",
          "include",
          rule("or", image("image", "cmd.exe")),
          rule("or", parent("image", "winword.exe")),
        ),
      ),
    ),
    ruleBesideAnd: config(
      group(
        "and",
        filter(
          "ProcessCreate",
          "exclude",
          parent("image", "winword.exe"),
          rule("or", image("image", "cmd.exe"), image("image", "x.exe")),
        ),
      ),
    ),
    twoExcludes: config(
      group("or", filter("ProcessCreate", "exclude", image("image", "a.exe"))),
      group("or", filter("ProcessCreate", "exclude", image("image", "b.exe"))),
    ),
    twoIncludes: config(
      group("and", filter("ProcessCreate", "include", image("image", "a.exe"), parent("image", "winword.exe"))),
      group("or", filter("ProcessCreate", "include", image("image", "b.exe"))),
    ),
    onlyLoads: config(group("or", filter("ImageLoad", "include", image("image", "rundll32.exe")))),
    not: start(image("is not", CMD)),
    excludes: start(image("excludes", "\\system32\\")),
    all: start(image("contains all", "\\users\\;\\downloads\\")),
    excludesBoth: start(
      image("excludes any", "\\users\\;\\downloads\\"),
      image("excludes all", "\\users\\;\\downloads\\"),
    ),
    notBegin: start(rule("and", image("not begin with", "C:\\Windows\\"), image("not end with", "\\ok.exe"))),
    blank: start(image("contains any", "\\Users\\; \\Temp\\")),
    path: start(image("image", "System32\\cmd.exe")),
    whole: start(image("image", CMD)),
    lower: start(parent("is any", "c:\\windows\\explorer.exe;c:\\x.exe")),
    percent: start(image("begin with", "%SystemRoot%\\System32\\")),
    wrongField: start(field("Imagine", "is", "x")),
    excludeLine: config(
      group("or", filter("ProcessCreate", "exclude", field("CommandLine", "contains", "x"), image("is", CMD))),
    ),
    product: start(rule("and", image("end with", "cmd.exe"), field("OriginalFileName", "is any", "Cmd.Exe;x.exe"))),
    notParent: config(group("or", filter("NetworkConnect", "exclude", image("not begin with", "C:\\Users\\")))),
    files: config(
      group(
        "or",
        filter(
          "FileCreate",
          "include",
          rule("and", field("TargetFilename", "end with", ".dll"), field("TargetFilename", "excludes", "\\Windows\\")),
        ),
      ),
    ),
    more: start(image("more than", "c:\\u"), field("OriginalFileName", "less than", "b")),
    nameless: start(image("contains all", "cmd;word")),
  },
  cases: [
    ["without a group fields are joined by “and”", "source", "bare", exec(CMD), "none"],
    ["and met where all are", "source", "bare", exec(CMD, { parent: WORD }), "audit"],
    ["up to schema 4.1 by “or”", "source", "old", exec(CMD), "audit"],
    ["up to schema 4.1 any is enough", "source", "old", exec("C:\\z\\d.exe"), "audit"],
    ["in a group by “and” one field has alternatives", "source", "groupAnd", exec(CMD, { parent: WORD }), "audit"],
    ["and other fields are asked beside", "source", "groupAnd", exec(CMD), "none"],
    ["in a rule by “and” one field has two conditions: met", "rule", "ruleAnd", exec(HOME), "audit"],
    ["in a rule by “and” one field has two conditions: the second alone", "rule", "ruleAnd", exec(CMD), "none"],
    ["in a rule by “and” the first alone", "rule", "ruleAnd", exec("C:\\Users\\ann\\x.exe"), "none"],
    ["in a rule by “and” two values of one field are never met", "source", "ruleUnmet", exec(CMD), "none"],
    ["rules in a group by “and”: one", "source", "rulesInAnd", exec(CMD), "none"],
    ["rules in a group by “and”: both", "source", "rulesInAnd", exec(CMD, { parent: WORD }), "audit"],
    [
      "a rule beside a field in a group by “and”: both",
      "source",
      "ruleBesideAnd",
      exec("C:\\x.exe", { parent: WORD }),
      "allow",
    ],
    ["a rule beside a field in a group by “and”: one", "source", "ruleBesideAnd", exec("C:\\x.exe"), "audit"],
    ["two exclusions: what neither names is not logged", "source", "twoExcludes", exec("C:\\c.exe"), "none"],
    ["two exclusions: what the second names", "source", "twoExcludes", exec("C:\\b.exe"), "allow"],
    ["two inclusions: each is asked for itself", "source", "twoIncludes", exec("C:\\b.exe"), "audit"],
    ["two inclusions: the first with its own relation", "source", "twoIncludes", exec("C:\\a.exe"), "none"],
    ["starts are logged where no filter is for them", "source", "onlyLoads", exec(CMD), "audit"],
    ["files are not", "source", "onlyLoads", write(CMD, "C:\\a.dll"), "none"],
    ["connections are not", "source", "onlyLoads", connect(CMD, "203.0.113.1"), "none"],
    ["another value", "sysmon", "not", exec(HOME), "audit"],
    ["not another value", "sysmon", "not", exec(CMD), "none"],
    ["a part that is not there", "sysmon", "excludes", exec(HOME), "audit"],
    ["a part that is", "sysmon", "excludes", exec(CMD), "none"],
    ["all parts", "sysmon", "all", exec(HOME), "audit"],
    ["one of the parts", "sysmon", "all", exec("C:\\Users\\ann\\x.exe"), "none"],
    ["none of the parts is there", "sysmon", "excludesBoth", exec(CMD), "audit"],
    ["all of the parts are", "sysmon", "excludesBoth", exec(HOME), "none"],
    ["neither beginning nor end", "sysmon", "notBegin", exec("D:\\a.exe"), "audit"],
    ["the end of “not end with”", "sysmon", "notBegin", exec("D:\\ok.exe"), "none"],
    ["the beginning of “not begin with”", "sysmon", "notBegin", exec(CMD), "none"],
    ["a blank behind a semicolon counts", "source", "blank", exec("C:\\Windows\\Temp\\x.exe"), "none"],
    ["with it the value fits", "source", "blank", exec("C:\\a \\Temp\\x.exe"), "audit"],
    ["“image” with a backslash is a whole path", "source", "path", exec(CMD), "none"],
    ["and fits as such", "source", "whole", exec(CMD.toUpperCase()), "audit"],
    ["parents by a list", "sysmon", "lower", exec(HOME), "audit"],
    ["variables are expanded", "source", "percent", exec(CMD), "audit"],
    ["what hangs on the command line is open", "sysmon", "excludeLine", exec(HOME), "undecided"],
    ["unless another condition excludes it", "sysmon", "excludeLine", exec(CMD), "allow"],
    ["two fields of one file: both", "rule", "product", exec(HOME, { original: "Cmd.Exe" }), "audit"],
    ["two fields of one file: one", "rule", "product", exec(HOME, { original: "y.exe" }), "none"],
    ["an exclusion of all but some: those", "sysmon", "notParent", connect(HOME, "203.0.113.1"), "audit"],
    ["an exclusion of all but some: the rest", "sysmon", "notParent", connect(CMD, "203.0.113.1"), "allow"],
    ["a file by its end and without a part", "sysmon", "files", write(CMD, "C:\\Users\\a.dll"), "audit"],
    ["a file with the part", "sysmon", "files", write(CMD, "C:\\Windows\\a.dll"), "none"],
    [
      "the order in the alphabet is not compared: behind",
      "sysmon",
      "more",
      exec("C:\\z.exe", { original: "z" }),
      "undecided",
    ],
    [
      "the order in the alphabet is not compared: in front",
      "sysmon",
      "more",
      exec("C:\\a.exe", { original: "A.EXE" }),
      "undecided",
    ],
    [
      "the order in the alphabet is not compared: neither",
      "sysmon",
      "more",
      exec("C:\\a.exe", { original: "z" }),
      "undecided",
    ],
    ["parts of one name that are not all there", "sysmon", "nameless", exec(CMD), "none"],
    [
      "loads of a program by its name",
      "sysmon",
      "onlyLoads",
      load("C:\\Windows\\System32\\rundll32.exe", "C:\\a.dll"),
      "audit",
    ],
  ],
};
