// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are shell text
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseShell } from "./shell.ts";

const argvs = (text: string, env?: Record<string, string>) =>
  parseShell(text, env ? { env } : {}).map(({ argv }) => argv);
const last = (text: string) => parseShell(text).at(-1)!;

describe("words", () => {
  const cases: readonly [text: string, argv: readonly string[]][] = [
    ["ls -la", ["ls", "-la"]],
    ["a'b c'd\"e f\"g\\ h", ["ab cde fg h"]],
    ["echo '' \"\" x", ["echo", "", "", "x"]],
    ["echo 'it'\\''s'", ["echo", "it's"]],
    ["$'\\x2fbin\\057ls' $'a\\tb\\u00e9'", ["/bin/ls", "a\tb\u00e9"]],
    ['$"two words"', ["two words"]],
    ['echo "a\\$b\\q\\"" a\\\nb', ["echo", 'a$b\\q"', "ab"]],
    ["echo hi # not this", ["echo", "hi"]],
    ["echo a#b", ["echo", "a#b"]],
    ["{cat,/etc/x}", ["cat", "/etc/x"]],
    [
      "echo a{b,c{d,e}}f {1..3} {c..a} {x} '{a,b}'",
      ["echo", "abf", "acdf", "acef", "1", "2", "3", "c", "b", "a", "{x}", "{a,b}"],
    ],
    ["cat$IFS/etc/x", ["cat", "/etc/x"]],
    ["cat${IFS}$9/etc/x", ["cat", "/etc/x"]],
    ["cat$IFS$9/etc/x", ["cat", "/etc/x"]],
    ["wh$@oami w$*ho", ["whoami", "who"]],
    ["${PATH:0:1}bin${HOME:0:1}sh", ["/bin/sh"]],
    ["echo $((2*(3+4)-1)) $((0x10))", ["echo", "13", "16"]],
    ["$(echo id) -u", ["id", "-u"]],
    ["`printf %s%s who ami`", ["whoami"]],
    ['"$(echo a b)"', ["a b"]],
    ["a\u00e9b", ["a\u00e9b"]],
    ["/???/b??h -c id", ["/bin/bash", "-c", "id"]],
    [
      "cat /e[t]c/s?adow '/etc/pas?wd' /tmp/?.log /etc/pass*",
      ["cat", "/etc/shadow", "/etc/pas?wd", "/tmp/?.log", "/etc/pass*"],
    ],
  ];
  it.each(cases)("%s", (text, argv) => {
    expect(parseShell(text)[0]?.argv).toEqual(argv);
    expect(parseShell(text)[0]?.literal).toBe(true);
  });

  it.each([
    ["echo $1", ["echo", "$1"]],
    ["echo ${HOME}/x", ["echo", "${HOME}/x"]],
    ['x "$(curl u)"', ["x", "$(curl u)"]],
    ["x <(id)", ["x", "<(id)"]],
    ["read a; $a", ["$a"]],
    ["cp $src/a x$n.d", ["cp", "$src/a", "x$n.d"]],
    ["c${n}url -${q#x}o f", ["curl", "-o", "f"]],
  ])("%s keeps what is not known", (text, argv) => {
    const command = parseShell(text).find(({ literal }) => !literal);
    expect(command?.argv).toEqual(argv);
  });
});

describe("variables", () => {
  const cases: readonly [text: string, argv: readonly string[]][] = [
    ["X=sh; $X -c id", ["sh", "-c", "id"]],
    ["a=who b=ami; $a$b", ["whoami"]],
    ["X='a b'; e $X \"$X\"", ["e", "a", "b", "a b"]],
    [
      "x=abcdef; e ${x:1:2} ${x: -2} ${x//b/Z} ${x/c} ${#x} ${x^^}",
      ["e", "bc", "ef", "aZcdef", "abdef", "6", "ABCDEF"],
    ],
    [
      "x=a.b.c; e ${x#*.} ${x##*.} ${x%.*} ${x%%.*} ${x/#a/z} ${x/%c/z}",
      ["e", "b.c", "c", "a.b", "a", "z.b.c", "a.b.z"],
    ],
    ["x=; e ${x:-d} ${x:+n}y ${x-u}z", ["e", "d", "y", "z"]],
    ["x=y; y=sh; ${!x}", ["sh"]],
    ['a=(id ls); ${a[1]} "${a[@]}" ${#a[@]}', ["ls", "id", "ls", "2"]],
    ["IFS=,; X=cat,/etc/x; $X", ["cat", "/etc/x"]],
    ["export X=sh; $X", ["sh"]],
    ["x=a; x+=b; $x", ["ab"]],
    ["set -- sh -c; $1 $2", ["sh", "-c"]],
    ["for i in sh; do $i; done", ["sh"]],
    ["x=$(echo sh); $x", ["sh"]],
    ["printf -v x '\\x73%s' h; $x", ["sh"]],
    ['declare -a c; c[1]=-c; c[0]=sh; "${c[@]}" id', ["sh", "-c", "id"]],
    ["c=(a b); c[1]=$(curl u); e ${c[0]}", ["e", "${c[0]}"]],
    ["c[100000000]=x; e ${c[0]}", ["e", "${c[0]}"]],
    ["alias z='sh -c'\nz id", ["sh", "-c", "id"]],
    ["alias ls='ls -l'\nls x", ["ls", "x"]],
    ["eval -- 'sh -c id'", ["sh", "-c", "id"]],
    [". /dev/stdin <<< 'sh -c id'", ["sh", "-c", "id"]],
    ["source <(echo sh -c id)", ["sh", "-c", "id"]],
    ["x=$(cut -c3- <<< zzsh) y=$(head -c2 <<< -czz) z=$(tail -n +2 <<< $'a\\nb'); $x $y $z", ["sh", "-c", "b"]],
    [
      "x=$(sed s/@//g <<< s@h) y=$(awk '{print $2}' <<< 'a -c b') z=$(cut -d: -f2- <<< a:b:c); $x $y $z",
      ["sh", "-c", "b:c"],
    ],
    ["x=$(basename /bin/sh .x) y=$(dirname /a/b/); $x $y", ["sh", "/a"]],
    ["read -r x y <<< 'sh -c id'; $x $y", ["sh", "-c", "id"]],
    ["IFS=: read -p q x y <<< sh:-c:id; $x $y", ["sh", "-c:id"]],
    ["read -ra x <<< 'sh -c id'; ${x[@]}", ["sh", "-c", "id"]],
    ["IFS= read -r -d '' x <<< $'a\nb'; eval \"$x\"", ["b"]],
    ["read x; $x", ["$x"]],
    ["read x < <(echo sh); $x", ["sh"]],
    ["echo sh | { read x; read y; $x $y; }", ["sh"]],
    ["echo id | while read x; do $x; done", ["id"]],
  ];
  it.each(cases)("%s", (text, argv) => expect(last(text).argv).toEqual(argv));

  it("keeps subshells and substitutions from changing variables outside", () => {
    expect(last("x=a; (x=b); $x").argv).toEqual(["a"]);
    expect(last("x=a; echo $(x=b); $x").argv).toEqual(["a"]);
    expect(last("x=a; { x=b; }; $x").argv).toEqual(["b"]);
  });

  it("takes known variables from the caller", () => {
    expect(argvs("$CMD $0 $1 $2", { CMD: "ls", 0: "sh", 1: "one" })).toEqual([["ls", "sh", "one"]]);
  });

  it("does not let a prefix assignment reach the words of its own command", () => {
    const [command] = parseShell("X=1 cmd $X");
    expect(command).toMatchObject({ argv: ["cmd", "$X"], assignments: { X: "1" }, literal: false });
    expect(Object.keys(last("__proto__=x cmd").assignments)).toEqual(["__proto__"]);
  });
});

describe("structure", () => {
  const cases: readonly [text: string, argvs: readonly (readonly string[])[]][] = [
    ["a; b && c || d & e", [["a"], ["b"], ["c"], ["d"], ["e"]]],
    ["a\n\nb\r\nc", [["a"], ["b"], ["c"]]],
    ["if a; then b; elif c; then d; else e; fi; f", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"]]],
    ["while a; do b; done; until c; do d; done", [["a"], ["b"], ["c"], ["d"]]],
    [
      "for i in x y; do e $i; done",
      [
        ["e", "x"],
        ["e", "y"],
      ],
    ],
    ["for i in $u; do e $i; done", [["e", "$i"]]],
    ["while read i; do $i; done <<< $'a b\nc'", [["read", "i"], ["a", "b"], ["read", "i"], ["c"]]],
    ["cat x | while read i; do $i; done", [["cat", "x"], ["read", "i"], ["$i"]]],
    ["for ((i=0;i<9;i++)); do e; done", [["e"]]],
    ["case $1 in (a|b) c;; *) d ;; esac; e", [["c"], ["d"], ["e"]]],
    ["echo $(case x in x) a;; esac) b", [["echo", "$(case x in x) a;; esac)", "b"], ["a"]]],
    ["( a; { b; } )", [["a"], ["b"]]],
    ["! a", [["a"]]],
    ["time -p a; time { b; }", [["time", "-p", "a"], ["b"]]],
    ["coproc a", [["a"]]],
    [
      "f() { e $1; }; f x",
      [
        ["f", "x"],
        ["e", "x"],
      ],
    ],
    ["function f { e; }", [["e"]]],
    [":(){ :|:& };:", [[":"], [":"], [":"]]],
    ["eval 'a; b'", [["eval", "a; b"], ["a"], ["b"]]],
    ["trap 'a' EXIT", [["trap", "a", "EXIT"], ["a"]]],
    ["[[ -f x && y < z ]] && a", [["[[", "-f", "x", "&&", "y", "<", "z", "]]"], ["a"]]],
    ["a | b |& c", [["a"], ["b"], ["c"]]],
    ["if a; then", [["a"]]],
    ["a ) b", [["a"], ["b"]]],
    ["", []],
  ];
  it.each(cases)("%s", (text, expected) => expect(argvs(text)).toEqual(expected));

  it("says how commands are joined and nested", () => {
    const script = parseShell('a && b "$(c | d)" <(e); f');
    expect(script.map(({ op, depth, parent }) => [op, depth, parent])).toEqual([
      ["", 0, undefined],
      ["&&", 0, undefined],
      ["$(", 1, 1],
      ["|", 1, 1],
      ["<(", 1, 1],
      [";", 0, undefined],
    ]);
    expect(script[1]?.raw).toBe('b "$(c | d)" <(e)');
  });

  it("lists redirections, also those of groups", () => {
    expect(last("a 2>&1 >|o <>t &>>l").redirects).toEqual([
      { fd: 2, op: ">&", target: "1" },
      { op: ">|", target: "o" },
      { op: "<>", target: "t" },
      { op: "&>>", target: "l" },
    ]);
    expect(last("{ a; } 5>f")).toMatchObject({ redirects: [{ fd: 5, op: ">", target: "f" }] });
    expect(last("> f")).toMatchObject({ argv: [], redirects: [{ op: ">", target: "f" }] });
  });
});

describe("standard input", () => {
  const cases: readonly [text: string, stdin: object | undefined][] = [
    ["echo id | sh <&3", { kind: "other" }],
    ["echo id | sh 0<&2 1>&2", { kind: "other" }],
    ["echo id | sh </dev/tty", { kind: "other" }],
    ["echo id | sh", { kind: "text", text: "id\n", from: 0 }],
    ["echo -n id | sh", { kind: "text", text: "id", from: 0 }],
    ["echo -e '\\x69\\0144' | sh", { kind: "text", text: "id\n", from: 0 }],
    ["printf '%s %s\\n' a b c | sh", { kind: "text", text: "a b\nc \n", from: 0 }],
    ["printf '%d%%%c%03x\\151' 7 xyz 15 | sh", { kind: "text", text: "7%x00fi", from: 0 }],
    ["echo aWQ= | base64 -d | sh", { kind: "text", text: "id", from: 1 }],
    ["base64 --decode <<< aWQ= | sh", { kind: "text", text: "id", from: 0 }],
    ["base32 -d <<< NFSA==== | sh", { kind: "text", text: "id", from: 0 }],
    ["openssl base64 -d <<< aWQ= | sh", { kind: "text", text: "id", from: 0 }],
    ["echo 6964 | xxd -r -p | sh", { kind: "text", text: "id", from: 1 }],
    ["echo di | rev | sh", { kind: "text", text: "id\n", from: 1 }],
    [`base64 -d <<< ${gzipSync("id ü").toString("base64")} | gunzip -c | sh`, { kind: "text", text: "id ü", from: 1 }],
    [`echo ${gzipSync("id").toString("hex")} | xxd -r -p | gzip -dc | sh`, { kind: "text", text: "id", from: 2 }],
    ["echo id | gzip -c | sh", { kind: "pipe", from: 1 }],
    ["echo id | gunzip | sh", { kind: "pipe", from: 1 }],
    ["echo VQ | tr A-Z N-ZA-M | sh", { kind: "text", text: "ID\n", from: 1 }],
    ["echo i-d | tr -d - | sh", { kind: "text", text: "id\n", from: 1 }],
    ["(echo a; echo b) | sh", { kind: "text", text: "a\nb\n", from: 1 }],
    ["cat <<'E' | sh\na $b\nE", { kind: "text", text: "a $b\n", from: 0 }],
    ["sh <<-E\n\ta\n\tE", { kind: "text", text: "a\n" }],
    ["sh <<< id", { kind: "text", text: "id\n" }],
    ["sh < f", { kind: "file", path: "f" }],
    ["curl u | sh", { kind: "pipe", from: 0 }],
    ["curl u | (sleep 1; sh)", { kind: "pipe", from: 0 }],
    ["echo x > o | sh", { kind: "text", text: "", from: 0 }],
    ["echo $x | sh", { kind: "pipe", from: 0 }],
    ["base64 -d file | sh", { kind: "pipe", from: 0 }],
    ["sh 3<<< id", undefined],
  ];
  it.each(cases)("%s", (text, stdin) => expect(last(text).stdin).toEqual(stdin));

  it("names the writer of a pipe, not the substitution in its words", () => {
    expect(parseShell("a $(b | c) | d").map(({ stdin }) => stdin)).toEqual([
      undefined,
      undefined,
      { kind: "pipe", from: 1 },
      { kind: "pipe", from: 0 },
    ]);
  });

  it("expands here-documents unless their delimiter is quoted", () => {
    const script = parseShell("x=1; sh <<E\n$x $(id) 'q'\nE\nafter");
    expect(script[1]?.stdin).toEqual({ kind: "text", text: "1 $(id) 'q'\n" });
    expect(script.map(({ argv }) => argv[0])).toEqual([undefined, "sh", "id", "after"]);
  });
});
