import { parseUrl } from "../cmdline/normal/url.ts";
import { baseName } from "../invocations/glob.ts";

/** Forges, of which only what a project releases is its own: code and files in a repository may be a fork's. */
const FORGES = new Set(["github.com", "gitlab.com", "codeberg.org"]);
const RELEASED = /^\/([^/]+)\/([^/]+)(?:\/-)?\/releases\/(?:download|[^/]+\/downloads?)\//;

const wordsOf = (text: string) => text.toLowerCase().match(/[a-z]{3,}/g) ?? [];

/** Whether a project of a forge has released it, under a name that says which project: over TLS, and not any file that somebody keeps there. */
export function isReleased(address: string): boolean {
  const url = parseUrl(address);
  if (url?.scheme !== "https" || url.port !== "" || url.userinfo !== "" || !FORGES.has(url.host)) return false;
  const [, owner, project] = RELEASED.exec(url.path) ?? [];
  if (owner === undefined || project === undefined) return false;
  const own = new Set([...wordsOf(owner), ...wordsOf(project)]);
  return wordsOf(baseName(url.path)).some((word) => own.has(word));
}
