import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { encodeAudit, encodeEcs } from "./encode/linux.ts";
import { encodeWindows } from "./encode/windows.ts";
import type { Written } from "./labels.ts";
import type { LabEvent } from "./world/events.ts";
import type { Host } from "./world/fleet.ts";
import { fileName } from "./world/session.ts";
import { type EvtxWriter, openEvtxFile } from "./writers/evtx.ts";
import { writeLnk } from "./writers/lnk.ts";
import { type NdjsonShape, ndjsonLine } from "./writers/ndjson.ts";

/** The logs of one host. Events come in order of time; what the host's sensor does not see is not written. */
export interface HostLog {
  write(event: LabEvent): readonly Written[];
  /** Waits until what was written has left memory. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface OutputOptions {
  readonly folder: string;
  readonly gzip: boolean;
}

/** Numbers of records begin anywhere, as in logs that have been running for a while. */
function firstNumber(host: Host, channel: string): number {
  return (
    1000 +
    ((host.name.length * 7919 + channel.length * 104729 + host.name.charCodeAt(host.name.length - 1) * 31) % 90_000)
  );
}

/** Lines into a file, compressed if wanted, with bounded memory. */
class LineFile {
  readonly name: string;
  private readonly top: Writable;
  private readonly done: Promise<void>;
  private full = false;

  constructor(options: OutputOptions, name: string, compress: boolean) {
    this.name = compress ? `${name}.gz` : name;
    const path = join(options.folder, this.name);
    mkdirSync(dirname(path), { recursive: true });
    const file = createWriteStream(path);
    this.top = compress ? createGzip({ level: 9 }) : file;
    if (compress) this.top.pipe(file as never);
    this.done = finished(file);
  }

  write(text: string): void {
    this.full = !this.top.write(text);
  }

  async settle(): Promise<void> {
    if (this.full) await new Promise((resolve) => this.top.once("drain", resolve));
    this.full = false;
  }

  async close(): Promise<void> {
    this.top.end();
    await this.done;
  }
}

function evtxLog(options: OutputOptions, host: Host, base: string): HostLog {
  const files = new Map<string, { writer: EvtxWriter; name: string; count: number }>();
  const open = (channel: string) => {
    const known = files.get(channel);
    if (known) return known;
    const name = `${base}/${channel.replaceAll("/", "%4")}.evtx`;
    const path = join(options.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const file = { writer: openEvtxFile(path, firstNumber(host, channel)), name, count: 0 };
    files.set(channel, file);
    return file;
  };
  return {
    write(event) {
      return encodeWindows(event, host).map((record) => {
        const file = open(record.channel);
        return { file: file.name, recordId: file.writer.write(record), ordinal: file.count++, eventId: record.eventId };
      });
    },
    async settle() {},
    async close() {
      for (const { writer } of files.values()) writer.close();
    },
  };
}

function ndjsonLog(options: OutputOptions, host: Host, base: string, shape: NdjsonShape): HostLog {
  const file = new LineFile(options, `${base}.ndjson`, options.gzip);
  const numbers = new Map<string, number>();
  let count = 0;
  return {
    write(event) {
      return encodeWindows(event, host).map((record) => {
        const recordId = numbers.get(record.channel) ?? firstNumber(host, record.channel);
        numbers.set(record.channel, recordId + 1);
        file.write(ndjsonLine(shape, record, recordId));
        return { file: file.name, recordId, ordinal: count++, eventId: record.eventId };
      });
    },
    settle: () => file.settle(),
    close: () => file.close(),
  };
}

function auditLog(options: OutputOptions, host: Host, base: string): HostLog {
  const file = new LineFile(options, `${base}/audit.log`, false);
  let serial = firstNumber(host, "audit");
  let lines = 0;
  return {
    write(event) {
      const written = encodeAudit(event, serial, host);
      if (written.length === 0) return [];
      for (const line of written) file.write(line);
      const place = { file: file.name, recordId: serial, ordinal: lines, eventId: undefined };
      serial++;
      lines += written.length;
      return [place];
    },
    settle: () => file.settle(),
    close: () => file.close(),
  };
}

function ecsLog(options: OutputOptions, host: Host, base: string): HostLog {
  const file = new LineFile(options, `${base}.ndjson`, options.gzip);
  let count = 0;
  return {
    write(event) {
      const line = encodeEcs(event, host);
      if (line === undefined) return [];
      file.write(line);
      return [{ file: file.name, recordId: undefined, ordinal: count++, eventId: undefined }];
    },
    settle: () => file.settle(),
    close: () => file.close(),
  };
}

/** A shortcut is no record: it is collected as the file that it is, beside the logs. */
function withShortcuts(options: OutputOptions, base: string, log: HostLog): HostLog {
  return {
    ...log,
    write(event) {
      if (event.kind !== "shortcut") return log.write(event);
      const file = `${base}/Startup/${fileName(event.path)}`;
      const path = join(options.folder, file);
      mkdirSync(dirname(path), { recursive: true });
      const { target, args, time } = event;
      writeFileSync(
        path,
        writeLnk({ idList: target, linkInfo: target, arguments: args, created: time, modified: time }),
      );
      return [{ file, recordId: undefined, ordinal: 0, eventId: undefined }];
    },
  };
}

/** Opens the logs of a host in a folder under the target. */
export function openHostLog(options: OutputOptions, host: Host, folder: string): HostLog {
  const base = `${folder}/${host.name.split(".")[0]}`;
  if (host.format === "audit") return auditLog(options, host, base);
  if (host.format === "ecs") return ecsLog(options, host, base);
  const log = host.format === "evtx" ? evtxLog(options, host, base) : ndjsonLog(options, host, base, host.format);
  return withShortcuts(options, base, log);
}
