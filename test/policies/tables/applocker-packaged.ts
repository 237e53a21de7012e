import type { Act } from "../../../src/policies/decide/act.ts";
import { MICROSOFT } from "./applocker-policies.ts";
import { exec, type Table } from "./table.ts";

const app = (name: string, version: string, publisher = "8wekyb3d8bbwe"): Act => {
  const path = `C:\\Program Files\\WindowsApps\\${name}_${version}_x64__${publisher}\\app.exe`;
  const known = publisher === "8wekyb3d8bbwe" ? MICROSOFT : publisher;
  const object = { path, product: name, version, signed: true, publisher: known };
  return { on: "packagedApp", subject: {}, object, user: "CORP\\ann", elevated: false };
};

/** What AppLocker makes of packaged apps. */
export const PACKAGED: Table["cases"] = [
  [
    "rules for programs are none for packaged apps: without any, all are blocked",
    "considerations",
    "defaults",
    app("Microsoft.BingMaps", "1.0.0.0"),
    "block",
  ],
  ["whoever starts them", "managed", "defaults", { ...app("Microsoft.BingMaps", "1.0.0.0"), elevated: true }, "block"],
  [
    "where programs are audited only, they are not",
    "considerations",
    "audit",
    app("Microsoft.BingMaps", "1.0.0.0"),
    "none",
  ],
  [
    "a collection of programs without rules blocks none",
    "managed",
    "empty",
    app("Microsoft.BingMaps", "1.0.0.0"),
    "none",
  ],
  [
    "nor does a collection of packaged apps without rules",
    "behavior",
    "emptyApps",
    app("Microsoft.BingMaps", "1.0.0.0"),
    "none",
  ],
  [
    "the default rule allows all that is signed, which all are",
    "types",
    "allApps",
    app("Contoso.App", "1.0.0.0", "a1b2c3d4e5f6g"),
    "allow",
  ],
  [
    "files of a packaged app are no programs of the other collection",
    "packaged",
    "allApps",
    exec("C:\\Program Files\\WindowsApps\\Microsoft.BingMaps_1.0.0.0_x64__8wekyb3d8bbwe\\maps.exe"),
    "none",
  ],
  ["one rule allows one package by its name", "packaged", "someApps", app("Microsoft.BingMaps", "1.0.0.0"), "allow"],
  ["and no other of its publisher", "packaged", "someApps", app("Microsoft.BingWeather", "1.0.0.0"), "block"],
  ["a rule may begin with a version", "packaged", "someApps", app("Microsoft.WindowsCamera", "2.0.0.0"), "allow"],
  [
    "an asterisk in a product’s name stands for itself",
    "publisher",
    "starredApps",
    app("Microsoft.WindowsCamera", "2.0.0.0"),
    "block",
  ],
  ["an older version is not meant", "packaged", "someApps", app("Microsoft.WindowsCamera", "1.9.9.9"), "block"],
  [
    "whose hash a publisher’s name has is not known of all",
    "packaged",
    "someApps",
    app("Microsoft.BingMaps", "1.0.0.0", "a1b2c3d4e5f6g"),
    "undecided",
  ],
  [
    "deny stands above allow for packaged apps, too",
    "actions",
    "deniedApp",
    app("Microsoft.BingMaps", "1.0.0.0"),
    "block",
  ],
  ["and for that package alone", "actions", "deniedApp", app("Microsoft.BingWeather", "1.0.0.0"), "allow"],
  ["packaged apps can be audited", "enforcement", "auditedApps", app("Microsoft.BingWeather", "1.0.0.0"), "audit"],
];
