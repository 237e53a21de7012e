import { inContractOrder } from "./contract.ts";
import { jsonLine } from "./escape.ts";
import type { Output } from "./output.ts";

/** One JSON array, for programs that cannot read a stream. */
export const json: Output = {
  name: "json",
  open(write) {
    let separator = "[\n";
    const item = (value: unknown) => {
      write(separator + jsonLine(value));
      separator = ",\n";
    };
    return {
      finding: (finding) => item(inContractOrder(finding)),
      case: item,
      end: () => write(separator === "[\n" ? "[]\n" : "\n]\n"),
    };
  },
};
