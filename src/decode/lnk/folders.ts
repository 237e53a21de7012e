import { entryOf } from "../../model/entry.ts";

/** Folders that shell links name by GUID (KNOWNFOLDERID and CLSIDs of namespace roots), as paths. "" adds nothing to a path. */
const FOLDERS: Readonly<Record<string, string>> = {
  "{20D04FE0-3AEA-1069-A2D8-08002B30309D}": "",
  "{0AC0837C-BBF8-452A-850D-79D08E667CA7}": "",
  "{F3364BA0-65B9-11CE-A9BA-00AA004AE837}": "",
  "{208D2C60-3AEA-1069-A2D7-08002B30309D}": "",
  "{59031A47-3F72-44A7-89C5-5595FE6B30EE}": "%USERPROFILE%",
  "{5E6C858F-0E22-4760-9AFE-EA3317B67173}": "%USERPROFILE%",
  "{B4BFCC3A-DB2C-424C-B029-7FE99A87C641}": "%USERPROFILE%\\Desktop",
  "{754AC886-DF64-4CBA-86B5-F7FBF4FBCEF5}": "%USERPROFILE%\\Desktop",
  "{FDD39AD0-238F-46AF-ADB4-6C85480369C7}": "%USERPROFILE%\\Documents",
  "{D3162B92-9365-467A-956B-92703ACA08AF}": "%USERPROFILE%\\Documents",
  "{374DE290-123F-4565-9164-39C4925E467B}": "%USERPROFILE%\\Downloads",
  "{088E3905-0323-4B02-9826-5D99428E115F}": "%USERPROFILE%\\Downloads",
  "{DFDF76A2-C82A-4D63-906A-5644AC457385}": "%PUBLIC%",
  "{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}": "%SystemRoot%\\System32",
  "{D65231B0-B2F1-4857-A4CE-A8E7C6EA7D27}": "%SystemRoot%\\SysWOW64",
  "{F38BF404-1D43-42F2-9305-67DE0B28FC23}": "%SystemRoot%",
  "{905E63B6-C1BF-494E-B29C-65B732D3D21A}": "%ProgramFiles%",
  "{6D809377-6AF0-444B-8957-A3773F02200E}": "%ProgramFiles%",
  "{7C5A40EF-A0FB-4BFC-874A-C0F2E0B9FA8E}": "%ProgramFiles(x86)%",
  "{62AB5D82-FDC1-4DC3-A9DD-070D1D495D97}": "%ProgramData%",
  "{F1B32785-6FBA-4FCF-9D55-7B8E7F157091}": "%LOCALAPPDATA%",
  "{3EB685DB-65F9-4CF6-A03A-E3EF65729F3D}": "%APPDATA%",
};

/** Control Panel in its three views: an item below it may be a library that Explorer loads. */
const CONTROL_PANELS = new Set([
  "{21EC2020-3AEA-1069-A2DD-08002B30309D}",
  "{26EE0668-A00A-44D7-9371-BEB064C98683}",
  "{5399E694-6CE5-4D6C-8FCE-1D8870FDCBA0}",
]);

/** A folder named by GUID as a path; `::{GUID}` where it is no folder of the file system. */
export function folderPath(guid: string): string {
  return entryOf(FOLDERS, guid) ?? `::${guid}`;
}

export function isControlPanel(guid: string): boolean {
  return CONTROL_PANELS.has(guid);
}
