import { isObject, type JsonObject } from "../../../decode/json/parse.ts";
import { entryOf } from "../../../model/entry.ts";
import { firstText, has, integer, keysOf, own, text } from "../fields.ts";
import { type JsonShape, PathRecord } from "../object-record.ts";
import { parseTime } from "../time.ts";

const TABLE = /^(?:AdvancedHunting-)?(Device[A-Za-z]{3,40})$/;

/**
 * Microsoft Defender for Endpoint: rows of advanced hunting, the same as streamed to storage or event hubs (`category`,
 * `properties`), and as tables of a Log Analytics workspace (`Type`); and a device's timeline, whose columns have blanks in their
 * names. The provider is the table.
 */
export const mde: JsonShape = {
  marks: ["ActionType", "DeviceName"],
  recognise(written, at) {
    const object = has(written, "Action Type") ? ofTimeline(written) : written;
    const properties = own(object, "properties");
    const streamed = isObject(properties) && TABLE.test(text(own(object, "category")) ?? "");
    const row = streamed ? properties : object;
    if (text(own(row, "ActionType")) === undefined) return undefined;
    if (firstText(row, ["DeviceName", "DeviceId", "InitiatingProcessFileName"]) === undefined) return undefined;
    const head = {
      provider: tableName(object),
      recordId: integer(own(row, "ReportId")),
      host: firstText(row, ["DeviceName", "DeviceId"]),
      time: parseTime(own(row, "Timestamp")) ?? parseTime(own(row, "TimeGenerated")) ?? parseTime(own(object, "time")),
    };
    return new PathRecord("mde", at, head, row);
  },
};

/** Columns of the timeline that advanced hunting names otherwise. */
const RENAMED: Readonly<Record<string, string>> = {
  "Event Time": "Timestamp",
  "Machine Id": "DeviceId",
  "Computer Name": "DeviceName",
  Sha1: "SHA1",
  Sha256: "SHA256",
};

function ofTimeline(row: JsonObject): JsonObject {
  return Object.fromEntries(
    keysOf(row).map((name) => [entryOf(RENAMED, name) ?? name.replaceAll(" ", ""), own(row, name)]),
  );
}

function tableName(object: JsonObject): string | undefined {
  return TABLE.exec(firstText(object, ["category", "Type", "TableName", "$table"]) ?? "")?.[1];
}
