import type { Catalog } from "../../src/catalog/catalog.ts";
import { ofProcess } from "../../src/correlate/requests.ts";
import { resolve } from "../../src/invocations/resolve.ts";
import type { Request } from "../../src/invocations/types.ts";
import { readEvents } from "../../src/pipeline/read-events.ts";

/** Process starts of logs whose programs are catalogued, in the order in which the logs have them, those that come again among them. */
export interface Logged {
  readonly requests: readonly Request[];
  /** How many of them differ. */
  readonly different: number;
}

/** What the logs of a folder ask of resolving, as a scan asks it. Throws where the folder cannot be read. */
export async function loggedIn(folder: string, catalog: Catalog): Promise<Logged> {
  const requests: Request[] = [];
  await readEvents([folder], { kinds: new Set(["processCreation"] as const) }, {}, (event) => {
    if (event.kind !== "processCreation") return;
    const request = ofProcess(event);
    if (resolve(request, catalog).invocations[0]?.entry) requests.push(request);
  });
  const texts = requests.map(({ commandLine, args, image, env }) => JSON.stringify([commandLine, args, image, env]));
  return { requests, different: new Set(texts).size };
}
