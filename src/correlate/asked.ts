import type { Catalog } from "../catalog/catalog.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Resolution } from "../invocations/types.ts";
import type { Named } from "./named.ts";

/** What a line that was named means; where nobody knows its program, what it means that it was set up. */
export function asked(
  { request, registrar, reasons }: Named,
  catalog: Catalog,
): Pick<Named, "request" | "reasons"> & { readonly resolution: Resolution } {
  const resolution = resolve(request, catalog);
  // A shell that does nothing of its own only starts what nobody knows.
  const isKnown = resolution.invocations.some(
    ({ entry, behaviours }) => behaviours.length > 0 || (entry !== undefined && entry.category !== "shell"),
  );
  if (isKnown || !registrar) return { request, reasons, resolution };
  // That it was set up says itself that it runs again.
  const others = reasons.filter(({ id }) => id !== "persistence");
  return { request: registrar, reasons: others, resolution: resolve(registrar, catalog) };
}
