// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are code
import { describe, expect, it } from "vitest";
import { brief } from "../../../test/support/brief.ts";
import { readCode } from "./code.ts";
import { findUrls } from "./urls.ts";

type Case = readonly [language: string, code: string, ...findings: readonly string[]];

const CASES: readonly Case[] = [
  ["awk", 'BEGIN {system("/bin/sh")}', "sh: /bin/sh"],
  [
    "awk",
    'function run(dir, name) { system(dir "/" name " -d") } BEGIN { run("/srv/drop", "worker") }',
    "sh: /srv/drop/worker -d",
  ],
  ["awk", 'function never(c) { system("id") } { print }', "sh: id"],
  ["awk", 'function a(c) { b(c) } function b(c) { a(c); system(c) } BEGIN { a("id") }', "sh: id"],
  ["awk", 'BEGIN { c = "id"; while (("ls " "-l") | getline x) print x; c | getline }', "sh: ls -l", "sh: id"],
  [
    "awk",
    '{ print $1 | "sort"; print "x" > "/tmp/o"; getline l < "/etc/x" }',
    "sh: sort",
    "writes document /tmp/o",
    "reads document /etc/x",
  ],
  ["awk", '$1 ~ /sy"stem(/ && a > "b" { print "system(1)" } # system("x")'],
  ["awk", '@load "x"; BEGIN { system("cat " $1) }', "runs library x", "sh: cat $1"],
  ["awk", 'BEGIN { print "id -u" | "sh"; print "x" | "sort" }', "sh: id -u", "sh: sort"],
  ["awk", 'BEGIN { printf "%c%s%%\\n", 105, "d" | "/bin/bash" }', "sh: id%"],
  ["awk", 'BEGIN { printf("%s %s", "a", "b") | "sh" }', "sh: a b"],
  ["awk", '{ print toupper($1) | "sh" }', "sh: sh"],
  ["awk", 'BEGIN { c = sprintf("%c%c", 105, 100); system(c); system(sprintf("ls %s", "-l")) }', "sh: id", "sh: ls -l"],
  ["awk", `BEGIN { system(${'sprintf("%s", '.repeat(3000)}"id"`, "sh: %s"],
  ["lua", 'os.execute(string.format("%s%c", "i", 100))', "sh: id"],
  ["awk", 'BEGIN { s = "/inet/tcp/0/h/80"; print "x" |& s }'],
  ["awk", 'BEGIN { system("\\x2f" substr("/tmp/a", 2) substr("xyz", 3, 1)) }', "sh: /tmp/az"],
  ["awk", `BEGIN { system(${"substr(".repeat(5000)}"id"`],
  ["sed", "1e exec sh 1>&0", "sh: exec sh 1>&0"],
  ["sed", ":a;N;1e id", "sh: id"],
  ["sed", "ta;1{b};e id", "sh: id"],
  ["sed", "s/x/y/p;\n\tt end;\n\td;\n\t:end q"],
  ["sed", "/e x/d;s|e ls|q|g;y/e/x/;p;# e z"],
  [
    "sed",
    "s/a/b/;s,.*,id\\,,2e;w /tmp/o\nr /etc/x\na e text\ne ls",
    "sh: id,",
    "writes document /tmp/o",
    "reads document /etc/x",
    "sh: ls",
  ],
  ["sed", "s/.*/&/e;s/x/y/w /dev/stdout"],
  ["vim", ":!/bin/sh", "sh: /bin/sh"],
  ["vim", ":set shell=/bin/sh | shell", "run: /bin/sh"],
  ["vim", ":terminal ++curwin /bin/sh -i", "run: /bin/sh|-i"],
  ["vim", ":py import os; os.system('a|b')", "sh: a|b"],
  ["vim", ":sil! r !ls | sort", "sh: ls | sort"],
  ["vim", ":call system('id') | echo '!x | y' | so /x.vim", "sh: id", "runs script /x.vim"],
  ["vim", "exe '!' . 'id'", "sh: id"],
  ["vim", ":lua os.execute('ls')\n:%w !tee x\nlet &shell='/bin/zsh'|sh", "sh: ls", "sh: tee x", "run: /bin/zsh"],
  ["vim", ":e /etc/x|w! /tmp/o", "reads document /etc/x", "writes document /tmp/o"],
  ["vim", ":normal! :!id\n:norm :!ls<CR>", "sh: id", "sh: ls"],
  ["vim", ':sh\n:q!\n:normal !x\n" :!y'],
  ["tcl", "set c /bin/sh; eval spawn $c -i", "run: /bin/sh|-i"],
  ["r", 'v <- "id"; system(v); w <<- paste0("l", "s"); system(w)', "sh: id", "sh: ls"],
  ["julia", 'run(Cmd(["/bin/sh", "-i"]))', "run: /bin/sh|-i"],
  ["julia", 'download("http://h/x", "/tmp/x")', "writes document /tmp/x", "fetches document http://h/x"],
  ["perl", 'exec(split / /, "/bin/sh -i")', "run: /bin/sh|-i"],
  ["mysql", "select 1; \\! id", "sh: id"],
  ["gdb", "!sh\nshell ls -l", "sh: sh", "sh: ls -l"],
  ["gdb", "python import os; os.execl('/bin/sh', 'sh', '-p')", "run: /bin/sh|-p"],
  ["gdb", 'call (void)system("id")\np "system"\nsource /tmp/x', "sh: id", "runs script /tmp/x"],
  ["gdb", "pipe info x | sort\ntarget remote | nc h 1", "sh: sort", "sh: nc h 1"],
  ["lldb", "platform shell id\nscript import os; os.system('ls')", "sh: id", "sh: ls"],
  ["lisp", '(term "/bin/sh")', "run: /bin/sh"],
  ["lisp", '(let ((c "id") (d "ls")) (shell-command c) (system d))', "sh: id", "sh: ls"],
  ["lisp", '(setq c "id") (shell-command (concat c " -u")) (c "x") (message c)', "sh: id -u"],
  [
    "lisp",
    '(progn (shell-command (concat "i" "d")) (call-process "ls" nil t nil "-l") (message "system"))',
    "sh: id",
    "run: ls|-l",
  ],
  [
    "lisp",
    '(make-process :name "x" :command \'("a" "b")) (load-file "/x.el") ; (system "y")',
    "run: a|b",
    "runs script /x.el",
  ],
  ["guile", '(system "id") (system* "ls" "-l") (execl "/bin/sh" "sh" "-p")', "sh: id", "run: ls|-l", "run: /bin/sh|-p"],
  ["clisp", '(ext:run-shell-command "id")(ext:exit)', "sh: id"],
  ["tcl", "spawn -noecho /bin/sh -i;interact", "run: /bin/sh|-i"],
  ["tcl", "set c id; set x [exec $c -u]; if 1 {exec ls >@stdout}; # exec y\nputs {exec z}", "run: id|-u", "run: ls"],
  [
    "tcl",
    'set f [open "|sh -c x" r]; source /x.tcl; load ./x.so',
    "run: sh|-c|x",
    "runs script /x.tcl",
    "runs library ./x.so",
  ],
  ["m4", "esyscmd(`id (x)') syscmd([ls])", "sh: id (x)", "sh: ls"],
  ["make", "C=id\nall: x ; $(C) $$x\ny:\n\t-@ls\nz != pwd", "sh: id $x", "sh: ls", "sh: pwd"],
  ["make", "$(if $(shell id),a) ${shell ls}", "sh: id", "sh: ls"],
  ["tex", "\\immediate\\write18{id {x}}\\end", "sh: id {x}"],
  [
    "tex",
    '\\input|"ls -l"|\\input{/etc/x}\\directlua{os.execute("id")}',
    "sh: id",
    "sh: ls -l",
    "reads document /etc/x",
  ],
  [
    "r",
    'system("id"); system2("ls", c("-l")); source("/x.R"); x <- "system(1)" # system("y")',
    "sh: id",
    "run: ls|-l",
    "runs script /x.R",
  ],
  ["octave", "system('id')\n!ls", "sh: ls", "sh: id"],
  ["gnuplot", "plot '< ls'; print `id`; load '/x.gp'; system 'w'", "sh: ls", "sh: id", "runs script /x.gp", "sh: w"],
  ["julia", "run(`sh -c 'a b'`); x = `decoy`; read(\"/etc/x\")", "run: sh|-c|a b", "reads document /etc/x"],
  ["haskell", 'System.Process.callCommand "id"', "sh: id"],
  ["haskell", 'System.Process.rawSystem "ls" ["-l"] >> putStrLn "x"', "run: ls|-l"],
  ["ocaml", 'Sys.command "id"', "sh: id"],
  ["erlang", 'os:cmd("id").', "sh: id"],
  ["elixir", 'System.cmd("ls", ["-l"]); :os.cmd("id")', "run: ls|-l", "sh: id"],
  ["prolog", "shell('id').", "sh: id"],
  [
    "sqlite",
    ".shell id\n.load /x\n.once |sort\n.output /tmp/o",
    "sh: id",
    "runs library /x",
    "sh: sort",
    "writes document /tmp/o",
  ],
  [
    "sqlite",
    "select load_extension('/x.so'), writefile('/o', 'x'), readfile('/i');",
    "runs library /x.so",
    "reads document /i",
    "writes document /o",
  ],
  ["mysql", "\\! id", "sh: id"],
  ["mysql", "select sys_exec('id -u')", "sh: id -u"],
  [
    "mysql",
    "system ls;\nsource /x.sql\nselect 'x' into outfile '/o'",
    "sh: ls",
    "runs script /x.sql",
    "writes document /o",
  ],
  ["psql", "COPY t FROM PROGRAM 'echo ''x''';", "sh: echo 'x'"],
  ["psql", "copy (select 'a; b') to '/srv/a.php'", "writes script /srv/a.php"],
  ["psql", "\\! id\n\\o |sort\n\\copy t to '/o'", "sh: id", "sh: sort", "writes document /o"],
  ["puppet", "exec { '/bin/id': }\nexec { 'name': command => 'ls -l' }", "sh: /bin/id", "sh: ls -l"],
  ["rpm", "%(id) %%(no) %{lua:os.execute('ls')}", "sh: id", "sh: ls"],
  ["bpftrace", 'BEGIN { system("id"); printf("system") }', "sh: id"],
  ["ed", "r !id\n!ls\nw /tmp/o\n1,2p", "sh: id", "sh: ls", "writes document /tmp/o"],
];

const FILES: readonly Case[] = [
  ["vim", ":redir! > /tmp/o | echo 1 | redir END", "writes document /tmp/o"],
  ["gdb", "dump binary value /tmp/o x", "writes document /tmp/o"],
  [
    "jrunscript",
    'new java.io.FileWriter("/tmp/o").write("x"); new java.io.FileReader("/i")',
    "writes document /tmp/o",
    "reads document /i",
  ],
  [
    "julia",
    'open(f -> read(f), "/i"); open(f -> write(f, "x"), "/o", "w"); run(`$x`)',
    "reads document /i",
    "writes document /o",
  ],
  ["make", "$(file >/tmp/o,$(file </i))$(file >/dev/stdout,x)", "writes document /tmp/o", "reads document /i"],
  ["puppet", 'file { "/tmp/o": content => "x" }', "writes document /tmp/o"],
  ["ruby", 'IO.copy_stream("/i", "/o")', "reads document /i", "writes document /o"],
  ["python", "urllib.request.urlopen('http://h.com')", "fetches document http://h.com"],
];

describe("small languages", () => {
  it.each([...CASES, ...FILES])("%s: %s", (language, code, ...findings) => {
    expect(readCode(language, code).map(brief)).toEqual(findings);
  });
});

describe("addresses", () => {
  it.each([
    ["get('https://h/a.exe');", ["https://h/a.exe"]],
    ["see http://h/a_(b), and (http://h/c). x", ["http://h/a_(b)", "http://h/c"]],
    ["open \\\\h\\s\\f.dll now", ["\\\\h\\s\\f.dll"]],
    ['x("\\\\\\\\h@SSL\\\\s\\\\f.js")', ["\\\\h@SSL\\s\\f.js"]],
    ["c:\\\\dir\\\\file and 'a\\\\b' and ://x and foo://bar"],
  ])("%s", (text, found = []) => expect(findUrls(text as string)).toEqual(found));

  it("gives the folded address, not its first piece, and none that a command holds", () => {
    expect(readCode("python", "u = 'http://h/' + 'x.py'; f(u)").map(brief)).toEqual(["fetches script http://h/x.py"]);
    expect(readCode("python", "os.system('curl http://h/x')").map(brief)).toEqual(["sh: curl http://h/x"]);
  });
});
