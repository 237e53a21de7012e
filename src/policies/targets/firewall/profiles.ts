import { OFF, OUTBOUND_BLOCKED, OUTBOUND_PARTLY, PARTLY_OFF } from "./fields.ts";

const PROFILES = ["domain", "private", "public"] as const;
type Profile = (typeof PROFILES)[number];
/** Windows keeps what is said of private networks under the name that it had before there were two kinds of them. */
const named = (text: string): Profile | undefined =>
  PROFILES.find((one) => one === text.toLowerCase().replace("standard", "private"));

/** What the network profiles are set to: the last word on each holds. */
export class ProfileSettings {
  readonly #blocked = new Set<Profile>();
  readonly #off = new Set<Profile>();

  /** @param profiles names; none of them means all */
  outbound(profiles: readonly string[], isBlocked: boolean): void {
    this.#put(this.#blocked, profiles, isBlocked);
  }

  enabled(profiles: readonly string[], isOn: boolean): void {
    this.#put(this.#off, profiles, !isOn);
  }

  #put(into: Set<Profile>, profiles: readonly string[], isIn: boolean): void {
    const all = profiles.flatMap((one) => (/^(?:all|any|\*)$/i.test(one) ? PROFILES : (named(one) ?? [])));
    for (const one of profiles.length === 0 ? PROFILES : all) {
      if (isIn) into.add(one);
      else into.delete(one);
    }
  }

  get options(): readonly string[] {
    const said = (of: ReadonlySet<Profile>, whole: string, partly: string) =>
      of.size === 0 ? [] : [of.size === PROFILES.length ? whole : partly];
    return [...said(this.#blocked, OUTBOUND_BLOCKED, OUTBOUND_PARTLY), ...said(this.#off, OFF, PARTLY_OFF)];
  }
}
