import type { Event } from "../../model/event.ts";
import type { Host } from "../host.ts";
import type { Corroboration, Pending } from "../pending.ts";
import { fromEnd, fromThread } from "./children.ts";
import { fromModule } from "./loads.ts";
import { fromNetwork } from "./network.ts";

/** What an event of the process itself adds to its pending finding. */
export function corroborate(pending: Pending, host: Host, event: Event): Corroboration | undefined {
  switch (event.kind) {
    case "moduleLoad":
      return fromModule(pending, host, event);
    case "networkConnection":
      return fromNetwork(pending, event, host.site);
    case "processTermination":
      return fromEnd(pending, event);
    case "osApiExecution":
      return fromThread(pending, event);
    default:
      return undefined;
  }
}
