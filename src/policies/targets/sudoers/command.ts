import { splitEscaped } from "../../languages/lines.ts";
import type { FilePattern } from "../../model.ts";

const TAG = /^(NO)?(EXEC|FOLLOW|INTERCEPT|LOG_INPUT|LOG_OUTPUT|MAIL|PASSWD|SETENV):\s*/;
const OPTION =
  /^(APPARMOR_PROFILE|CHROOT|CWD|LIMITPRIVS|NOTAFTER|NOTBEFORE|PRIVS|ROLE|TIMEOUT|TYPE)\s*=\s*(?:"[^"]*"|\S+)\s+/;
const DIGESTS = /^sha(?:224|256|384|512):[\w+/=]+\s+/;

const plain = (text: string) => text.replace(/\\(.)/g, "$1");

/** A command as the model names programs; `beyond` for what no log answers, undefined for what is no command. */
export function patternOf(command: string): FilePattern | undefined {
  if (command === "ALL") return {};
  const digest = DIGESTS.exec(command)?.[0] ?? "";
  const [path = "", ...args] = splitEscaped(command.slice(digest.length), /\s/);
  if (path.startsWith("^") && path.endsWith("$")) return { beyond: "the expression is not compared" };
  if (!path.startsWith("/")) return undefined;
  // What is escaped is no pattern.
  const isSet = /(?:^|[^\\])(?:\\\\)*[[\]]/.test(path);
  const beyond = isSet
    ? "the pattern is not compared"
    : args.length > 0
      ? "the arguments that sudo asks for are not compared"
      : digest === ""
        ? undefined
        : "the digest is not compared";
  // A folder means the files in it, and none of folders below.
  const whole = plain(path) + (path.endsWith("/") ? "*" : "");
  return { path: whole, ...(/[*?]/.test(whole) && { inFolder: true }), ...(beyond !== undefined && { beyond }) };
}

/** What stands in front of a command holds for those behind it in the same list, too. */
export interface Manner {
  /** Whether what it starts is kept from starting others; undefined where no tag says. */
  readonly noexec?: boolean;
  readonly intercept?: boolean;
  /** An option that no log answers. */
  readonly beyond?: string;
}

/** Takes options and tags from the front of a command. */
export function mannerOf(text: string, before: Manner): readonly [string, Manner] {
  let manner = before;
  let rest = text.replace(/^\([^)]*\)\s*/, "");
  for (;;) {
    const tag = TAG.exec(rest);
    const option = tag ? undefined : OPTION.exec(rest);
    const [whole] = tag ?? option ?? [];
    if (whole === undefined) return [rest, manner];
    rest = rest.slice(whole.length);
    if (tag?.[2] === "EXEC") manner = { ...manner, noexec: tag[1] === "NO" };
    if (tag?.[2] === "INTERCEPT") manner = { ...manner, intercept: tag[1] !== "NO" };
    if (option && /^(?:CHROOT|NOT)/.test(option[1] ?? ""))
      manner = { ...manner, beyond: `${option[1]} is not compared` };
  }
}
