/**
 * Windows writes both in the language of the system: `CommandInvocation(X): "X"` and `ParameterBinding(X): name="n"; value="v"`, or
 * `CommandInvocation (X) : « X »` and `Liaison de paramètre (X) : nom = « n » ; valeur = « v »`.
 */
const HEADER = /^\p{L}[\p{L} '’-]{2,40}?[^\S\n]?\(([^)\n]{1,256})\)[^\S\n]?:[^\S\n]?/u;
const INVOCATION = new RegExp(`${HEADER.source}["«„“]\\s?\\1\\s?["»“”]\\s*$`, "u");
const BINDING = new RegExp(
  `${HEADER.source}\\p{L}{1,20}[^\\S\\n]?=[^\\S\\n]?["«„“][^\\S\\n]?([^"»“”\\n]{0,256}?)[^\\S\\n]?["»“”][^\\S\\n]?;[^\\S\\n]?\\p{L}{1,20}[^\\S\\n]?=[^\\S\\n]?["«„“][^\\S\\n]?`,
  "u",
);
const MAX_COMMANDS = 64;

interface Command {
  readonly name: string;
  readonly parameters: string[];
}

/**
 * The commands of a 4103 payload (or of the third field of 800) written as PowerShell again: `Start-Process -FilePath 'x'`.
 * Values are what was bound, quoted so that nothing in them is read as code. Commands of one pipeline are joined by `|`.
 * Undefined where the payload names no command (an error, an output).
 */
export function commandOf(payload: string): string | undefined {
  const commands: Command[] = [];
  for (const entry of entries(payload)) {
    const invoked = INVOCATION.exec(entry);
    if (invoked !== null && commands.length < MAX_COMMANDS) commands.push({ name: invoked[1]!, parameters: [] });
    const binding = BINDING.exec(entry);
    if (binding === null) continue;
    const value = entry
      .slice(binding[0].length)
      .trimEnd()
      .replace(/\s?["»“”]$/, "");
    commands.findLast(({ name }) => name === binding[1])?.parameters.push(parameter(binding[2]!, value));
  }
  return commands.length === 0 ? undefined : commands.map(written).join(" | ");
}

/** Beginnings of entries in English; in other languages the payload itself shows them. */
const ENGLISH = /\r?\n(?=(?:CommandInvocation|ParameterBinding|NonTerminatingError|TerminatingError)\()/;
const MAX_LINES = 100_000;

/** A value may have several lines, so an entry ends where the next begins. */
function entries(payload: string): readonly string[] {
  if (payload.startsWith("CommandInvocation(") || payload.startsWith("ParameterBinding("))
    return payload.split(ENGLISH);
  const all: string[] = [];
  for (const line of payload.split(/\r?\n/, MAX_LINES)) {
    if (all.length === 0 || INVOCATION.test(line) || BINDING.test(line)) all.push(line);
    else all[all.length - 1] += `\n${line}`;
  }
  return all;
}

function parameter(name: string, value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return name === "" ? quoted : `-${name} ${quoted}`;
}

function written({ name, parameters }: Command): string {
  return [name, ...parameters].join(" ");
}
