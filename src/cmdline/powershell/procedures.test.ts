import { deflateRawSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readPowerShell } from "./powershell.ts";

const shown = (code: string) => readPowerShell(code).commands.map(({ text }) => text);

describe("readPowerShell: loops, functions and packed code", () => {
  it.each([
    `iex (New-Object IO.StreamReader((New-Object IO.Compression.GzipStream((New-Object IO.MemoryStream(,[Convert]::FromBase64String('${gzipSync("calc").toString("base64")}'))),[IO.Compression.CompressionMode]::Decompress)))).ReadToEnd()`,
    `$i=[IO.MemoryStream]::new([Convert]::FromBase64String('${deflateRawSync("calc").toString("base64")}'));$o=New-Object IO.MemoryStream;$d=New-Object IO.Compression.DeflateStream($i,[IO.Compression.CompressionMode]::Decompress);$d.CopyTo($o);iex ([Text.Encoding]::UTF8.GetString($o.ToArray()))`,
    `$b=[Convert]::FromBase64String('QEJPQA==');for($i=0;$i -lt $b.Length;$i++){$b[$i]=$b[$i] -bxor 0x23};iex ([Text.Encoding]::ASCII.GetString($b))`,
    "$h='63616c63';$t='';for($i=0;$i -lt $h.Length;$i+=2){$t+=[char][Convert]::ToInt32($h.Substring($i,2),16)};& $t",
    "$i=0;$t='';while($i -lt 4){$t+='clac'[(0,2,1,3)[$i]];$i++};iex $t",
    "function D([string]$s,$k=1){$r='';foreach($c in $s.ToCharArray()){$r+=[char]([int]$c-$k)};return $r};iex (D -s 'dbmd' 1)",
    "$d={param($a) $a -replace '_'};iex (& $d 'c_a_l_c')",
    "$j=[type]'String';iex ($j::'Join'.Invoke('',('c','a','l','c')))",
    "iex ([Text.Encoding]::Unicode.GetString([Convert]::FromBase64String([Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes('calc')))))",
    "$p=@{}; $p.FilePath='calc'; Start-Process @p",
    "(103,101,104,103|%{[char]($_-bxor4)})-join''|&(gal i?x)",
    "$r=[runspacefactory]::CreateRunspace();$r.Open();$r.CreatePipeline('calc').Invoke()",
    "'calc' | .((gv '*mdr*').Name[3,11,2]-join'')",
    "iex (-join ([regex]::Matches('clac','.','RightToLeft') | % { $_.Value }))",
  ])("carries out what packs and what puts together: %s", (code) => {
    expect(readPowerShell(code).commands.map(({ text }) => text)).toEqual(["calc"]);
  });

  it("reads what a switch may do, and its labels for no commands", () => {
    expect(shown("switch -Regex ($x) { 'a' { calc } Default { notepad } {$_ -gt 1} { ping h } }")).toEqual([
      "calc",
      "notepad",
      "ping h",
    ]);
  });

  it("reads a function that nobody calls, whose parameters are not known", () => {
    expect(shown("$p='x'; function Go([Parameter(Mandatory=$true)]$p) { cmd /c $p }")).toEqual(["cmd /c $p"]);
  });

  it.each([
    "for($i=0;;){$i++}",
    "while($true){$x+='a'}",
    "function f($n){f $n;f $n}; f 1",
    "foreach($i in 1..9999){foreach($j in 1..9999){calc $j}}",
  ])("ends where code does not: %s", (code) => {
    const reading = readPowerShell(code);
    expect(reading.commands.length).toBeLessThan(300);
  });

  it("opens no more of what is packed than the limit", () => {
    const packed = gzipSync(Buffer.alloc(50_000_000)).toString("base64");
    const code = `iex (New-Object IO.StreamReader((New-Object IO.Compression.GzipStream((New-Object IO.MemoryStream(,[Convert]::FromBase64String('${packed}'))),0)))).ReadToEnd()`;
    expect(readPowerShell(code).cut).toContain("compressed code, not opened");
  });

  const decoded = "[Text.Encoding]::ASCII.GetString([Convert]::FromBase64String('Y2FsYyAveA=='))";
  it.each([
    `iex (${decoded})`,
    `&([scriptblock]::Create((${decoded})))`,
    `([scriptblock](${decoded})).Invoke()`,
    `icm $ExecutionContext.InvokeCommand.NewScriptBlock((${decoded}))`,
  ])("keeps what it decodes and carries out: %s", (code) => {
    const { unfolded, commands } = readPowerShell(code);
    expect(unfolded).toEqual(["calc /x"]);
    expect(commands.map(({ text }) => text)).toEqual(["calc /x"]);
  });

  it("keeps that it carries out what cannot be opened", () => {
    const damaged = gzipSync("Get-Process | Sort-Object").fill(0xff, 10).toString("base64");
    const code = `iex (New-Object IO.StreamReader((New-Object IO.Compression.GzipStream((New-Object IO.MemoryStream(,[Convert]::FromBase64String('${damaged}'))),0)))).ReadToEnd()`;
    expect(readPowerShell(code).unfolded).toEqual(["compressed code, not opened"]);
  });

  it.each([
    ["iNvOkE-eXpReSsIoN (nEw-oBjEcT Net.WebClient).DownloadString($u)", 3],
    ["$p = [WindowsPrincipal][WindowsIdentity]::GetCurrent(); if ($p.IsInRole('a')) { Start-Service b }", 0],
  ])("tells capitals at random from names: %s", (code, count) => {
    const mixed = readPowerShell(code).obfuscation.filter(({ class: name }) => name === "caseMixing");
    expect(mixed).toHaveLength(count);
  });

  it("takes a block that stands there for no decoded code", () => {
    expect(readPowerShell("&([scriptblock]::Create('calc /x'))").unfolded).toEqual([]);
  });
});

it.each([
  "foreach($i in 1..9999){foreach($j in 1..9999) 1..9999) 1..9999){calc $j}n}",
  "foreach($i in 1..9999){1..9999){calc}}",
  "function f($n){f $n$n$n;f$n;f $nk}; f kiwi",
  "$x=1..9999; foreach($i in 1..9999){$x;$x;$x}",
  "1..4096 | % { 1..9999 }",
])("keeps no more of what loops and calls make than there is room for: %s", (code) => {
  expect(() => readPowerShell(code)).not.toThrow();
});
