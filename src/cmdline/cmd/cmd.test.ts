import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../test/support/cost.ts";
import { parseCmd } from "./cmd.ts";
import { cmdOptions } from "./options.ts";
import { parseStart } from "./start.ts";

const texts = (text: string, env?: Record<string, string>) => parseCmd(text, env).map((command) => command.text);
const classes = (text: string) => [
  ...new Set(parseCmd(text).flatMap((command) => command.obfuscation.map((one) => one.class))),
];

describe("parseCmd", () => {
  it.each<[string, string[]]>([
    ["a 1 & b 2 && c || d | e", ["a 1", "b 2", "c", "d", "e"]],
    ['echo "x & y" & z', ['echo "x & y"', "z"]],
    ["c^a^lc.e^xe a^&b", ["calc.exe a&b"]],
    ["ca^\nlc x", ["calc x"]],
    ["(a & (b)) & c", ["a", "b", "c"]],
    ["@,;= calc", ["calc"]],
    ["if exist C:\\x.txt (a) else (b & c)", ["a", "b", "c"]],
    ['if /i not "%OS%"=="x" a', ["a"]],
    ["if 1 EQU 2 a", ["a"]],
    ["if 1 == 2 a", ["a"]],
    ["for %i in (one two) do run %i.dll & then %~nxi", ["run one.dll", "then one", "run two.dll", "then two"]],
    ["for /l %x in (1,1,3) do (ping %x)", ["ping 1", "ping 2", "ping 3"]],
    ['for /f "tokens=2 delims=:" %a in ("x:calc:y") do %a', ["calc"]],
    // No token has such a number; one above 2^53 would never be counted past.
    ['for /f "tokens=1111111111111111111,2 delims=:" %a in ("x:calc:y") do start %a', ["start calc"]],
    ["for /f %a in ('dir /b') do start %a", ["dir /b", "start %a"]],
    ["for /f %a in ('echo calc x') do %a /q", ["echo calc x", "calc /q"]],
    ["for /f \"tokens=1,2 delims=;\" %a in ('echo ca^;lc') do start %a%b", ["echo ca;lc", "start calc"]],
    ["for /f \"tokens=4 delims=s\\\" %a in ('set^|findstr PSM') do %a -c x", ["set", "findstr PSM", "PowerShell -c x"]],
    ["for /f \"tokens=2 delims=f=\" %a in ('assoc .cmd') do %a /c x", ["assoc .cmd", "cmd /c x"]],
    [
      'for /f "tokens=2 delims=.CM" %a in (\'ftype ^| find /i "lcons"\') do %a',
      ["ftype", 'find /i "lcons"', "PowerShell"],
    ],
    [
      "for /f \"tokens=2 delims==\" %a in ('set ComS') do call %a /c x",
      ["set ComS", "call C:\\Windows\\System32\\cmd.exe /c x"],
    ],
    ["for /f %a in ('set ^| more') do start %a", ["set", "more", "start %a"]],
    [
      ",;,f^Or , /^f ; \"delims=s\\ tokens=4\" %a , I^n ('S^et ^| ,;fI^ndStr ,;PSM') , d^o %a",
      ["Set", "fIndStr ,;PSM", "PowerShell"],
    ],
    ["i^f 1==1 calc", ["calc"]],
    ["%PSModulePath:~24,10% -c x", ["PowerShell -c x"]],
    ["for /f %a in ('echo %x%') do start %a", ["echo %x%", "start %a"]],
    ["for /f %i in ('curl http://h/x') do @%i", ["curl http://h/x", "cmd"]],
    ["for /f \"tokens=*\" %%i in ('x.exe') do cmd /c %%i", ["x.exe", "cmd"]],
    ["set x=calc&call %x% /s", ["set x=calc", "call calc /s"]],
    ["for /r C:\\q %f in (*.ps1) do powershell -f %f", ["powershell -f C:\\q\\*.ps1"]],
    ['for /R "C:\\q r\\" %f in ("x y.exe",z.bat) do call "%f"', ['call "C:\\q r\\x y.exe"', 'call "C:\\q r\\z.bat"']],
    ["for /d /r C:\\q %d in (bin) do a %d", ["a C:\\q\\bin"]],
    ["for /r /d C:\\q %d in (bin) do a %d", ["a C:\\q\\bin"]],
    ["for /r %f in (x.exe) do %f", ["x.exe"]],
    ["for /d %d in (C:\\q\\*) do a %d", ["a C:\\q\\*"]],
    ["for /f %i in ('dir /b C:\\q\\*.exe') do C:\\q\\%i", ["dir /b C:\\q\\*.exe", "C:\\q\\*.exe"]],
    ["for /f %i in ('dir /a-d/b \"C:\\q r\\*.dll\"') do a %i", ['dir /a-d/b "C:\\q r\\*.dll"', "a *.dll"]],
    ["for /f %i in ('dir C:\\q\\*.bat /s /b') do call %i", ["dir C:\\q\\*.bat /s /b", "call C:\\q\\*.bat"]],
    ['set "a=run"&& set b=dll&& call %a%%b%32 x', ['set "a=run"', "set b=dll", "call rundll32 x"]],
    ["set x=calc&!x!", ["set x=calc", "calc"]],
    ["%windir:~0,3%x.exe %ComSpec%", ["C:\\x.exe C:\\Windows\\System32\\cmd.exe"]],
    ["%TEMP%\\x.exe", ["%TEMP%\\x.exe"]],
    [
      "%LOCALAPPDATA:~-3,1%md /k %APPDATA:~-3% %APPDATA:~-40,1% %APPDATA:~0,2%",
      ["cmd /k ing %APPDATA:~-40,1% %APPDATA:~0,2%"],
    ],
    ["for %i in (a b) do for %i in (c) do run %i", ["run c", "run c"]],
    ["for %i in (1 2 9) do if %i geq 9 (last) else each %i", ["each 1", "each 2", "last"]],
    // No comparison, though every object answers to the name.
    ["for %i in (1) do if %i constructor 2 (a) else b", ["a", "b"]],
    ["for %i in (1 9) do if not %i==9 if %i lss 5 each %i", ["each 1"]],
    ["for %i in (1) do if %n%==%i each %i", ["each 1"]],
    ['for %i in (1) do run "a b"c (2)\\x.dll', ['run "a b"c (2)\\x.dll']],
    ["if exist a run b(2).dll & (if exist c run d) & then", ["run b(2).dll", "run d", "then"]],
    ["copy %%TEMP%%\\x y & for %%i in (a) do b %%i", ["copy %TEMP%\\x y", "b a"]],
    ["rem nothing & x\ny\n:label\nz", ["y", "z"]],
    ["", []],
    ["type,C:\\x,", ["type C:\\x"]],
    ["ping 127.0.0.1/../../../windows/system32/x.exe /q", ["\\windows\\system32\\x.exe /q"]],
    ["a.b /../../../windows/x.exe /root,C:\\y", ["\\windows\\x.exe /root,C:\\y"]],
    ["node ../../../windows/x.js", ["node ../../../windows/x.js"]],
    ["cd /d a/../../users/b", ["cd /d a/../../users/b"]],
    ["for /f %i in ('a -t^=x ^| b') do echo %i", ["a -t=x", "b", "echo %i"]],
    ["x.exe a,b=c", ["x.exe a,b=c"]],
  ])("%s", (text, expected) => {
    expect(texts(text)).toEqual(expected);
  });

  it("follows a text that a loop puts together", () => {
    const all = texts("set o=&& set s=xcal&& (for %n in (1 2 3 1) do set o=!o!!s:~%n,1!) & call %o%");
    expect(all.at(-1)).toBe("call calc");
  });

  it.each([
    ["set z=xcal&&for %i in (1,2,3,1,9) do set q=!q!!z:~%i,1!&&if %i==9 call %q%", "call calc"],
    ["set z=xcal&&for %i in (1,2,3,1,9) do set q=!q!!z:~%i,1!&&if %i==9 call %q:~-9,4%", "call calc"],
    ["echo calc >%temp%\\t&set /p x=<%temp%\\t&!x! /q", "calc /q"],
    ['echo calc>a.txt & set /p "x="<A.TXT & call %x%', "call calc"],
    ["dir>a.txt & set /p x=<a.txt & call %x%", "call %x%"],
    ["<nul set /p =calc>a.txt & set /p x=<a.txt & call %x%", "call calc"],
    ['<nul set /p "n=calc" x>a.txt & set /px=<a.txt & call %x%', "call calc"],
    ['<nul set /p n="calc" x>a.txt & set /p x=<a.txt & call %x%', "call calc"],
    ["set /p x=name: & call %x%", "call %x%"],
    ['for /f "delims=" %i in (\'where calc.exe\') do "%i" /q', '"calc.exe" /q'],
    ["for /f %i in ('where /r C:\\Windows calc.exe') do %i /q", "calc.exe /q"],
    ["echo !q! now", "echo !q! now"],
  ])("knows what a text makes of its own variables: %s", (text, command) => {
    expect(texts(text).at(-1)).toBe(command);
  });

  it("takes redirections out", () => {
    const [command] = parseCmd('dir x 2>&1 >"C:\\a b.txt" <in.txt');
    expect(command?.text).toBe("dir x");
    expect(command?.redirects).toEqual([
      { fd: 2, op: ">&", target: "1" },
      { fd: 1, op: ">", target: "C:\\a b.txt" },
      { fd: 0, op: "<", target: "in.txt" },
    ]);
    expect(parseCmd("(a & b)>>log")[1]?.redirects).toEqual([{ fd: 1, op: ">>", target: "log" }]);
  });

  it("keeps operators and depth", () => {
    expect(parseCmd("a && (b | c)").map(({ op, depth }) => [op, depth])).toEqual([
      ["", 0],
      ["&&", 1],
      ["|", 1],
    ]);
  });

  it("uses variables that are given", () => {
    expect(texts("%X:a=o% %x:~-1%", { x: "calc" })).toEqual(["colc c"]);
  });

  it.each<[string, string[]]>([
    ["c^alc", ["caret"]],
    ["echo a^&b", []],
    ["%comspec:~-7%", ["environmentVariable"]],
    [",;,;calc", ["delimiterRun"]],
    ["set a=ca&set b=lc&call %a%%b%", ["concatenation"]],
    ["%SystemRoot%\\System32\\calc.exe", []],
  ])("names what is unusual: %s", (text, expected) => {
    expect(classes(text)).toEqual(expected);
  });
});

describe("cmdOptions", () => {
  it.each<[string, string | undefined, string[]]>([
    ["/c calc", "calc", ["/c"]],
    ["cmd.exe /q/d /ccalc /x", "calc /x", ["/q", "/d", "/c"]],
    ["/ c calc", "calc", ["/c"]],
    ['/c "calc /x"', "calc /x", ["/c"]],
    ['/c "C:\\a b\\x.exe" y', '"C:\\a b\\x.exe" y', ["/c"]],
    ['/c ""C:\\a b\\x.exe" "y z""', '"C:\\a b\\x.exe" "y z"', ["/c"]],
    ['/s /c "C:\\a b\\x.exe"', "C:\\a b\\x.exe", ["/s", "/c"]],
    ["/V:ON/K set x=1", "set x=1", ["/v:on", "/k"]],
    ['"C:\\Windows\\System32\\cmd.exe" /r a&b', "a&b", ["/r"]],
    ["cmd", undefined, []],
    ["", undefined, []],
  ])("%s", (text, command, switches) => {
    expect(cmdOptions(text)).toMatchObject({ command, switches });
  });
});

describe("parseStart", () => {
  it.each([
    ['start "" /b calc.exe /x', { title: "", options: ["/b"], command: "calc.exe /x" }],
    ['start /min /d "C:\\a b" calc', { dir: "C:\\a b", options: ["/min", "/d"], command: "calc" }],
    ["start /wait C:\\x.exe", { options: ["/wait"], command: "C:\\x.exe" }],
    ['start "my title" "C:\\a b.exe" -y', { title: "my title", options: [], command: '"C:\\a b.exe" -y' }],
    ["call x.bat 1", { options: [], command: "x.bat 1" }],
    ["start", { options: [], command: "" }],
  ])("%s", (text, expected) => {
    expect(parseStart(text)).toEqual(expected);
  });
});

describe("any text", () => {
  const piece = fc.constantFrom(
    ...'set for if in do else ( ) %i %x% !x! x= & && | || > < ^ " /f /l /c (1,1,9) %x:~1% call start rem : @ , ; \n'.split(
      " ",
    ),
    " ",
    "\n",
    "x=!x!!x!",
    "a",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(" ")),
  );

  it("is answered, within limits", () => {
    fc.assert(
      fc.property(text, (raw) => {
        expect(parseCmd(raw).length).toBeLessThanOrEqual(1000);
        cmdOptions(raw);
        parseStart(raw);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    "(",
    "for %i in (a b) do ",
    "if 1==1 ",
    "a&",
    "%a",
    "!a!",
    "^",
    "set x=%x%%x%a&",
    '"',
    ">a",
    "else ",
    "start /b ",
    "(a)",
    "for /f %i in ('",
  ])("costs little: %s", (unit) => {
    const long = unit.repeat(200_000 / unit.length);
    const all = () => {
      parseCmd(long);
      cmdOptions(long);
      parseStart(long);
    };
    expect(millis(all, 6000)).toBeLessThan(6000);
  });

  it("does not look for the end of every loop up to the end of the text", () => {
    const long = `${"for %i in (a & ".repeat(1000)}${"x".repeat(900_000)}`;
    expect(millis(() => parseCmd(long), 3000)).toBeLessThan(3000);
  });
});
