import type { Dice } from "../../test/fuzz/random.ts";

/** Writes an argument vector as text of a POSIX shell that passes exactly this vector on; undefined where the trick has no place. */
export type ShellRewrite = (argv: readonly string[], dice: Dice) => string | undefined;

const plainWord = (text: string) => /^[\w./:@%+=,-]+$/.test(text);
const quoted = (text: string) => (plainWord(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
export const lineOf = (argv: readonly string[]) => argv.map(quoted).join(" ");

const double = (text: string) => `"${text.replace(/[\\"$`]/g, "\\$&")}"`;
const hex = (text: string) => [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("");
const octal = (text: string) => [...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Each word written by `write`, the ones that it passes over quoted plainly. */
const each = (argv: readonly string[], write: (word: string, index: number) => string | undefined) =>
  argv.map((word, i) => write(word, i) ?? quoted(word)).join(" ");

const splitAt = (text: string, dice: Dice) => {
  const at = 1 + dice.below(Math.max(1, text.length - 1));
  return [text.slice(0, at), text.slice(at)] as const;
};

const breaksUp = (text: string) => text.length > 1 && plainWord(text);

/** Ways in which a shell's text hides what it runs, all of which the shell takes off before the program starts. */
export const SHELL_FORMS: Readonly<Record<string, ShellRewrite>> = {
  doubleQuotes: (argv) => argv.map(double).join(" "),
  ansiHex: (argv) => each(argv, (word) => `$'${hex(word)}'`),
  ansiOctal: (argv) => each(argv, (word) => `$'${octal(word)}'`),
  emptyQuotes: (argv, dice) =>
    each(argv, (word) =>
      breaksUp(word) ? splitAt(word, dice).join(dice.pick(["''", '""', "$@", "\\\n"])) : undefined,
    ),
  innerQuotes: (argv, dice) =>
    each(argv, (word) => {
      if (!breaksUp(word)) return undefined;
      const [head, tail] = splitAt(word, dice);
      return dice.pick([`'${head}'${tail}`, `${head}"${tail}"`]);
    }),
  backslashes: (argv) =>
    each(argv, (word) => (plainWord(word) ? [...word].map((c) => (/\w/.test(c) ? `\\${c}` : c)).join("") : undefined)),
  ifs: (argv, dice) => argv.map(quoted).join(dice.pick([`\${IFS}`, "$IFS$9", `\${IFS%??}`])),
  braces: (argv) =>
    argv.length > 1 && argv.every((word) => /^[\w./:@%+=-]+$/.test(word)) ? `{${argv.join(",")}}` : undefined,
  variable: ([program = "", ...args], dice) => {
    const [head, tail] = splitAt(program, dice);
    if (!breaksUp(program)) return undefined;
    return `a=${quoted(head)}; b=${quoted(tail)}; ${dice.pick(["$a$b", `\${a}\${b}`, '"$a"$b', `\${a:-x}\${b:=y}`])} ${lineOf(args)}`;
  },
  substitution: ([program = "", ...args], dice) =>
    `${dice.pick([`$(echo ${quoted(program)})`, `\`printf %s ${quoted(program)}\``, `$(printf '${octal(program)}')`, `$(echo ${base64(program)} | base64 -d)`, `$(rev <<< ${quoted([...program].reverse().join(""))})`])} ${lineOf(args)}`,
  evaluated: (argv) => `eval ${quoted(lineOf(argv))}`,
  shellC: (argv, dice) =>
    `${dice.pick(["sh -c", "bash -c", "/bin/dash -ec", "bash --norc -c", "busybox sh -c"])} ${quoted(lineOf(argv))}`,
  hereString: (argv) => `bash <<< ${quoted(lineOf(argv))}`,
  hereDocument: (argv) => `sh <<'EOF'\n${lineOf(argv)}\nEOF\n`,
  piped: (argv, dice) =>
    `${lineOf(argv).includes("\\") ? "printf %s" : dice.pick(["echo", "printf %s", "echo -n"])} ${quoted(lineOf(argv))} | ${dice.pick(["sh", "bash -s", "/bin/sh"])}`,
  encoded: (argv, dice) =>
    `echo ${base64(lineOf(argv))} | ${dice.pick(["base64 -d", "base64 --decode", "openssl base64 -d -A"])} | sh`,
  grouped: (argv, dice) =>
    dice.pick([
      `(${lineOf(argv)})`,
      `{ ${lineOf(argv)}; }`,
      `if true; then ${lineOf(argv)}; fi`,
      `for x in 1; do ${lineOf(argv)}; done`,
      `f() { ${lineOf(argv)}; }; f`,
    ]),
  background: (argv, dice) => `${lineOf(argv)}${dice.pick([" &", " >/dev/null 2>&1 &", " &>/dev/null", " || true"])}`,
};

type Wrap = (argv: readonly string[], dice: Dice) => readonly string[];

/** Programs that only hand on to another one. */
export const WRAPPERS: Readonly<Record<string, Wrap>> = {
  env: (argv, dice) => [
    ...dice.pick([
      ["env"],
      ["env", "-i", "A=1"],
      ["/usr/bin/env", "--unset=X", "B=2"],
      ["env", "-u", "X", "-C", "/srv"],
    ]),
    ...argv,
  ],
  nice: (argv, dice) => [
    ...dice.pick([
      ["nice"],
      ["nice", "-n", "5"],
      ["nice", "-n5"],
      ["nice", "--adjustment=3"],
      ["ionice", "-c2", "-n", "7"],
    ]),
    ...argv,
  ],
  timeout: (argv, dice) => [
    ...dice.pick([
      ["timeout", "30"],
      ["timeout", "-s", "KILL", "5m"],
      ["timeout", "--preserve-status", "-k", "1", "10"],
    ]),
    ...argv,
  ],
  sudo: (argv, dice) => [
    ...dice.pick([
      ["sudo"],
      ["sudo", "-u", "root", "-H"],
      ["sudo", "-n", "--"],
      ["sudo", "A=1"],
      ["doas", "-u", "root"],
    ]),
    ...argv,
  ],
  session: (argv, dice) => [
    ...dice.pick([
      ["nohup"],
      ["setsid", "-f"],
      ["stdbuf", "-oL"],
      ["setarch", "x86_64", "-R"],
      ["chroot", "/srv/root"],
      ["unshare", "-r"],
      ["taskset", "-c", "0"],
      ["time", "-p"],
      ["flock", "/tmp/l"],
    ]),
    ...argv,
  ],
  find: (argv, dice) => [
    "find",
    dice.pick([".", "/etc"]),
    "-maxdepth",
    "0",
    dice.pick(["-exec", "-execdir", "-ok"]),
    ...argv,
    ";",
  ],
  xargs: (argv) => ["xargs", "-r", "-n1", ...argv],
  shell: (argv, dice) => [dice.pick(["sh", "bash", "/bin/dash", "zsh"]), "-c", lineOf(argv)],
  script: (argv) => ["script", "-qc", lineOf(argv), "/tmp/typescript"],
  watch: (argv) => ["watch", "-n", "5", lineOf(argv)],
  su: (argv) => ["su", "-", "-c", lineOf(argv)],
  busybox: (argv) => ["busybox", "sh", "-c", lineOf(argv)],
  chain: (argv) => ["sudo", "env", "X=1", "nice", "find", ".", "-exec", "sh", "-c", lineOf(argv), ";"],
};
