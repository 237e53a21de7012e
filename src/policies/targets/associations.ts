import type { Semantics } from "../decide/engine.ts";
import { ENVIRONMENT_VARIABLES } from "../decide/paths.ts";
import { xml } from "../languages/escape.ts";
import { readXml } from "../languages/xml.ts";
import type { Policy, Rule, UnknownPart } from "../model.ts";
import { damaged, unknownAttributes, unknownElement } from "../read.ts";
import type { PolicyFile, Target } from "../target.ts";

const ATTRIBUTES = [
  "Identifier",
  "ProgId",
  "ApplicationName",
  "ApplyOnUpgrade",
  "OverwriteIfProgIdIs",
  "Suggested",
  "Version",
];
/** Programs that show a file and run nothing of it. */
const SHOWS =
  /^(?:txtfile|applications\\notepad(?:\+\+)?\.exe|notepad\+\+_file|vscode\.\w+)$|^appx4ztfk9wxr86nxmzzq47px0nh0e58b8fw$/i;
const EXTENSION = /^\.[^\s.\\/:*?"<>|]{1,64}$/;

function read(text: string, name: string): Policy {
  const root = readXml(text);
  if (root.name !== "DefaultAssociations") damaged(root, `<${root.name}> is no DefaultAssociations`);
  const unknown: UnknownPart[] = [];
  const rules: Rule[] = [];
  for (const element of root.children) {
    const identifier = element.attributes.get("Identifier");
    if (element.name !== "Association" || identifier === undefined) {
      unknown.push(unknownElement(element, ["open"]));
      continue;
    }
    unknown.push(...unknownAttributes(element, ATTRIBUTES, ["open"]));
    // Identifiers without a dot are protocols.
    if (!identifier.startsWith(".")) continue;
    rules.push({
      id: identifier,
      action: SHOWS.test(element.attributes.get("ProgId") ?? "") ? "deny" : "allow",
      on: ["open"],
      object: [{ extension: identifier.toLowerCase() }],
    });
  }
  return { target: "associations", name, mode: "enforce", rules, unknown };
}

function write(policy: Policy): readonly PolicyFile[] {
  const lines = policy.rules.flatMap((rule) =>
    (rule.object ?? []).map(
      ({ extension = "" }) =>
        `  <Association Identifier="${xml(extension)}" ProgId="txtfile" ApplicationName="Notepad" />\n`,
    ),
  );
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<DefaultAssociations>\n${lines.join("")}</DefaultAssociations>\n`;
  return [{ name: "associations.xml", text }];
}

/**
 * The program of a type is chosen when a person opens a file, and by nobody who names the program.
 * @see https://learn.microsoft.com/windows-hardware/manufacture/desktop/export-or-import-default-application-associations
 */
const semantics: Semantics = {
  platforms: ["windows"],
  order: "denyFirst",
  variables: ENVIRONMENT_VARIABLES,
  reach: (policy, act) => (act.on === "open" ? { mode: policy.mode, otherwise: undefined } : undefined),
};

export const associations: Target = {
  id: "associations",
  title: "File associations",
  triesNoRule: true,
  actsAtOnce: true,
  cannot: [
    "An association decides only what opening a document starts: a command line that names its program is not affected.",
    "Users can choose another program by “Open with”; types in archives follow the archive program.",
  ],
  semantics,
  sniff: (head) => (/<DefaultAssociations\b/.test(head) ? 1 : 0),
  read,
  write,
  refuses(rule) {
    if (!rule.on.every((on) => on === "open")) return "associations rule on opened documents only";
    if (rule.action !== "deny" || rule.subject || rule.scope || rule.exceptions)
      return "an association holds for every user who has not chosen another";
    return rule.object?.every(({ extension }) => extension !== undefined && EXTENSION.test(extension))
      ? undefined
      : "associations name types by their extension";
  },
};
