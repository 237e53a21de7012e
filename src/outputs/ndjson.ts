import { inContractOrder } from "./contract.ts";
import { jsonLine } from "./escape.ts";
import type { Output } from "./output.ts";

/** One finding a line, the contract that other programs read. */
export const ndjson: Output = {
  name: "ndjson",
  open: (write) => ({
    finding: (finding) => write(`${jsonLine(inContractOrder(finding))}\n`),
    case: (item) => write(`${jsonLine(item)}\n`),
    end() {},
  }),
};
