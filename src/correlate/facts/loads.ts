import { isInstalled } from "../../cmdline/normal/classify.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import { baseName } from "../../invocations/glob.ts";
import type { ModuleLoad } from "../../model/event.ts";
import { shown } from "../../signals/text.ts";
import type { Host } from "../host.ts";
import type { Corroboration, Pending } from "../pending.ts";
import { factOf, isDocumented, isFile, isSigned, payloadsOf, shownBy, span } from "./fact.ts";

/** Endings of files that Windows programs load as code. */
const CODE =
  /\.(?:dll|exe|ocx|cpl|ax|drv|sys|scr|tlb|mui|node|wll|xll|acm|tsp|com|efi|msstyles|olb|winmd|ime|flt|rll|pyd|api|8bf|aex|vst3?|xlam?|wfx|wcx|dpl|bpl|tmp)$/i;

function payloadLoaded(pending: Pending, event: ModuleLoad, module: string): Corroboration | undefined {
  const signed = isSigned(event.signature);
  const trusted = isInstalled(module, "windows");
  const { signer } = event.signature ?? {};
  const [id, more] =
    signed === undefined
      ? ["payload-loaded", ""]
      : signed
        ? ["payload-loaded-signed", `; its signature is valid${signer === undefined ? "" : `, by ${shown(signer)}`}`]
        : ["payload-loaded-unsigned", ", and it is not validly signed"];
  return factOf({
    id,
    group: "load",
    text: `The payload ${shown(module)} was loaded${more}.`,
    ...shownBy(event, pending),
    // That a program loads the file of its own system that it was told to is no news.
    ordinary: trusted && (signed !== false || isDocumented(pending)),
  });
}

/** A library that nobody named: put there shortly before, or lying where any user can put one. */
function besides(pending: Pending, host: Host, event: ModuleLoad, module: string): Corroboration | undefined {
  const signed = isSigned(event.signature);
  if (signed === true || isInstalled(module, "windows")) return undefined;
  const common = {
    group: "load",
    ...shownBy(event, pending),
  } as const;
  const written = host.files.get(identity(module, "windows"));
  const age = written && event.time !== undefined ? event.time - written.time : undefined;
  if (written && age !== undefined && age >= 0 && age <= 600_000) {
    const by = written.by === undefined ? "" : ` by ${shown(baseName(written.by))}`;
    const text = `It loaded ${shown(module)}, which had been written ${span(age)} earlier${by}.`;
    return factOf({ ...common, id: "dropped-then-loaded", text });
  }
  if (!CODE.test(module)) {
    const text = `It loaded ${shown(module)} as code, although its name is that of another kind of file.`;
    return factOf({ ...common, id: "type-mismatch", text });
  }
  if (signed !== false) return undefined;
  const text = `It loaded ${shown(module)}, which is not validly signed, from a folder outside installed software.`;
  return factOf({ ...common, id: "writable-module", text });
}

/** What a library that the process loaded adds to its finding. */
export function fromModule(pending: Pending, host: Host, event: ModuleLoad): Corroboration | undefined {
  const { module } = event;
  if (module === undefined || event.platform !== "windows") return undefined;
  const own = pending.subject.image;
  if (own !== undefined && identity(own, "windows") === identity(module, "windows")) return undefined;
  return payloadsOf(pending).some((payload) => isFile(payload, module))
    ? payloadLoaded(pending, event, module)
    : besides(pending, host, event, module);
}
