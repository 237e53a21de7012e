import type { Join } from "./types.ts";

/** All joins, as they are written in YAML: `child: start`. */
export const JOINS: readonly Join[] = ["process", "child", "target", "file", "folder", "registry"];
