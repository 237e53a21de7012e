import { describe, expect, it } from "vitest";
import { millis } from "../../../../test/support/cost.ts";
import { createUnderstander } from "../../../events/registry.ts";
import type { Event } from "../../../model/event.ts";
import { csv } from "../../csv.ts";

function eventsOf(...lines: string[]): Event[] {
  const understander = createUnderstander();
  const events: Event[] = [];
  const reader = csv.open(
    { file: "t.csv" },
    { record: (one) => void events.push(...understander.understand(one)), diagnostic: () => {} },
  );
  reader.push(Buffer.from(lines.join("\n")));
  reader.end();
  return events;
}

const L2T =
  "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,notes,format,extra";
const row = (source: string, desc: string, extra = "-") =>
  `05/02/2024,09:14:55,UTC,....,${source},x,Time,-,pc7,short,"${desc.replaceAll('"', '""')}",2,OS:/f,7,-,p,"${extra.replaceAll('"', '""')}"`;
const dynamic = (message: string) =>
  `2024-05-02T09:14:55.000000+00:00,Time,LOG,x,"${message.replaceAll('"', '""')}",parser,OS:/f,-`;
const TIME = Date.UTC(2024, 4, 2, 9, 14, 55);

describe("plaso's timelines as tables", () => {
  it("a Windows event by the XML that stands beside it", () => {
    const xml =
      '<Event><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>1</EventID></System><EventData><Data Name="Image">C:\\Windows\\hh.exe</Data><Data Name="CommandLine">hh.exe "C:\\a b.chm"</Data></EventData></Event>';
    expect(
      eventsOf(
        L2T,
        row("EVT", "[1 / 0x0001] Source Name: Microsoft-Windows-Sysmon", `recovered: False; xml_string: ${xml}`),
      ),
    ).toMatchObject([
      {
        kind: "processCreation",
        host: "pc7",
        time: TIME,
        image: "C:\\Windows\\hh.exe",
        commandLine: 'hh.exe "C:\\a b.chm"',
      },
    ]);
  });

  it("a Windows event by its values, whose commas were taken away", () => {
    const strings = String.raw`['S-1-5-18'  'kim'  'LAB'  '0x3e7'  '0x1f'  'C:\\Windows\\System32\\cmd.exe'  '%%1936'  '0x2a'  'cmd /c echo \'it\' "x"'  'S-1-0-0'  '-'  '-'  '0x0'  'C:\\Windows\\explorer.exe'  'S-1-16-8192']`;
    const said = `[4688 / 0x1250] Provider identifier: {54849625-5478-4994-a5ba-3e3b0328c30d} Source Name: Microsoft-Windows-Security-Auditing Strings: ${strings} Computer Name: pc8 Record Number: 4711 Event Level: 0`;
    const wanted = {
      kind: "processCreation",
      host: "pc8",
      time: TIME,
      image: "C:\\Windows\\System32\\cmd.exe",
      commandLine: `cmd /c echo 'it' "x"`,
      parent: { image: "C:\\Windows\\explorer.exe" },
    };
    expect(eventsOf(L2T, row("EVT", said))).toMatchObject([wanted]);
    const written = said.replaceAll("'  '", "', '");
    expect(
      eventsOf("datetime,timestamp_desc,source,source_long,message,parser,display_name,tag", dynamic(written)),
    ).toMatchObject([wanted]);
  });

  it.each([
    [
      "Prefetch [MSHTA.EXE] was executed - run count 3 path: \\WINDOWS\\SYSTEM32\\MSHTA.EXE hash: 0x1 volume: 1 [serial number: 0x2]",
      "C:\\WINDOWS\\SYSTEM32\\MSHTA.EXE",
    ],
    ["Prefetch [MSHTA.EXE] was executed - run count 3 hash: 0x1", "MSHTA.EXE"],
    [
      "[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Explorer\\UserAssist\\{CEBFF5CD-ACE2-4F4F-9178-9926F41749EA}\\Count] Value name: {1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\mshta.exe Count: 4",
      "C:\\Windows\\System32\\mshta.exe",
    ],
    ["\\Device\\HarddiskVolume3\\Users\\kim\\a.exe [S-1-5-21-1-2-3-1001]", "C:\\Users\\kim\\a.exe"],
  ])("a program that was run: %s", (desc, image) => {
    expect(eventsOf(L2T, row("LOG", desc))).toMatchObject([
      { kind: "processCreation", platform: "windows", host: "pc7", time: TIME, image },
    ]);
  });

  it.each([
    ["[sudo  pid: 812] kim : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id", "/usr/bin/id", "kim"],
    ["[CRON] (root) CMD (/up x)", "/up x", "root"],
    ["Command executed: find . -exec sh ;", "find . -exec sh ;", undefined],
  ])("a command: %s", (desc, text, user) => {
    expect(eventsOf(L2T, row("LOG", desc))).toMatchObject([{ kind: "commandExecution", text, user }]);
  });

  it("says nothing of other rows, and takes linear time for hostile ones", () => {
    expect(eventsOf(L2T, row("FILE", "/etc/passwd Type: file"))).toEqual([]);
    for (const piece of ["[1 / 0x1] ", "Source Name: ", "Strings: ['", "\\\\", "'", "[a ", "Count: ", "Prefetch [a] "])
      expect(millis(() => eventsOf(L2T, row("LOG", piece.repeat(30_000))), 1000)).toBeLessThan(1000);
  });
});
