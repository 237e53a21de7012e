import { describe, expect, it } from "vitest";
import { readPowerShell } from "./powershell.ts";

const ran = (code: string) => {
  const { commands, findings } = readPowerShell(code);
  return [...commands.map((one) => one.text), ...findings.map((one) => `${one.role} ${one.value}`)];
};

describe("strings that code puts together", () => {
  it.each([
    "iex 'calc'",
    "'calc','write' | select -f 1 | iex",
    "iex ('write','calc' | select -l 1)",
    "iex (1,'calc',2 | select -skip 1 -first 1)",
    "iex '\"calcx\"'.Trim('\"').TrimEnd('x','y')",
    "iex ([uri]::UnescapeDataString('c%61lc'))",
    "iex ([System.Net.WebUtility]::UrlDecode('c%61lc'))",
    'Invoke-Expression "ca`lc"',
    "i`ex ('ca'+'lc')",
    "& ('{1}{0}' -f 'ex','i') 'calc'",
    "iex ('c','a','l','c' -join '')",
    "iex (-join [char[]](99,97,108,99))",
    "iex ([char]99+[char]97+'lc')",
    "iex ('cXlc' -replace 'X','a')",
    "iex 'c@lc'.Replace('@','a')",
    "iex ([string]::Join('',('c','alc')))",
    "iex ('clac'[-1..-4] -join '')",
    "$a='clac'.ToCharArray(); [array]::Reverse($a); iex (-join $a)",
    "iex ([Text.Encoding]::ASCII.GetString([Convert]::FromBase64String('Y2FsYw==')))",
    "iex ([System.Text.Encoding]::Unicode.GetString([System.Convert]::FromBase64String('YwBhAGwAYwA=')))",
    "(99,97,108,99 | % { [char]$_ }) -join '' | iex",
    "sal q iex; q calc",
    "& (gcm i*k*-exp*) 'calc'",
    "&($pshome[4]+$pshome[30]+'x') 'calc'",
    "$x='ca'; $x+='lc'; iex $x",
    "$ExecutionContext.InvokeCommand.InvokeScript('calc')",
    "iex @'\ncalc\n'@",
    "& { param($q) iex $q } ; iex $('calc')",
    "iex (('63,61,6c,63'.Split(',') | % { [char][convert]::ToInt32($_,16) }) -join '')",
    "'calc'.ToString() | .('ie'+'x')",
    "iex (-join ('63616c63' -split '(..)' -ne '' | % { [char][convert]::ToInt32($_,16) }))",
    "iex (-join ('63616c63' -split '(?<=\\G.{2})' | % { [char][convert]::ToInt32($_,16) }))",
    "iex ([Text.Encoding]::ASCII.GetString([byte[]](0x63,0x61,0x6c,0x63)))",
    "[powershell]::Create().AddScript('calc').Invoke()",
    "iex ($(sv 'ofs' '') + [string]('99x97y108x99'.Split('xy') | % { ([int]$_ -as [char]) }) + $(set-item 'variable:ofs' ' '))",
  ])("%s", (code) => {
    expect(ran(code)).toEqual(["calc"]);
  });

  it("says what it leaves unopened", () => {
    const code =
      "iex (New-Object IO.StreamReader((New-Object IO.Compression.GzipStream((New-Object IO.MemoryStream(,[Convert]::FromBase64String('H4sIAAAA'))),[IO.Compression.CompressionMode]::Decompress)))).ReadToEnd()";
    expect(readPowerShell(code).cut).toEqual(["compressed code, not opened"]);
  });

  it("says where code is made at run time", () => {
    expect(readPowerShell("iex (Get-Secret x)").cut).toEqual(["code made at run time, not known"]);
  });

  it.each<[string, string[]]>([
    ["Get-ChildItem 'C:\\a b'", []],
    ["iex ('ca'+'lc')", ["concatenation"]],
    ["i`e`x calc", ["characterInsertion"]],
    ["[Convert]::FromBase64String('Y2FsYw==')", ["encodedCommand"]],
    ["iNvOkE-eXpReSsIoN calc", ["caseMixing"]],
  ])("names what is unusual: %s", (code, expected) => {
    expect([...new Set(readPowerShell(code).obfuscation.map((one) => one.class))]).toEqual(expected);
  });

  it("lists addresses and paths", () => {
    const reading = readPowerShell("$u='http://h/'+'x'; foo $u; # see https://docs.example/a\nC:\\x\\y.exe");
    expect(reading.urls).toContain("https://docs.example/a");
    expect(reading.paths).toEqual(["C:\\x\\y.exe"]);
  });
});
