/** An option of a rule; `value` without its quotes, escapes and bytes between bars read. */
export interface Option {
  readonly name: string;
  readonly value?: string;
}

/** The parts of a rule. */
export interface SuricataRule {
  readonly action: string;
  readonly protocol: string;
  readonly source: string;
  readonly sourcePort: string;
  readonly direction: string;
  readonly destination: string;
  readonly port: string;
  readonly options: readonly Option[];
}

/** An address, port, variable, or a list of them in brackets, which may hold blanks. */
const PLACE = String.raw`(!?\[[^\]]{0,4096}\]|[^\s[\]]+)`;
const HEADER = new RegExp(
  String.raw`^(alert|drop|reject|rejectsrc|rejectdst|rejectboth|pass|config)\s+([\w.-]+)\s+${PLACE}\s+${PLACE}\s+(->|<>|=>)\s+${PLACE}\s+${PLACE}\s*\((.*)\)\s*$`,
);
const OPTION = /\s*([\w.-]+)\s*(?::\s*((?:"(?:[^"\\]|\\.)*"|\\.|[^;"\\])*))?;/y;

/** Suricata takes no longer rules. */
const LONGEST = 65_536;

/** Bytes between bars are characters; a backslash takes the next one its meaning. */
function unquoted(text: string): string {
  const plain = text.trim();
  const quoted = /^(!?)"((?:[^"\\]|\\.)*)"$/.exec(plain);
  if (!quoted) return plain.replace(/\\(.)/g, "$1");
  const body = (quoted[2] ?? "").replace(
    /\\(.)|\|([0-9A-Fa-f\s]*)\|/g,
    (_, letter: string | undefined, bytes: string | undefined) =>
      letter ?? Buffer.from((bytes ?? "").replace(/\s+/g, ""), "hex").toString("utf8"),
  );
  return (quoted[1] ?? "") + body;
}

/** Takes a rule apart; a text says what is wrong with it. */
export function parseRule(text: string): SuricataRule | string {
  if (text.length > LONGEST) return `a rule of more than ${LONGEST} letters`;
  const found = HEADER.exec(text);
  if (!found) return "a line that is no rule";
  const [
    ,
    action = "",
    protocol = "",
    source = "",
    sourcePort = "",
    direction = "",
    destination = "",
    port = "",
    body = "",
  ] = found;
  const options: Option[] = [];
  OPTION.lastIndex = 0;
  while (OPTION.lastIndex < body.trimEnd().length) {
    const option = OPTION.exec(body);
    if (!option) return "an option that does not end in a semicolon";
    options.push({ name: option[1] ?? "", ...(option[2] !== undefined && { value: unquoted(option[2]) }) });
  }
  if (!options.some(({ name, value }) => name === "sid" && /^\d{1,10}$/.test(value ?? "")))
    return "a rule without a sid";
  return { action, protocol, source, sourcePort, direction, destination, port, options };
}
