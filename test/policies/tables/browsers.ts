import { connect, exec, open, type Table, write } from "./table.ts";

const CHROME = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
const EDGE = "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe";
const FIREFOX = "C:\\Program Files\\Mozilla Firefox\\firefox.exe";
const DOWNLOADS = "C:\\Users\\a\\Downloads";

const json = (settings: unknown) => ({ file: "managed.json", text: JSON.stringify(settings) });
const reg = (key: string, ...values: readonly string[]) => ({
  file: "b.reg",
  text: `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\${key}]\r\n${values.join("\r\n")}\r\n`,
});
const restricted = (value: number) => json({ DownloadRestrictions: value });
const to = (program: string, host: string | undefined) =>
  connect(program, "203.0.113.1", host === undefined ? {} : { host });

export const browsers: Table = {
  target: "browsers",
  sources: {
    downloads: "https://chromeenterprise.google/policies/#DownloadRestrictions",
    urls: "https://chromeenterprise.google/policies/#URLBlocklist",
    filter: "https://support.google.com/chrome/a/answer/9942583",
    edge: "https://learn.microsoft.com/deployedge/microsoft-edge-policies/downloadrestrictions",
    extensions: "https://chromeenterprise.google/policies/#ExtensionInstallBlocklist",
  },
  policies: {
    none: restricted(0),
    dangerous: restricted(1),
    potentially: restricted(2),
    all: restricted(3),
    malicious: restricted(4),
    wrong: restricted(9),
    urls: json({ URLBlocklist: ["example.net", "*"].slice(0, 1) }),
    everything: json({ URLBlocklist: ["*"] }),
    sub: json({ URLBlocklist: [".example.net"] }),
    extensions: json({ ExtensionInstallBlocklist: ["*"] }),
    chrome: reg("Google\\Chrome", '"DownloadRestrictions"=dword:00000003'),
    edge: reg("Microsoft\\Edge", '"DownloadRestrictions"=dword:00000003'),
    list: reg("Google\\Chrome\\URLBlocklist", '"1"="bad.example"', '"2"="worse.example"'),
    home: json({ HomepageLocation: "https://intranet.example", DownloadRestrictions: 3 }),
  },
  cases: [
    ["0 restricts nothing", "downloads", "none", write(CHROME, `${DOWNLOADS}\\x.exe`), "none"],
    ["1 stops many programs, not all", "downloads", "dangerous", write(CHROME, `${DOWNLOADS}\\x.exe`), "undecided"],
    ["so of scripts", "downloads", "dangerous", write(CHROME, `${DOWNLOADS}\\x.hta`), "undecided"],
    ["and whatever is known as malicious", "downloads", "dangerous", write(CHROME, `${DOWNLOADS}\\x.pdf`), "undecided"],
    ["1 leaves other programs alone", "downloads", "dangerous", write(FIREFOX, `${DOWNLOADS}\\x.exe`), "none"],
    ["2 stops many programs, not all", "downloads", "potentially", write(CHROME, `${DOWNLOADS}\\x.exe`), "undecided"],
    ["2 goes by verdicts beside", "downloads", "potentially", write(CHROME, `${DOWNLOADS}\\x.pdf`), "undecided"],
    ["3 stops all", "downloads", "all", write(CHROME, `${DOWNLOADS}\\x.pdf`), "block"],
    ["3 stops all programs", "downloads", "all", write(CHROME, `${DOWNLOADS}\\x.exe`), "block"],
    [
      "what the browser writes for itself is no download",
      "downloads",
      "all",
      write(CHROME, "C:\\Users\\a\\AppData\\Local\\Google\\Chrome\\x"),
      "none",
    ],
    ["4 goes by verdicts", "downloads", "malicious", write(CHROME, `${DOWNLOADS}\\x.exe`), "undecided"],
    [
      "another program is not restricted",
      "downloads",
      "all",
      write("C:\\Windows\\System32\\certutil.exe", `${DOWNLOADS}\\x.exe`),
      "none",
    ],
    ["another browser neither", "downloads", "all", write(FIREFOX, `${DOWNLOADS}\\x.exe`), "none"],
    ["Edge knows the same setting", "edge", "all", write(EDGE, `${DOWNLOADS}\\x.exe`), "block"],
    [
      "on Linux, too",
      "downloads",
      "all",
      { ...write("/opt/google/chrome/chrome", "/home/a/Downloads/x.sh"), platform: "linux" },
      "block",
    ],
    ["a value that is not known", "downloads", "wrong", write(CHROME, `${DOWNLOADS}\\x.exe`), "undecided"],
    ["a blocked host", "urls", "urls", to(CHROME, "example.net"), "block"],
    ["with all below it", "filter", "urls", to(CHROME, "a.b.example.net"), "block"],
    ["a host that ends alike is another", "filter", "urls", to(CHROME, "notexample.net"), "none"],
    ["with a dot in front, the host itself", "urls", "sub", to(CHROME, "example.net"), "block"],
    ["and none below it", "urls", "sub", to(CHROME, "a.example.net"), "none"],
    ["another host", "urls", "urls", to(CHROME, "example.org"), "none"],
    ["a host that is not logged", "urls", "urls", to(CHROME, undefined), "undecided"],
    ["another program reaches it", "urls", "urls", to(FIREFOX, "example.net"), "none"],
    ["* is everything", "filter", "everything", to(EDGE, "example.org"), "block"],
    ["* needs no host", "filter", "everything", to(EDGE, undefined), "block"],
    ["starting is none of it", "urls", "everything", exec(CHROME), "none"],
    ["opening neither", "urls", "everything", open(`${DOWNLOADS}\\x.html`), "none"],
    ["extensions stand in no event", "extensions", "extensions", write(CHROME, `${DOWNLOADS}\\x.exe`), "none"],
    ["the registry’s form", "downloads", "chrome", write(CHROME, `${DOWNLOADS}\\x.exe`), "block"],
    ["Edge’s key", "edge", "edge", write(EDGE, `${DOWNLOADS}\\x.exe`), "block"],
    ["lists in the registry, the first", "urls", "list", to(CHROME, "bad.example"), "block"],
    ["lists in the registry, the second", "urls", "list", to(CHROME, "www.worse.example"), "block"],
    ["lists in the registry, none of them", "urls", "list", to(CHROME, "good.example"), "none"],
    ["settings that rule on nothing here", "downloads", "home", write(CHROME, `${DOWNLOADS}\\x.zip`), "block"],
  ],
};
