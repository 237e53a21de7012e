import { isObject, type JsonObject } from "../../decode/json/parse.ts";
import { firstText, own } from "./fields.ts";
import { alertEvidence } from "./products/alert-evidence.ts";
import { cortexEvents } from "./products/cortex.ts";
import { osqueryRows } from "./products/linux.ts";
import { ocsfEvidence } from "./products/ocsf.ts";
import { otlpRecords } from "./products/otlp.ts";
import { chainsawMatches } from "./windows/chainsaw.ts";
import { zircoliteMatches } from "./windows/zircolite.ts";

/** The records that one object lists; undefined where it is a record itself. */
export function listedIn(object: JsonObject): readonly JsonObject[] | undefined {
  for (const list of [
    osqueryRows,
    chainsawMatches,
    zircoliteMatches,
    tableRows,
    otlpRecords,
    alertEvidence,
    ocsfEvidence,
    cortexEvents,
    branches,
  ]) {
    const found = list(object);
    if (found) return found;
  }
  return undefined;
}

/** Where answers of queries have their rows: Log Analytics and Data Explorer, ES|QL, Elasticsearch's SQL. */
const ROWS = ["rows", "Rows", "values", "datarows"];

/** Tables of a query's answer: the names of their columns once, and rows that are lists. */
function tableRows(object: JsonObject): readonly JsonObject[] | undefined {
  const tables = own(object, "tables") ?? own(object, "Tables");
  if (Array.isArray(tables)) return tables.filter(isObject).flatMap((table) => rowsOf(table) ?? []);
  return rowsOf(object);
}

function rowsOf(table: JsonObject): readonly JsonObject[] | undefined {
  const columns = own(table, "columns") ?? own(table, "Columns") ?? own(table, "schema");
  if (!Array.isArray(columns)) return undefined;
  const rows = ROWS.map((key) => own(table, key)).find(Array.isArray);
  if (!rows) return undefined;
  const names = columns.map((column) => (isObject(column) ? firstText(column, NAMES) : undefined));
  return rows
    .filter(Array.isArray)
    .map((row) =>
      Object.fromEntries(names.flatMap((name, at) => (name === undefined ? [] : [[name, row[at] ?? null]]))),
    );
}

const NAMES = ["name", "ColumnName", "Name"];

/** Volatility nests the children of a process below it. */
const CHILDREN = "__children";
/** No machine runs more; the nesting itself is limited where JSON is read. */
const MOST_BRANCHES = 1 << 16;

function branches(object: JsonObject): readonly JsonObject[] | undefined {
  if (!Array.isArray(own(object, CHILDREN))) return undefined;
  const found: JsonObject[] = [];
  const open: JsonObject[] = [object];
  for (let next = open.pop(); next && found.length < MOST_BRANCHES; next = open.pop()) {
    const children = own(next, CHILDREN);
    found.push({ ...next, [CHILDREN]: null });
    if (!Array.isArray(children)) continue;
    // One by one: a call takes only so many arguments.
    for (const child of children.filter(isObject).reverse()) open.push(child);
  }
  return found;
}
