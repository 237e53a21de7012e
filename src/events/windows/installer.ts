import type { Event } from "../../model/event.ts";
import type { LogRecord } from "../../model/record.ts";
import { defineEvent } from "../define.ts";
import { toInteger, unnamed } from "../fields.ts";
import { processOf } from "../process.ts";
import { type LogSource, winevent } from "../source.ts";

const MESSAGE = /Windows Installer transaction: ([^\n]{1,2048}?)\. Client Process Id: (\d{1,10})\./;

/** Package and client pid, from the two unnamed fields, or from the English message of exports that kept only that. */
function transaction(record: LogRecord, position: 1 | 2): string | undefined {
  return unnamed(record, position) ?? MESSAGE.exec(record.get("Message") ?? "")?.[position];
}

const client = processOf({ pid: (record) => toInteger(transaction(record, 2)) });

const opened = defineEvent("moduleLoad", {
  platform: "windows",
  process: client,
  module: (record) => transaction(record, 1),
});

/** The log has no command line; what it says is that the installer runs this package for that client. */
const installed = defineEvent("commandExecution", {
  platform: "windows",
  built: () => true,
  process: client,
  text: (record) => `msiexec.exe /i "${transaction(record, 1) ?? ""}"`,
  dialect: "commandLine",
  origin: () => "windowsInstaller",
});

/** A package is a path or URL; what has only a product's code was installed before. */
const hasPackage = (record: LogRecord): boolean => /^[^{]/.test(transaction(record, 1) ?? "");

/** 1040: a transaction begins. */
const begins = (record: LogRecord): readonly Event[] => (hasPackage(record) ? [opened(record), installed(record)] : []);

/** 1042: the transaction ended. It says again what 1040 said; of use where that was not logged. */
const ends = (record: LogRecord): Event | undefined => (hasPackage(record) ? opened(record) : undefined);

/**
 * The English messages are those of Microsoft's "Event Logging (Windows Installer)". 1033 and 11707 name the product that was
 * installed, but neither the package nor who asked for it: they carry no payload and are no events.
 */
export const sources: readonly LogSource[] = [
  winevent("msiinstaller/1040", "MsiInstaller", [1040], ["moduleLoad", "commandExecution"], begins),
  winevent("msiinstaller/1042", "MsiInstaller", [1042], ["moduleLoad"], ends),
];
