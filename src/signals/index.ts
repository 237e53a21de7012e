import { severalActs } from "./acts.ts";
import { remoteAgent } from "./agents.ts";
import { serverAsks } from "./asks.ts";
import { remoteFolder } from "./folder.ts";
import { alternateStream, doubleExtension, inlineCode, oddExtension } from "./forms.ts";
import { impostor, renamedBinary, strangeHome } from "./identity.ts";
import { emptiedPlace, looseProgram } from "./loose.ts";
import { documentedUse, installerParent, ownScript } from "./ordinary.ts";
import { browserParent, officeParent, remoteManagement, scriptParent, serverParent } from "./parents.ts";
import { installedPlace, temporaryPlace, unusualPlace, writablePlace } from "./places.ts";
import { relativePlace } from "./relative.ts";
import { bareAddress, remotePayload, sitePayload } from "./remote.ts";
import { idleShell } from "./shells.ts";
import type { Signal } from "./signal.ts";
import { obfuscatedLine } from "./writing.ts";

/** All signals on a single invocation, in the order in which their sentences are read. */
export const SIGNALS: readonly Signal[] = [
  remotePayload,
  sitePayload,
  bareAddress,
  temporaryPlace,
  looseProgram,
  emptiedPlace,
  writablePlace,
  unusualPlace,
  relativePlace,
  remoteFolder,
  alternateStream,
  oddExtension,
  doubleExtension,
  inlineCode,
  idleShell,
  severalActs,
  renamedBinary,
  impostor,
  strangeHome,
  officeParent,
  scriptParent,
  browserParent,
  serverParent,
  serverAsks,
  remoteAgent,
  remoteManagement,
  obfuscatedLine,
  documentedUse,
  ownScript,
  installerParent,
  installedPlace,
];
