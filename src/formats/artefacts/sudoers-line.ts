/** Who may run what as whom. `commands` may name aliases. */
export interface SudoRule {
  readonly user: string;
  /** User, or `user:group`; undefined where the rule does not say, which means root. */
  readonly runAs: string | undefined;
  /** Such as `NOPASSWD`, joined by blanks. */
  readonly tags: string | undefined;
  readonly commands: readonly string[];
}

export type SudoLine =
  | { readonly kind: "nothing" }
  | { readonly kind: "alias"; readonly commands: readonly (readonly [name: string, commands: readonly string[]])[] }
  | { readonly kind: "rules"; readonly rules: readonly SudoRule[] };

const SILENT = /^(?:$|#(?!\d)|@include|Defaults\b|(?:User|Host|Runas)_Alias\b)/;
const TAG = /^(NO)?(?:PASSWD|EXEC|SETENV|LOG_INPUT|LOG_OUTPUT|MAIL|FOLLOW|INTERCEPT) ?: ?/;
const DIGEST = /^sha(?:224|256|384|512):[\w+/=]{1,200} /;
const OPTION = /^(?:CWD|CHROOT|ROLE|TYPE|TIMEOUT|NOTBEFORE|NOTAFTER)=\S{1,1024} /;

/** One whole line of sudoers(5); undefined where it is none. */
export function sudoLine(line: string): SudoLine | undefined {
  const text = line.replace(/(^|\s)#(?!\d).*$/s, "").trim();
  if (SILENT.test(text)) return { kind: "nothing" };
  const alias = /^Cmnd_Alias\s+(.*)$/s.exec(text);
  if (alias) return { kind: "alias", commands: split(alias[1]!, ":").flatMap(aliasOf) };
  const equals = text.indexOf("=");
  const who = text.slice(0, equals).trim();
  const space = who.search(/\s\S+$/);
  if (equals < 0 || space < 0) return undefined;
  const user = who.slice(0, space).trim();
  // Several hosts, each with its own commands, are parted by colons.
  const specs = split(text.slice(equals + 1), ":").map((spec, index) =>
    index === 0 ? spec : spec.slice(spec.indexOf("=") + 1),
  );
  return { kind: "rules", rules: specs.flatMap((spec) => rulesOf(user, spec)) };
}

function aliasOf(text: string): readonly (readonly [string, readonly string[]])[] {
  const equals = text.indexOf("=");
  if (equals < 0) return [];
  const commands = split(text.slice(equals + 1), ",").map((one) => clean(one.trim()));
  return [[text.slice(0, equals).trim(), commands]];
}

/** Runas and tags hold for all commands that follow them in the list. */
function rulesOf(user: string, spec: string): readonly SudoRule[] {
  let runAs: string | undefined;
  let tags: string[] = [];
  const rules: SudoRule[] = [];
  for (const part of split(spec, ",")) {
    let text = part.trim();
    const runas = /^\(([^)]{0,256})\)\s*/.exec(text);
    if (runas) {
      runAs = runas[1]!.replace(/\s+/g, "");
      text = text.slice(runas[0].length);
    }
    for (let tag = TAG.exec(text); tag; tag = TAG.exec(text)) {
      tags = [...new Set([...tags, tag[0].replace(/[ :]/g, "")])];
      text = text.slice(tag[0].length);
    }
    const command = clean(text);
    if (command !== "") rules.push({ user, runAs, tags: tags.join(" ") || undefined, commands: [command] });
  }
  return rules;
}

function clean(text: string): string {
  let rest = text;
  for (let at = OPTION.exec(rest) ?? DIGEST.exec(rest); at; at = OPTION.exec(rest) ?? DIGEST.exec(rest))
    rest = rest.slice(at[0].length);
  return rest.replace(/\\([\\,:= ])/g, "$1").trim();
}

/** Parts between separators that nothing escapes, quotes or brackets; tags and times keep their colons. */
function split(text: string, separator: "," | ":"): string[] {
  const parts: string[] = [];
  let from = 0;
  let quoted = false;
  let inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === "(") inside = true;
    else if (character === ")") inside = false;
    else if (character === separator && !quoted && !inside && (separator === "," || beginsSpec(text, at))) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** A colon parts specifications only where `NAME =` follows; else it belongs to a tag, a digest or a command. */
function beginsSpec(text: string, colon: number): boolean {
  return (
    /^\s{0,64}[\w.!,%+-]{1,256}\s{0,64}=(?!=)/.test(text.slice(colon + 1, colon + 400)) && text[colon - 1] !== "\\"
  );
}

/** Commands that one rule gives at most. */
const MAX_COMMANDS = 4096;

/** The commands of a rule with aliases of aliases expanded, each once; `ALL` and what is forbidden (`!`) name none. */
export function commandsIn(
  commands: readonly string[],
  aliases: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const found = new Set<string>();
  const expanded = new Set<string>();
  const open = [commands];
  for (let list = open.pop(); list && found.size < MAX_COMMANDS; list = open.pop()) {
    for (const command of list) {
      const inner = expanded.has(command) ? undefined : aliases.get(command);
      if (inner) {
        expanded.add(command);
        open.push(inner);
      } else if (/^(?:\/|sudoedit\b)/.test(command)) found.add(command);
    }
  }
  return [...found];
}
