/**
 * Escapers for the languages that policies are written in. Names come from logs, and whoever is watched chooses them: none is written
 * any other way. What a language cannot say becomes U+FFFD, or makes the writer leave the rule out.
 */

/** Characters that XML 1.0 has no way to say, lone surrogates included. */
const NOT_IN_XML =
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** For attribute values and text; line ends are kept. */
export function xml(text: string): string {
  return text
    .replace(NOT_IN_XML, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;")
    .replaceAll("\t", "&#9;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;");
}

/** A string of PowerShell. In single quotes nothing is expanded; all quotes that PowerShell takes for single ones are doubled. */
export function powershell(text: string): string {
  return `'${noControls(text).replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
}

/** A string of a .reg file. */
export function reg(text: string): string {
  return `"${noControls(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** A word for cmd and netsh: characters that either would act on are left out, a file name cannot have them anyway or seldom does. */
export function cmdWord(text: string): string | undefined {
  return /["%!^&|<>\0-\x1f\x7f\x85\u2028\u2029]/.test(text) ? undefined : `"${text}"`;
}

/** A word for a POSIX shell. In single quotes nothing is expanded. */
export function shell(text: string): string {
  return `'${noControls(text).replaceAll("'", "'\\''")}'`;
}

/** A path in sudoers, where a backslash takes these signs, and no others, their meaning; undefined for what such a file cannot hold. */
export function sudoers(path: string): string | undefined {
  return /^\/[ !#-)+->@-Z^-~]*$/.test(path) && !/(?:\/(?:sudoedit)?| )$/.test(path)
    ? path.replace(/[ ,:=#]/g, "\\$&")
    : undefined;
}

/** A path in an AppArmor profile: in quotes, with the signs of its patterns escaped; undefined for what it cannot hold. */
export function apparmor(path: string): string | undefined {
  // A backslash at the end would take the closing quote with it; blanks and slashes side by side are read as one.
  return /^\/[ -[\]-~]*$/.test(path) && !/@\{| {2}|\/\//.test(path)
    ? `"${path.replace(/["*?[\]{}^]/g, "\\$&")}"`
    : undefined;
}

/** A string of nftables: it has no escapes, so quotes go, and the kernel takes 127 bytes. */
export function nftables(text: string): string {
  const plain = oneLine(text).replace(/[^ -~]|["\\]/g, "_");
  return `"${plain.slice(0, 120)}"`;
}

/** A text of a Suricata rule: what has a meaning there is escaped or, in `content`, written as bytes between bars. */
export function suricata(text: string): string {
  return `"${oneLine(text).replace(/[\\";:]/g, "\\$&")}"`;
}

export function suricataContent(text: string): string {
  const bytes = (chars: string) =>
    `|${Buffer.from(chars, "utf8")
      .toString("hex")
      .replace(/..(?=.)/g, "$& ")}|`;
  return `"${text.replace(/(?:[^ -~]|[";:|\\])+/g, bytes)}"`;
}

/** A comment of one line, whatever the language's comment sign is. */
export function oneLine(text: string): string {
  return text.replace(/[\0-\x1f\x7f\x85\u2028\u2029]+/g, " ");
}

function noControls(text: string): string {
  return text.replace(/[\0-\x1f\x7f\x85\u2028\u2029]/g, "\ufffd");
}
