import { isObject, type JsonObject } from "../../decode/json/parse.ts";
import { firstText, integer, own, text } from "./fields.ts";
import { type JsonShape, PathRecord } from "./object-record.ts";
import { parseTime } from "./time.ts";

const TABLE = /^(?:AdvancedHunting-)?(Device[A-Za-z]{3,40})$/;

/**
 * Microsoft Defender for Endpoint: rows of advanced hunting, the same as streamed to storage or event hubs (`category`,
 * `properties`), and as tables of a Log Analytics workspace (`Type`). The provider is the table.
 */
export const mde: JsonShape = {
  marks: ["ActionType", "DeviceName"],
  recognise(object, at) {
    const properties = own(object, "properties");
    const streamed = isObject(properties) && TABLE.test(text(own(object, "category")) ?? "");
    const row = streamed ? properties : object;
    if (text(own(row, "ActionType")) === undefined) return undefined;
    if (firstText(row, ["DeviceName", "DeviceId", "InitiatingProcessFileName"]) === undefined) return undefined;
    const head = {
      provider: tableOf(object),
      recordId: integer(own(row, "ReportId")),
      host: firstText(row, ["DeviceName", "DeviceId"]),
      time: parseTime(own(row, "Timestamp")) ?? parseTime(own(row, "TimeGenerated")) ?? parseTime(own(object, "time")),
    };
    return new PathRecord("mde", at, head, row);
  },
};

function tableOf(object: JsonObject): string | undefined {
  return TABLE.exec(firstText(object, ["category", "Type", "TableName", "$table"]) ?? "")?.[1];
}
