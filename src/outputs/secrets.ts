/** Where secrets stand in a text. Expressions are linear in time: bounded or single-class repetitions only. */

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value as a shell or Windows argument has it; the groups hold it without quotes. */
const VALUE = `(?:\\\\?"([^"\\\\]+)\\\\?"|'([^']+)'|([^\\s"'&|;,]+))`;

/** Words that name a secret, as part of an option, variable, header or key. */
const WORD =
  "(?:pass(?:word|wd|phrase|code)?|pwd|passw|pw|secret(?:[_-]?(?:access)?[_-]?key)?|(?:api|access|account|auth|private|shared|storage)[_-]?(?:key|token)|token|credentials?|bearer|sas|sig(?:nature)?|client[_-]?secret|connection[_-]?string)";

/** Rules whose groups are the secrets; a rule with a lookbehind-free prefix is tried at each place once. */
const RULES: readonly RegExp[] = [
  // --password=x, -pw x, /pass:x, PASSWORD=x, "token": "x", ?sig=x
  new RegExp(`(?<![\\w])(?:[-/]{1,2})${WORD}(?:\\s*[=:]\\s*|\\s+)(?![-/]{1,2}[a-z])${VALUE}`, "gi"),
  new RegExp(`(?<![a-z0-9])(?:[a-z0-9]{1,24}[_-]){0,3}${WORD}["']?\\s{0,2}[=:]\\s{0,2}${VALUE}`, "gi"),
  // Compound option names: --db-password x, -AdminPassword x
  new RegExp(
    `(?<!\\S)[-/]{1,2}[a-z0-9_-]{0,24}(?:password|passwd|secret|token|apikey)\\s+(?![-/]{1,2}[a-z])${VALUE}`,
    "gi",
  ),
  // -u user:password, --user user:password (curl), -U user%password (smbclient)
  /(?<!\S)(?:-u|--user|--proxy-user|-U)[\s=]*["']?[^\s:"'%/\\]{1,128}[:%]([^\s"']+)/g,
  // scheme://user:password@host and scheme://token@host
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/"'@:?#]{0,128}:([^\s/"'@]+)@/gi,
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/([^\s/"'@:?#]{16,})@/gi,
  // Authorization: Bearer x; Cookie: x; X-Api-Key: x
  /\b(?:proxy-)?authorization\s?[:=]\s?["']?(?:(?:basic|bearer|digest|token|negotiate|ntlm)\s+)?([^\s"']{4,})/gi,
  /\b(?:bearer|basic)\s+([A-Za-z0-9+/_=.~-]{16,})/gi,
  /\b(?:set-)?cookie:\s?([^"']{4,})/gi,
  /\bx-(?:api|auth|amz)[a-z-]{0,24}(?:key|token):\s?([^\s"']{4,})/gi,
  // net use * \\host\share password /user:name; net user name password /add
  /\bnet1?(?:\.exe)?"?\s+use\s+(?:[a-z*]:?\s+)?["']?\\\\[^\s"']+["']?\s+(?![/*])["']?([^\s"'/]+)/gi,
  /\bnet1?(?:\.exe)?"?\s+use\s[^&|]{0,400}?\/user:(?:"[^"]+"|\S+)\s+(?!\/)["']?([^\s"'/]+)/gi,
  /\bnet1?(?:\.exe)?"?\s+user\s+(?:"[^"]+"|[^\s"'/]+)\s+(?![/*])["']?([^\s"']+)/gi,
  // ConvertTo-SecureString 'x' -AsPlainText; openssl pass:x
  /\bconvertto-securestring\s+(?:-string\s+)?(?:"([^"]+)"|'([^']+)'|([^\s"'-]\S*))/gi,
  /\bpass:([^\s"']+)/g,
  // Programs with a letter of their own: ldapsearch -w x, redis-cli -a x
  /\bldap(?:search|modify|add|delete|whoami)\s[^|&;]{0,400}?-w\s+["']?([^\s"']+)/g,
  /\bredis-cli\s[^|&;]{0,400}?-a\s+["']?([^\s"']+)/g,
  // Keys that tell what they are: AWS, GitHub, GitLab, Slack, Google, Stripe, JSON web tokens
  /\b((?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[0-9A-Z]{16})\b/g,
  /\b(gh[opsru]_[A-Za-z0-9]{20,255}|github_pat_\w{20,255}|glpat-[\w-]{16,64}|xox[abeoprs]-[\w-]{10,128})/g,
  /\b(AIza[\w-]{35}|[sr]k_(?:live|test)_[A-Za-z0-9]{16,128}|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.?[\w-]*)/g,
];

/** Programs that take a password after -p, -P, /p; with an attached value where `glued`. */
const PASSWORD_P =
  /(?:^|[\\/"'\s;&|])(psexec(?:64)?|paexec|sshpass|mysql(?:dump|admin|import|show)?|mariadb(?:-dump)?|7za?|7zr|rar|winrs|schtasks|wmic|docker|podman|evil-winrm|crackmapexec|nxc|netexec|sqlcmd|osql|bcp|unzip|zip|mongo(?:sh|dump|export|restore)?|ldapsearch|redis-cli|xfreerdp|cmdkey|vncviewer)(?:\.exe)?(?=["'\s])/i;
const P_NEXT = /(?<!\S)(?:[-/][pP]|\/rp)\s+(?![-/]{1,2}[a-z])(?:"([^"]+)"|'([^']+)'|([^\s"']+))/g;
const P_GLUED = /(?<!\S)-(?:p|hp|P)(?:"([^"]+)"|'([^']+)'|([^\s"']+))/g;

/** A user named beside it makes any -p a password; numbers are ports (`-p 8080:80/tcp`). */
const USER_BESIDE = /(?<!\S)(?:[-/]u(?:ser(?:name)?)?|\/ru|-l|--login|--user(?:name)?)(?:[\s:=]|$)/i;
const PORT = /^[\d.:-]+(?:\/(?:tcp|udp))?$/;

function collect(rule: RegExp, text: string, into: Span[], accept?: (value: string) => boolean): void {
  for (const match of text.matchAll(rule)) {
    const value = match.slice(1).find((group) => group !== undefined);
    if (value === undefined || value === "***" || accept?.(value) === false) continue;
    // The secret is the last thing that a rule matches, but for a quote or an `@`.
    const start = match.index + match[0].lastIndexOf(value);
    into.push({ start, end: start + value.length });
  }
}

/** The secrets in a text, in no particular order; spans may overlap. */
export function secretsIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const rule of RULES) collect(rule, text, spans);
  const program = PASSWORD_P.test(text);
  if (program || USER_BESIDE.test(text)) collect(P_NEXT, text, spans, (value) => !PORT.test(value));
  if (program) collect(P_GLUED, text, spans);
  return spans;
}
