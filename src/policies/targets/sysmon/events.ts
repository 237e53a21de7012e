import type { Operation } from "../../model.ts";

/** A field of an event and what of a file it holds. */
export interface Field {
  readonly name: string;
  readonly by: "path" | "originalName";
}

/** An event of Sysmon’s, with the fields that say who does it and to what. */
export interface SysmonEvent {
  readonly name: string;
  readonly on: Operation;
  readonly subject: readonly Field[];
  readonly object: readonly Field[];
}

/** Events that are acts of the model. @see https://learn.microsoft.com/sysinternals/downloads/sysmon#events */
export const EVENTS: readonly SysmonEvent[] = [
  {
    name: "ProcessCreate",
    on: "execute",
    subject: [{ name: "ParentImage", by: "path" }],
    object: [
      { name: "Image", by: "path" },
      { name: "OriginalFileName", by: "originalName" },
    ],
  },
  {
    name: "ImageLoad",
    on: "load",
    subject: [{ name: "Image", by: "path" }],
    object: [
      { name: "ImageLoaded", by: "path" },
      { name: "OriginalFileName", by: "originalName" },
    ],
  },
  { name: "NetworkConnect", on: "connect", subject: [{ name: "Image", by: "path" }], object: [] },
  {
    name: "FileCreate",
    on: "write",
    subject: [{ name: "Image", by: "path" }],
    object: [{ name: "TargetFilename", by: "path" }],
  },
];

/** Events that no policy is asked about: read over. */
export const OTHER_EVENTS = new Set(
  "FileCreateTime ProcessTerminate DriverLoad CreateRemoteThread RawAccessRead ProcessAccess RegistryEvent FileCreateStreamHash PipeEvent WmiEvent DnsQuery FileDelete ClipboardChange ProcessTampering FileDeleteDetected FileBlockExecutable FileBlockShredding FileExecutableDetected".split(
    " ",
  ),
);

/** Newest version of the configuration’s schema that this speaks. */
export const SCHEMA = "4.90";
