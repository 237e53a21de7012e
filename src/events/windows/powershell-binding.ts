const INVOCATION = /^CommandInvocation\(([^)\n]{1,256})\):/;
const BINDING = /^ParameterBinding\(([^)\n]{1,256})\): name="([^"\n]{0,256})"; value="/;
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
    const value = entry.slice(binding[0].length).trimEnd().replace(/"$/, "");
    commands.findLast(({ name }) => name === binding[1])?.parameters.push(parameter(binding[2]!, value));
  }
  return commands.length === 0 ? undefined : commands.map(written).join(" | ");
}

/** A value may have several lines, so an entry ends where the next begins. */
function entries(payload: string): readonly string[] {
  return payload.split(/\r?\n(?=(?:CommandInvocation|ParameterBinding|NonTerminatingError|TerminatingError)\()/);
}

function parameter(name: string, value: string): string {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return name === "" ? quoted : `-${name} ${quoted}`;
}

function written({ name, parameters }: Command): string {
  return [name, ...parameters].join(" ");
}
