import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Rule } from "../../src/policies/model.ts";
import { targetOf } from "../../src/policies/registry.ts";
import { ASR_RULES, asrRule } from "../../src/policies/targets/asr/rules.ts";
import { browserRule } from "../../src/policies/targets/browsers.ts";
import { policyOf } from "./hostile.ts";

const text = z.string().min(1);
const list = z.array(text).min(1);

/** @see https://chromeenterprise.google/policies/ */
const MANAGED = z.strictObject({
  DownloadRestrictions: z.int().min(0).max(4).optional(),
  DefaultJavaScriptSetting: z.union([z.literal(1), z.literal(2)]).optional(),
  URLBlocklist: list.optional(),
  ExtensionInstallBlocklist: z
    .array(z.union([z.literal("*"), z.string().regex(/^[a-p]{32}$/)]))
    .min(1)
    .optional(),
  JavaScriptBlockedForUrls: list.optional(),
});
/** @see https://mozilla.github.io/policy-templates/ */
const FIREFOX = z.strictObject({
  policies: z.strictObject({
    WebsiteFilter: z
      .strictObject({ Block: z.array(z.string().regex(/^(?:<all_urls>|(?:\*|https?):\/\/[^/]+\/.*)$/)).min(1) })
      .optional(),
    ExtensionSettings: z
      .record(text, z.strictObject({ installation_mode: z.enum(["allowed", "blocked", "force_installed"]) }))
      .optional(),
  }),
});
const GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const PREFIX = "./Vendor/MSFT/Policy/Config/Defender/AttackSurfaceReduction";
const STRING = z.literal("#microsoft.graph.omaSettingString");
/** @see https://learn.microsoft.com/graph/api/resources/intune-deviceconfig-windows10customconfiguration */
const INTUNE = z.strictObject({
  "@odata.type": z.literal("#microsoft.graph.windows10CustomConfiguration"),
  displayName: text,
  omaSettings: z
    .array(
      z.union([
        z.strictObject({
          "@odata.type": STRING,
          displayName: text,
          omaUri: z.literal(`${PREFIX}Rules`),
          value: z.string().regex(new RegExp(`^${GUID}=[0126](?:\\|${GUID}=[0126])*$`)),
        }),
        z.strictObject({
          "@odata.type": STRING,
          displayName: text,
          omaUri: z.literal(`${PREFIX}OnlyExclusions`),
          value: text,
        }),
      ]),
    )
    .min(1),
});

const written = (target: string, name: string, rules: readonly (Rule | undefined)[]): unknown =>
  JSON.parse(
    targetOf(target)
      .write(
        policyOf(
          target,
          rules.flatMap((rule) => rule ?? []),
        ),
      )
      .find((one) => one.name === name)?.text ?? "",
  );

const MANAGED_GOOD = written("browsers", "browsers.json", [
  browserRule("DownloadRestrictions", "4"),
  browserRule("DefaultJavaScriptSetting", "2"),
  browserRule("URLBlocklist", "a.example"),
  browserRule("ExtensionInstallBlocklist", "*"),
  browserRule("JavaScriptBlockedForUrls", "[*.]a.example"),
]);
const FIREFOX_GOOD = written("browsers", "policies.json", [
  browserRule("WebsiteFilter", "a.example"),
  browserRule("WebsiteFilter", "*"),
  browserRule("ExtensionSettings", "*"),
]);
const INTUNE_GOOD = written(
  "asr",
  "asr.intune.json",
  Object.keys(ASR_RULES).map((guid, at) =>
    asrRule(guid, at % 2 ? "audit" : "enforce", { paths: ["C:\\Apps\\a b.exe"] }),
  ),
);

type Change = readonly [string, string | RegExp, string];

/** The shape, what is written, and changes of its text that make it wrong. */
const ALL: readonly (readonly [string, z.ZodType, unknown, readonly Change[]])[] = [
  [
    "managed policies of Chrome and Edge",
    MANAGED,
    MANAGED_GOOD,
    [
      ["a value beyond", '"DownloadRestrictions":4', '"DownloadRestrictions":5'],
      ["a value as text", '"DownloadRestrictions":4', '"DownloadRestrictions":"4"'],
      ["a value of parts", '"DownloadRestrictions":4', '"DownloadRestrictions":1.5'],
      ["script by a value that there is not", '"DefaultJavaScriptSetting":2', '"DefaultJavaScriptSetting":3'],
      ["a list that is none", '"URLBlocklist":["a.example"]', '"URLBlocklist":"a.example"'],
      ["an empty list", '"URLBlocklist":["a.example"]', '"URLBlocklist":[]'],
      ["an empty entry", '["a.example"]', '[""]'],
      ["an entry that is a number", '["a.example"]', "[1]"],
      ["an extension by name", '["*"]', '["my extension"]'],
      ["a setting that there is not", "URLBlocklist", "URLBlackList"],
      ["a setting in other letters", "DownloadRestrictions", "downloadRestrictions"],
      ["an array", /^.*$/s, "[]"],
      ["null", /^.*$/s, "null"],
    ],
  ],
  [
    "Firefox’s policies",
    FIREFOX,
    FIREFOX_GOOD,
    [
      ["no policies", '"policies"', '"policy"'],
      ["a pattern without a path", "*.a.example/*", "*.a.example"],
      ["a pattern without a scheme", "*://*.a.example/*", "a.example/*"],
      ["another scheme", "*://*.a", "ftp://*.a"],
      ["a list that is none", /"Block":\[[^\]]*\]/, '"Block":"<all_urls>"'],
      ["an empty list", /"Block":\[[^\]]*\]/, '"Block":[]'],
      ["another word for blocking", '"Block"', '"Blocked"'],
      ["a mode that there is not", '"blocked"', '"denied"'],
      ["a mode in other letters", '"blocked"', '"Blocked"'],
      ["no mode", '"installation_mode":"blocked"', ""],
      ["an extension without a name", '"*":', '"":'],
      ["a policy that there is not", "WebsiteFilter", "SiteFilter"],
    ],
  ],
  [
    "Intune’s profile",
    INTUNE,
    INTUNE_GOOD,
    [
      ["a profile of another kind", "windows10CustomConfiguration", "macOSCustomConfiguration"],
      ["no name", /"displayName":"[^"]*",/, ""],
      ["an empty name", /"displayName":"[^"]*"/, '"displayName":""'],
      ["a setting of another kind", "omaSettingString", "omaSettingInteger"],
      ["another path", "AttackSurfaceReductionRules", "AttackSurfaceRules"],
      ["another root", "./Vendor", "./Device/Vendor"],
      ["a state that there is not", /=1\b/, "=3"],
      ["a state in words", /=1\b/, "=block"],
      ["a GUID that is cut off", /[0-9a-f]{12}=/, "0123="],
      ["a GUID in braces", /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})=/, "{$1}="],
      ["another separator", /\|([0-9a-f]{8}-)/, ",$1"],
      ["no settings", /"omaSettings":\[.*\]/s, '"omaSettings":[]'],
      ["a value that is a number", /"value":"[^"]*"/, '"value":1'],
    ],
  ],
];

describe("JSON that is written", () => {
  it.each(ALL)("%s", (_, shape, good, bad) => {
    expect(shape.safeParse(good).error).toBeUndefined();
    const before = JSON.stringify(good);
    for (const [title, from, to] of bad) {
      const after = before.replace(from, to);
      expect(after, title).not.toBe(before);
      expect(shape.safeParse(JSON.parse(after)).success, title).toBe(false);
    }
  });
});
