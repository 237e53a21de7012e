import { artefact } from "./artefact.ts";
import { autostartsIn } from "./registry-export.ts";

/** Values of the registry at rest: what of it Windows would start. Nobody is seen to write them. */
export const registryHive = artefact("registry-hive", ["runKey"], autostartsIn);
