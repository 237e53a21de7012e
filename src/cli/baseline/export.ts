import { join, resolve } from "node:path";
import { dateOf } from "../../baseline/days.ts";
import type { BaselineFile } from "../../baseline/file.ts";
import { partsOf } from "../../baseline/keys.ts";
import { WhatranError } from "../../errors.ts";
import { jsonLine } from "../../outputs/escape.ts";
import { removeTemporary, temporaryFolder } from "../../temporary.ts";
import { type Io, writeTo } from "../io.ts";
import { writeResult } from "../result-file.ts";

/** A key a line: `{"kind","parts":[…],"times","hosts","first","last","days"}`. */
function* lines(file: BaselineFile): Generator<string> {
  for (const { key, count } of file.entries()) {
    const { kind, parts } = partsOf(key);
    const { total: times, first, last, dayCount: days, hosts } = count;
    yield `${jsonLine({ kind, parts, times, hosts: hosts.size, first: dateOf(first), last: dateOf(last), days })}\n`;
  }
}

/** A path inside a statement of SQL. */
const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

async function toParquet(file: BaselineFile, target: string): Promise<void> {
  // A variable, so that bundlers and the type checker leave the optional package alone.
  const name = "@duckdb/node-api";
  const duckdb = await import(name).catch(() => {
    throw new WhatranError("usage", `Parquet needs the package ${name}: npm install ${name}`);
  });
  const folder = temporaryFolder("whatran-export-");
  try {
    const plain = join(folder, "keys.ndjson");
    writeResult(plain, lines(file), true);
    const instance = await duckdb.DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const columns =
      "{kind: 'VARCHAR', parts: 'VARCHAR[]', times: 'BIGINT', hosts: 'INTEGER', first: 'DATE', last: 'DATE', days: 'INTEGER'}";
    await connection.run(
      `COPY (SELECT * FROM read_json(${quoted(plain)}, format = 'newline_delimited', columns = ${columns})) TO ${quoted(target)} (FORMAT parquet)`,
    );
    connection.closeSync();
  } finally {
    removeTemporary(folder);
  }
}

/** Writes every key for other programs. @throws WhatranError where DuckDB is missing */
export async function exportBaseline(
  file: BaselineFile,
  { format, output }: { readonly format?: "ndjson" | "parquet"; readonly output?: string },
  io: Io,
): Promise<void> {
  const target = output === undefined ? undefined : resolve(io.cwd, output);
  if (format === "parquet") {
    if (target === undefined) throw new WhatranError("usage", "Parquet is written to a file: give --output");
    return toParquet(file, target);
  }
  if (target !== undefined) return writeResult(target, lines(file), true);
  for (const line of lines(file)) await writeTo(io.stdout, line);
}
