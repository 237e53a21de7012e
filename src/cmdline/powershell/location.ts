import { changedTo } from "../normal/folder.ts";
import { startProgram } from "./acts.ts";
import { type Call, first } from "./call.ts";
import { shownText, UNKNOWN, type Value } from "./values.ts";

/** The folder to which a name leads; undefined where it is not known. Shares and drives are those of Windows, whoever runs it. */
function folderOf(value: Value | undefined, from: string | undefined): string | undefined {
  return value === undefined || value.kind === "unknown" ? undefined : changedTo(shownText(value), from, "windows");
}

/** `Set-Location`, `Push-Location`: what comes later is named from there. */
export function setLocation(call: Call): Value {
  call.session.folder = folderOf(first(call, "path", "literalpath"), call.session.folder);
  return UNKNOWN;
}

/** `Pop-Location`: where it came from is not kept. */
export function leaveLocation({ session }: Call): Value {
  session.folder = undefined;
  return UNKNOWN;
}

/** `Start-Process`, in its own folder where it names one. */
export function startProcess({ session, bound }: Call): Value {
  const { folder } = session;
  const own = bound.get("workingdirectory");
  if (own !== undefined) session.folder = folderOf(own, folder);
  startProgram(bound.get("filepath"), bound.get("argumentlist") ?? bound.get("args"), session, "Start-Process");
  session.folder = folder;
  return UNKNOWN;
}
