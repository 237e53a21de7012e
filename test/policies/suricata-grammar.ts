/**
 * Reads Suricata rules strictly by its documentation, for machines without suricata, and shares no code with src/. It knows only the
 * keywords that the rules of this project use, and how each may stand.
 * @see https://docs.suricata.io/en/suricata-7.0.12/rules/intro.html
 * @see https://docs.suricata.io/en/suricata-7.0.12/rules/payload-keywords.html
 * @see https://docs.suricata.io/en/suricata-7.0.12/rules/meta.html
 */
const ACTIONS = new Set("alert pass drop reject rejectsrc rejectdst rejectboth".split(" "));
const PROTOCOLS = new Set("tcp udp icmp ip http tls smb dns ftp ssh".split(" "));
/** Sticky buffers and the protocols that have them. */
const STICKY: Readonly<Record<string, readonly string[]>> = {
  "http.user_agent": ["http"],
  "http.uri": ["http"],
  "http.host": ["http"],
  "http.method": ["http"],
  "tls.sni": ["tls"],
};
const MODIFIERS = new Set(["nocase", "startswith", "endswith"]);
const VARIABLES = new Set("$HOME_NET $EXTERNAL_NET $HTTP_SERVERS $SMTP_SERVERS $DNS_SERVERS".split(" "));

function fail(line: number, what: string): never {
  throw new Error(`line ${line}: ${what}`);
}

function checkAddress(text: string, line: number): void {
  const plain = text.replace(/^!/, "");
  if (plain === "any" || VARIABLES.has(plain)) return;
  for (const one of plain.replace(/^\[(.*)\]$/, "$1").split(",")) {
    const octets = /^!?(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(one.trim());
    if (!octets) fail(line, `the address ${one}`);
    if (octets.slice(1, 5).some((octet) => Number(octet) > 255) || Number(octets[5] ?? 0) > 32)
      fail(line, `the address ${one}`);
  }
}

function checkPort(text: string, line: number): void {
  if (text === "any") return;
  for (const one of text.replace(/^!?\[(.*)\]$/, "$1").split(",")) {
    const range = /^!?(\d{1,5})(?::(\d{1,5})?)?$/.exec(one.trim());
    if (!range) fail(line, `the port ${one}`);
    const [low, high] = [Number(range[1]), Number(range[2] ?? 65535)];
    if (low > 65_535 || high > 65_535 || low > high) fail(line, `the port ${one}`);
  }
}

/** Options as `keyword` or `keyword:value`, each ended by a semicolon that is neither escaped nor in quotes. */
function optionsOf(body: string, line: number): readonly (readonly [string, string | undefined])[] {
  const options: (readonly [string, string | undefined])[] = [];
  let at = 0;
  while (at < body.length) {
    const name = /^ ?([a-z][a-z0-9_.]*)/.exec(body.slice(at));
    if (!name) fail(line, `an option at “${body.slice(at, at + 20)}”`);
    at += name[0].length;
    if (body[at] === ";") {
      options.push([name[1] ?? "", undefined]);
      at++;
      continue;
    }
    if (body[at] !== ":") fail(line, `“:” or “;” behind ${name[1]}`);
    let value = "";
    let isQuoted = false;
    for (at++; at < body.length; at++) {
      const letter = body.charAt(at);
      if (letter === "\\") value += letter + body.charAt(++at);
      else if (letter === ";" && !isQuoted) break;
      else if (letter === ";") fail(line, "a semicolon in quotes must be escaped");
      else {
        if (letter === '"') isQuoted = !isQuoted;
        value += letter;
      }
    }
    if (body[at] !== ";" || isQuoted) fail(line, `${name[1]} does not end`);
    options.push([name[1] ?? "", value]);
    at++;
  }
  return options;
}

function checkContent(value: string, line: number): void {
  const body = /^"(.+)"$/.exec(value)?.[1];
  if (body === undefined) fail(line, "content is a text in quotes");
  if (/[^ -~]/.test(body)) fail(line, "content has a character that must be bytes between bars");
  const parts = body.split("|");
  if (parts.length % 2 === 0) fail(line, "bars come in pairs");
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 1) {
      if (!/^[0-9a-fA-F]{2}(?: [0-9a-fA-F]{2})*$/.test(part)) fail(line, `the bytes ${part}`);
    } else if (/\\[^\\;":]|[":;]|\\$/.test(part.replace(/\\[\\;":]/g, ""))) fail(line, `the content ${part}`);
  }
}

function checkOptions(protocol: string, body: string, line: number, sids: Set<string>): void {
  let buffer: string | undefined;
  let content: string | undefined;
  let isFilled = true;
  const seen = new Set<string>();
  for (const [name, value] of optionsOf(body, line)) {
    if (/^(?:msg|sid|rev|flow|metadata|classtype)$/.test(name) && seen.has(name)) fail(line, `${name} comes twice`);
    seen.add(name);
    if (name in STICKY) {
      if (value !== undefined) fail(line, `${name} takes no value`);
      if (!STICKY[name]?.includes(protocol)) fail(line, `${name} is not of ${protocol}`);
      if (!isFilled) fail(line, `${buffer} has no content`);
      [buffer, content, isFilled] = [name, undefined, false];
    } else if (name === "dotprefix") {
      if (value !== undefined || buffer === undefined || content !== undefined)
        fail(line, "dotprefix stands behind a buffer");
    } else if (name === "content") {
      if (value === undefined || buffer === undefined) fail(line, "content without a buffer or a value");
      checkContent(value, line);
      [content, isFilled] = [value, true];
    } else if (MODIFIERS.has(name)) {
      if (value !== undefined || content === undefined) fail(line, `${name} stands behind a content`);
    } else if (name === "msg") {
      const text = /^"((?:[^"\\]|\\.)*)"$/.exec(value ?? "")?.[1];
      if (
        text === undefined ||
        /\\[^\\;":]|[^\\]:|[\0-\x1f]/.test(text.replace(/\\[\\;":]/g, "")) ||
        (text.includes(";") && !/\\;/.test(text))
      )
        fail(line, `the message ${value}`);
    } else if (name === "flow") {
      if (!value?.split(",").every((one) => /^(?:established|to_server|to_client|stateless)$/.test(one.trim())))
        fail(line, `flow:${value}`);
    } else if (name === "sid") {
      if (!/^[1-9]\d{0,9}$/.test(value ?? "") || sids.has(value ?? "")) fail(line, `the sid ${value}`);
      sids.add(value ?? "");
    } else if (name === "rev") {
      if (!/^[1-9]\d{0,4}$/.test(value ?? "")) fail(line, `the rev ${value}`);
    } else if (name === "metadata") {
      if (!/^\w+ \w+(?:, ?\w+ \w+)*$/.test(value ?? "")) fail(line, `metadata:${value}`);
    } else fail(line, `the keyword ${name}`);
  }
  if (!isFilled) fail(line, `${buffer} has no content`);
  for (const needed of ["msg", "sid", "rev"]) if (!seen.has(needed)) fail(line, `${needed} is missing`);
}

/** Reads a file of rules. @throws Error with the line where the documentation would not have it so */
export function parseSuricata(text: string): number {
  const sids = new Set<string>();
  let rules = 0;
  for (const [at, raw] of text.split("\n").entries()) {
    const line = at + 1;
    if (raw.trim() === "" || raw.startsWith("#")) continue;
    const found = /^(\w+) (\w+) (\S+) (\S+) (->|<>) (\S+) (\S+) \((.*)\)$/.exec(raw);
    if (!found) fail(line, "no rule: action protocol source port -> destination port (options)");
    const [, action = "", protocol = "", source = "", from = "", , destination = "", to = "", body = ""] = found;
    if (!ACTIONS.has(action)) fail(line, `the action ${action}`);
    if (!PROTOCOLS.has(protocol)) fail(line, `the protocol ${protocol}`);
    checkAddress(source, line);
    checkAddress(destination, line);
    checkPort(from, line);
    checkPort(to, line);
    checkOptions(protocol, body, line, sids);
    rules++;
  }
  if (rules === 0) fail(1, "there is no rule");
  return rules;
}
