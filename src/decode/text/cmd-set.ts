/** The variable that `set /p NAME=` fills with a line of its input. */
export const askedVariable = (command: string): string | undefined =>
  /^[@\s]*set\s+\/p\s*"?([^"=]{1,256})=/i.exec(command)?.[1]?.trim();

/** The text that `set /p NAME=text` shows; with nothing to read (`<nul`) it is an `echo` that ends no line. */
export function promptOf(command: string): string | undefined {
  const [, open, text] = /^[@\s]*set\s+\/p\s*("?)[^"=]{0,256}=(.*)$/is.exec(command) ?? [];
  if (text === undefined) return undefined;
  const shown = open === "" ? text.replace(/^"/, "") : text;
  const close = shown === text && open === "" ? -1 : shown.lastIndexOf('"');
  return close < 0 ? shown : shown.slice(0, close);
}

/**
 * What cmd's `set` gives to which variable: quotes around the whole assignment are none of it. undefined where the command is no
 * `set`, only shows variables, asks a person (`/p`) or calculates (`/a`).
 */
export function setAssignment(command: string): readonly [name: string, value: string] | undefined {
  const start = /^[@\s]*set[\s,;=]+/i.exec(command);
  if (!start) return undefined;
  const body = command.slice(start[0].length);
  if (/^\/[ap]/i.test(body)) return undefined;
  const open = body.startsWith('"');
  const close = open ? body.lastIndexOf('"') : -1;
  const inner = close > 0 ? body.slice(1, close) : body.slice(open ? 1 : 0);
  const equals = inner.indexOf("=");
  return equals > 0 ? [inner.slice(0, equals).trimStart(), inner.slice(equals + 1)] : undefined;
}
