import { readXml, type XmlElement } from "../../languages/xml.ts";
import type { FilePattern, Operation, Policy, PolicyIdentity, Rule, UnknownPart } from "../../model.ts";
import { child, children, damaged, unknownAttributes, unknownElement } from "../../read.ts";
import { IN_PROCESS, RULED } from "./names.ts";

const FILE_ATTRIBUTES = [
  ..."ID FriendlyName FileName InternalName FileDescription ProductName PackageFamilyName PackageVersion".split(" "),
  ..."MinimumFileVersion MaximumFileVersion Hash AppIDs FilePath Type".split(" "),
];
const KNOWN = [
  ..."VersionEx PolicyTypeID PlatformID PolicyID BasePolicyID Rules EKUs FileRules Signers SigningScenarios".split(" "),
  ..."UpdatePolicySigners CiSigners HvciOptions Settings Macros SupplementalPolicySigners AppSettings AppRoot".split(
    " ",
  ),
];
const NAMESPACE = "urn:schemas-microsoft-com:sipolicy";
/** Value of the signing scenario of user mode. */
const USER_MODE = "12";

interface FileRule {
  readonly element: XmlElement;
  readonly pattern: FilePattern;
  readonly subject: readonly FilePattern[] | undefined;
}

/** Without it a path that is allowed does not hold where others than administrators may write. */
const ANY_WRITER = "Disabled:Runtime FilePath Rule Protection";

class AppControlReader {
  readonly rules: Rule[] = [];
  readonly unknown: UnknownPart[] = [];
  #anyWriter = false;
  readonly #macros = new Map<string, string>();
  readonly #files = new Map<string, FileRule>();
  readonly #signers = new Map<string, readonly FilePattern[]>();
  readonly #ekus = new Map<string, string>();

  policy(root: XmlElement, options: readonly string[]): void {
    this.#anyWriter = options.includes(ANY_WRITER);
    for (const element of root.children) if (!KNOWN.includes(element.name)) this.unknown.push(unknownElement(element));
    for (const { attributes } of children(child(root, "Macros"), "Macro"))
      this.#macros.set(attributes.get("Id") ?? "", attributes.get("Value") ?? "");
    for (const { attributes } of children(child(root, "EKUs"), "EKU"))
      this.#ekus.set(attributes.get("ID") ?? "", attributes.get("Value") ?? "");
    for (const element of child(root, "FileRules")?.children ?? []) this.#file(element);
    for (const element of child(root, "Signers")?.children ?? []) this.#signer(element);
    for (const scenario of children(child(root, "SigningScenarios"), "SigningScenario"))
      if (scenario.attributes.get("Value") === USER_MODE) this.#scenario(scenario);
  }

  #file(element: XmlElement): void {
    if (!["Allow", "Deny", "FileAttrib", "FileRule"].includes(element.name)) {
      this.unknown.push(unknownElement(element));
      return;
    }
    this.unknown.push(...unknownAttributes(element, FILE_ATTRIBUTES));
    const apps = element.attributes.get("AppIDs");
    const subject = apps === undefined || apps === "" ? undefined : this.#apps(apps, element);
    const pattern = patternOf(element);
    const isGuarded = element.name === "Allow" && pattern.path !== undefined && !this.#anyWriter;
    this.#files.set(element.attributes.get("ID") ?? damaged(element, "a file rule without an ID"), {
      element,
      pattern: isGuarded ? { ...pattern, adminsOnly: true } : pattern,
      subject,
    });
  }

  /** One name, or macros that each stand for one. */
  #apps(text: string, element: XmlElement): readonly FilePattern[] {
    if (!text.startsWith("$(")) return [{ originalName: text }];
    return [...text.matchAll(/\$\(([\w.]{1,128})\)/g)].map(([, id = ""]) => {
      const originalName = this.#macros.get(id) ?? damaged(element, `the macro ${id} is not defined`);
      return { originalName };
    });
  }

  #signer(element: XmlElement): void {
    if (element.name !== "Signer") {
      this.unknown.push(unknownElement(element));
      return;
    }
    const publisher = publisherOf(element, this.#ekus);
    const attributes = children(element, "FileAttribRef").map((reference) => {
      const file = this.#files.get(reference.attributes.get("RuleID") ?? "");
      return file ? { ...file.pattern, publisher } : damaged(reference, "a file attribute that is not there");
    });
    this.#signers.set(
      element.attributes.get("ID") ?? damaged(element, "a signer without an ID"),
      attributes.length > 0 ? attributes : [{ publisher }],
    );
  }

  #scenario(scenario: XmlElement): void {
    for (const element of scenario.children) {
      if (element.name === "ProductSigners") this.#product(element);
      else if (!["TestSigners", "TestSigningSigners", "AppIDTags"].includes(element.name))
        this.unknown.push(unknownElement(element));
    }
  }

  #product(element: XmlElement): void {
    for (const group of element.children) {
      if (group.name === "FileRulesRef") for (const one of children(group, "FileRuleRef")) this.#fileRule(one);
      else if (group.name === "AllowedSigners") for (const one of group.children) this.#signerRule(one, "allow");
      else if (group.name === "DeniedSigners") for (const one of group.children) this.#signerRule(one, "deny");
      else this.unknown.push(unknownElement(group));
    }
  }

  #fileRule(reference: XmlElement): void {
    const id = reference.attributes.get("RuleID") ?? "";
    const file = this.#files.get(id) ?? damaged(reference, `the rule ${id} is not there`);
    const kind = file.element.attributes.get("Type") ?? file.element.name;
    const name = file.element.attributes.get("FriendlyName");
    this.rules.push({
      id,
      action: kind === "Deny" || kind === "Exclude" ? "deny" : "allow",
      on: file.subject ? IN_PROCESS : RULED,
      object: [file.pattern],
      ...(file.subject && { subject: file.subject }),
      ...(name !== undefined && name !== "" && { description: name }),
    });
  }

  #signerRule(reference: XmlElement, action: "allow" | "deny"): void {
    const id = reference.attributes.get("SignerId") ?? "";
    const object = this.#signers.get(id) ?? damaged(reference, `the signer ${id} is not there`);
    const exceptions = reference.children.map((one) => {
      const rule = one.attributes.get("DenyRuleID") ?? one.attributes.get("AllowRuleID") ?? "";
      return this.#files.get(rule)?.pattern ?? damaged(one, `the rule ${rule} is not there`);
    });
    const on: readonly Operation[] = RULED;
    this.rules.push({ id, action, on, object, ...(exceptions.length > 0 && { exceptions }) });
  }
}

/** Roots of Microsoft’s own that a policy may name by a number, and the extended key usage of what belongs to Windows. */
const MICROSOFT_ROOT = /^0[4-7]$/;
const OF_WINDOWS = /^010a2b0601040182370a0306$/i;

/** Whom a signer means, as far as logs tell signers: Microsoft, Windows, or whoever has certificates of some name. */
function publisherOf(element: XmlElement, ekus: ReadonlyMap<string, string>): string {
  const named = child(element, "CertPublisher")?.attributes.get("Value");
  const root = child(element, "CertRoot");
  const isMicrosoft =
    root?.attributes.get("Type") === "Wellknown" && MICROSOFT_ROOT.test(root.attributes.get("Value") ?? "");
  const own = children(element, "CertEKU").map((one) => ekus.get(one.attributes.get("ID") ?? "") ?? "");
  if (isMicrosoft && named === undefined && own.every((value) => OF_WINDOWS.test(value)))
    return own.length > 0 ? "*Microsoft Windows*" : "*Microsoft*";
  return `certificates of ${named ?? element.attributes.get("Name") ?? ""}`;
}

const NO_NAME = /^(?:hash|sha\d*|page|flat|authenticode|deny|block|allow|rule|version|windows|microsoft)$/i;

/**
 * The file whose hash a rule has, from the name that the cmdlets and the vendor's lists give such rules: `C:\x\a.dll Hash Sha256`,
 * `pubprn 10219 x86 sha1`. Without it a list of hashes would leave every decision open.
 */
function hashedFile(friendly: string | undefined): string | undefined {
  const whole = /([^\\/]{1,255}?\.\w{2,5})\s+Hash\s/i.exec(friendly ?? "")?.[1];
  if (whole !== undefined) return whole;
  return friendly?.match(/[A-Za-z][\w.-]{3,}/g)?.find((word) => !NO_NAME.test(word));
}

function patternOf(element: XmlElement): FilePattern {
  const get = (name: string) => element.attributes.get(name);
  const values: Readonly<Record<string, string | undefined>> = {
    originalName: get("FileName"),
    internalName: get("InternalName"),
    fileDescription: get("FileDescription"),
    productName: get("ProductName"),
    packageFamilyName: get("PackageFamilyName"),
    path: get("FilePath"),
    hash: get("Hash")?.toLowerCase(),
    hashOf: get("Hash") === undefined ? undefined : hashedFile(get("FriendlyName")),
    ...versionsOf(element.name, get("MinimumFileVersion"), get("MaximumFileVersion")),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/**
 * Alone, the minimum of a deny rule is the highest version that is denied, and its maximum the lowest.
 * @see https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/design/select-types-of-rules-to-create
 */
function versionsOf(kind: string, minimum: string | undefined, maximum: string | undefined) {
  const isSwapped = kind === "Deny" && (minimum === undefined || maximum === undefined);
  return isSwapped ? { minVersion: maximum, maxVersion: minimum } : { minVersion: minimum, maxVersion: maximum };
}

/** @throws WhatranError `policy/xml` or `policy/damaged` with the place */
export function readAppControl(text: string, name: string): Policy {
  const root = readXml(text);
  if (root.name !== "SiPolicy") damaged(root, `<${root.name}> is no SiPolicy`);
  const namespace = root.attributes.get("xmlns") ?? NAMESPACE;
  if (namespace !== NAMESPACE) damaged(root, `the namespace ${namespace} of SiPolicy is not known`);
  const reader = new AppControlReader();
  const options = children(child(root, "Rules"), "Rule").map((rule) => child(rule, "Option")?.text.trim() ?? "");
  reader.policy(root, options);
  const { rules, unknown } = reader;
  const mode = options.includes("Enabled:Audit Mode") ? "audit" : "enforce";
  return {
    target: "appcontrol",
    name: nameOf(root) ?? name,
    mode,
    rules,
    unknown,
    options,
    identity: identityOf(root),
  };
}

function identityOf(root: XmlElement): PolicyIdentity {
  const own = child(root, "PolicyID")?.text.trim().toUpperCase();
  const base = child(root, "BasePolicyID")?.text.trim().toUpperCase();
  const type = root.attributes.get("PolicyType") ?? "";
  const isSupplemental = /supplemental/i.test(type);
  const onlyTags = /appid\s*tagging/i.test(type);
  return {
    ...(own !== undefined && { own }),
    ...(base !== undefined && { base }),
    ...(isSupplemental && { isSupplemental }),
    ...(onlyTags && { onlyTags }),
  };
}

/** The name in the policy's settings. */
function nameOf(root: XmlElement): string | undefined {
  const setting = children(child(root, "Settings"), "Setting").find(
    ({ attributes }) => attributes.get("ValueName") === "Name",
  );
  const text = child(child(setting, "Value"), "String")?.text;
  return text === "" ? undefined : text;
}
