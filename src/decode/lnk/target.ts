import { FLAG } from "./header.ts";
import type { Lnk } from "./lnk.ts";

/** The ways in which a link names its target; absent ones are undefined. */
export interface LnkTargets {
  readonly idList: string | undefined;
  readonly linkInfo: string | undefined;
  readonly environment: string | undefined;
  readonly relative: string | undefined;
  /** Advertised (MSI) or named by properties only. */
  readonly property: string | undefined;
}

export function targetsOf(link: Lnk): LnkTargets {
  const { environment, vistaPath, properties } = link.extra;
  return {
    idList: link.idPath || vistaPath || undefined,
    linkInfo: link.info?.path || undefined,
    environment: environment?.unicode || environment?.ansi || undefined,
    relative: link.strings.relativePath || undefined,
    property: properties?.get("System.Link.TargetParsingPath") ?? properties?.get("System.ParsingPath"),
  };
}

/** Characters that no path has: with one of them the shell passes over the environment block. */
const NO_PATH = /["<>|*?]/;

/** Whether the shell goes by the environment block: flagged, and a path. */
export function environmentCounts(link: Lnk, targets: LnkTargets): boolean {
  return (
    (link.header.flags & FLAG.expString) !== 0 &&
    targets.environment !== undefined &&
    !NO_PATH.test(targets.environment)
  );
}

/**
 * The target that opening the link starts: the environment block where the shell goes by it, else the IDList, else what
 * else names one. An IDList that leads to no file (`::{…}` roots alone) gives way to LinkInfo.
 */
export function targetOf(link: Lnk, targets: LnkTargets = targetsOf(link)): string | undefined {
  if (environmentCounts(link, targets)) return targets.environment;
  const { idList, linkInfo, relative, property, environment } = targets;
  if (idList !== undefined && !/^::\{[^\\]*$/.test(idList)) return idList;
  return linkInfo ?? property ?? idList ?? relative ?? environment;
}
