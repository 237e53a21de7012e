import { parseStart } from "../../cmdline/cmd/start.ts";
import { changedTo, isWholePath, wholeName } from "../../cmdline/normal/folder.ts";
import { identity } from "../../cmdline/normal/identity.ts";
import type { Platform } from "../../model/event.ts";
import type { Payload } from "../../model/payload.ts";
import type { SimpleCommand } from "./dialects.ts";

const STARTS = /^[\s@(]{0,16}start[\s,;=].{0,256}?\/d/i;
const CHANGES = new Set(["cd", "chdir", "pushd"]);
const LONGEST = Math.max(...Array.from(CHANGES, ({ length }) => length));

/** The folder that `start /d` names for the program that it starts. */
export function startsIn({ text = "" }: SimpleCommand): string | undefined {
  const dir = STARTS.test(text) ? parseStart(text).dir : undefined;
  return dir !== undefined && isWholePath(dir) ? dir : undefined;
}

/** The folder that a text works in, as far as its own words tell. */
export class Folder {
  readonly #platform: Platform;
  #path: string | undefined;
  #justChanged = false;

  /** @param path where it begins */
  constructor(platform: Platform, path?: string) {
    this.#platform = platform;
    this.#path = path;
  }

  get path(): string | undefined {
    return this.#path;
  }

  /** Keeps where a command goes. Of `cd /a || cd /b` the first is where it most likely ends. */
  note(name: string, args: readonly string[]): void {
    const again = this.#justChanged;
    this.#justChanged = name.length <= LONGEST && CHANGES.has(name.toLowerCase());
    if (!this.#justChanged) return;
    const to = args.find((arg) => !/^(?:-|\/d$)/i.test(arg))?.replace(/^"|"$/g, "");
    if (again && to !== undefined && isWholePath(to)) this.#path ??= to;
    else {
      const path = to === undefined ? undefined : changedTo(to, this.#path, this.#platform);
      if (path !== undefined || !again) this.#path = path;
    }
  }

  /** A file of that folder by its whole name. */
  whole(payload: Payload): Payload {
    const { value, args } = payload;
    const file = args ? undefined : /^(?:\.[\\/])?([\w][\w.-]*)$/.exec(value)?.[1];
    if (this.#path === undefined || file === undefined) return payload;
    return { ...payload, resolved: identity(wholeName(this.#path, file, this.#platform), this.#platform) };
  }
}
