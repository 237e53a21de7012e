import type { Behaviour, CatalogEntry } from "../../catalog/types.ts";
import { namedPayload } from "../../invocations/payloads/payload.ts";
import { toldByFiles } from "../../invocations/telling/telling.ts";
import type { ResolvedBehaviour } from "../../invocations/types.ts";
import type { FileCreation } from "../../model/event.ts";
import { INSTALLERS } from "../facts/drops.ts";
import { shownBy } from "./shown.ts";

/** That a file is written tells nothing by itself. */
const WRITES: Behaviour = {
  id: "windows/effects/telling-file",
  title: "Writes a file",
  category: "copy",
  when: [],
  bindings: [],
  techniques: [],
  usual: "common",
  confirmedBy: [],
  wrapper: false,
};

/** A file of which is known what it means that a program writes it (src/invocations/telling/), where that is rare. */
export function ofTellingFile(event: FileCreation, entry: CatalogEntry): ResolvedBehaviour | undefined {
  const { path, action, platform } = event;
  if (platform !== "windows" || action !== "create" || path === undefined || INSTALLERS.test(entry.name))
    return undefined;
  const writes = [namedPayload(path, { what: "auto" }, { platform })];
  const behaviour = toldByFiles(WRITES, { reads: [], writes, fetches: [] }, platform);
  if (behaviour.usual !== "rare" && behaviour.usual !== "hostile") return undefined;
  return shownBy(event, behaviour);
}
