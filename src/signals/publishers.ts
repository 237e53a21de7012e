import { hostOf, isNumbered } from "../cmdline/normal/reach.ts";
import { parseUrl } from "../cmdline/normal/url.ts";
import { baseName } from "../invocations/glob.ts";
import type { Platform } from "../model/event.ts";
import type { Payload } from "../model/payload.ts";
import { hasVersion } from "./published.ts";

/** Forges, of which only what a project releases is its own: code and files in a repository may be a fork's. */
const FORGES = new Set(["github.com", "gitlab.com", "codeberg.org"]);
const RELEASED = /^\/([^/]+)\/([^/]+)(?:\/-)?\/releases\/(?:download|[^/]+\/downloads?)\//;

const wordsOf = (text: string) => text.toLowerCase().match(/[a-z]{3,}/g) ?? [];

/** Whether it is the manifest by which a ClickOnce application is published, on a server that has a name and says over TLS who it is. */
export const isClickOnce = ({ what, value }: Payload): boolean =>
  what === "package" && /^https:[^?#]+\.application(?:[?#]|$)/i.test(value) && !isNumbered(hostOf(value));

/** What makes a repository for a release of a distribution known: `kiwi-release-39.noarch.rpm`. */
const SOURCES = /-release-(?:latest-)?\d{1,3}\.(?:noarch\.)?rpm$/;

/** Whether a host that is called after a product publishes a version of it, over TLS: `https://get.kiwi.example/kiwi-agent-4.5.2-x64.msi`. */
export function isVersioned(address: string): boolean {
  const url = parseUrl(address);
  if (url?.scheme !== "https" || url.port !== "" || url.userinfo !== "" || isNumbered(url.host)) return false;
  const name = baseName(url.path);
  return (
    (hasVersion(name) || SOURCES.test(name)) && wordsOf(name).some((word) => word.length > 3 && url.host.includes(word))
  );
}

/** Whether a project of a forge has released it, under a name that says which project: over TLS, and not any file that somebody keeps there. */
export function isReleased(address: string): boolean {
  const url = parseUrl(address);
  if (url?.scheme !== "https" || url.port !== "" || url.userinfo !== "" || !FORGES.has(url.host)) return false;
  const [, owner, project] = RELEASED.exec(url.path) ?? [];
  if (owner === undefined || project === undefined) return false;
  const own = new Set([...wordsOf(owner), ...wordsOf(project)]);
  return wordsOf(baseName(url.path)).some((word) => own.has(word));
}

/** Where Debian and Ubuntu keep all packages of a release, each below the letter of its source: by plain HTTP, as `apt` is told to ask for them. */
const POOL =
  /^https?:\/\/(?:(?:[a-z]{2}\.)?(?:archive|security|old-releases)\.ubuntu\.com\/ubuntu|(?:deb|security|ftp(?:\.[a-z]{2})?)\.debian\.org\/debian(?:-security)?)\/pool\/(?:[a-z-]+\/)?[a-z-]+\/(?:lib)?[a-z\d]\/[a-z\d][^/]*\/[a-z\d][^/]*\.deb$/i;

/** Whether a distribution has published a package in its archive. */
export const isPooled = (address: string): boolean => POOL.test(address);

/** What a tool builds, installs or applies by itself; scripts and programs that are run as they are fetched are not meant. */
const TAKEN = new Set(["package", "project", "config"]);

/** A project of a forge as a whole, by its address or in an archive of it: as version control, and package managers, name it. */
const PROJECT =
  /^(?:(?:[\w.-]+ @ )?git\+https:\/\/(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/.+|(?:https:\/\/)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[\w.-]+\/[\w.-]+(?:\/(?:-\/)?(?:archive|tarball|zipball)\/.+)?\/?|(?:github|gitlab|bitbucket):[\w.-]+\/[\w.-]+)$/i;

/** A file of a project, or one that it has released. */
const OF_PROJECT =
  /^https:\/\/(?:raw\.githubusercontent\.com|github\.com|gitlab\.com|codeberg\.org)\/[\w.-]+\/[\w.-]+\/./i;

/**
 * Whether it is the source of a project that a forge keeps, or settings out of one: anybody may have written it, as with what an index of
 * packages calls by a name alone. On Windows settings of that kind are no more usual than scripts.
 */
export function isSource({ what, value }: Payload, platform: Platform): boolean {
  if (!TAKEN.has(what)) return false;
  return PROJECT.test(value) || (platform === "linux" && what === "config" && OF_PROJECT.test(value));
}
