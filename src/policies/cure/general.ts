import { baseName } from "../../invocations/glob.ts";
import type { Payload } from "../../model/payload.ts";
import type { CureSubject } from "./forms.ts";
import { URL } from "./network.ts";

/** A plain name with at most one ending: nothing that a path is resolved by, and no stream. */
const PLAIN = /^[\w-]+?(\.\w+)?$/;

/** What stands for all files of a folder, and all addresses of a host, to which the same rules apply. */
function general({ what, where, value, resolved = value }: Payload): string {
  if (what === "inlineCode" && where === "inline") return `x${/\.\w{1,16}$/.exec(resolved)?.[0] ?? ""}`;
  if (where === "web") {
    const address = URL.exec(resolved);
    if (address) return `${address[0]}/`;
  }
  const name = baseName(resolved);
  const plain = PLAIN.exec(name);
  return plain ? `${resolved.slice(0, resolved.length - name.length)}x${plain[1] ?? ""}` : resolved;
}

const generalised = (payloads: readonly Payload[]): readonly Payload[] =>
  payloads.map((payload) => {
    const { what, where, remote } = payload;
    return { what, where, value: general(payload), remote };
  });

/**
 * The act without what makes no difference to its cures, as rules are made for folders, kinds of files and hosts: so that a batch in
 * which no name comes twice has few of them. `curesOf` gives the same for both.
 */
export function generalSubject({ binary, behaviour, runs, fetches, parent, user }: CureSubject): CureSubject {
  const { name, platform, path, originalName, entry } = binary;
  return {
    binary: {
      name,
      platform,
      ...(path !== undefined && { path }),
      ...(originalName !== undefined && { originalName }),
      ...(entry !== undefined && { entry }),
    },
    ...(behaviour !== undefined && { behaviour }),
    runs: generalised(runs),
    fetches: generalised(fetches),
    ...(parent !== undefined && { parent }),
    ...(user !== undefined && { user }),
  };
}
