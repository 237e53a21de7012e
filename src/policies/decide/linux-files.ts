import type { FileFacts } from "./act.ts";

/** Where packages put programs and libraries, all of which are in the trust database; and where they put none. */
const PACKAGED = /^\/(?:usr\/(?:s?bin|lib\w*|games|share)|s?bin|lib\w*)\//;
const UNPACKAGED = /^\/(?:tmp|var\/tmp|dev\/shm|run|home|root)\//;

/** Whether fapolicyd’s trust database has a file. */
export function trustMet(wanted: boolean, { path }: FileFacts): boolean | string {
  if (path !== undefined && PACKAGED.test(path)) return wanted;
  if (path !== undefined && UNPACKAGED.test(path)) return !wanted;
  return "whether the file is trusted is not logged";
}

/** Types that a file’s name tells, as libmagic calls them. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\.so(?:\.[\d.]+)?$/, "application/x-sharedlib"],
  [/\.(?:sh|bash)$/, "text/x-shellscript"],
  [/\.py$/, "text/x-python"],
  [/\.pyc$/, "application/x-bytecode.python"],
  [/\.p[lm]$/, "text/x-perl"],
  [/\.rb$/, "text/x-ruby"],
  [/\.lua$/, "text/x-lua"],
  [/\.php$/, "text/x-php"],
  [/\.js$/, "application/javascript"],
  [/\.jar$/, "application/java-archive"],
];

/** Whether a file is of a type. */
export function typeMet(wanted: string, file: FileFacts): boolean | string {
  // What a package brings can be read by the loader.
  if (wanted === "application/x-bad-elf" && trustMet(true, file) === true) return false;
  const known = TYPES.find(([name]) => name.test(file.path ?? ""))?.[1];
  return known === undefined ? "the file's type is not logged" : known === wanted;
}
