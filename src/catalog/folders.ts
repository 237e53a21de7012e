/**
 * Folders that conditions of entries ask for by name (`in: temporary`), as globs on a value; the folder itself, as lists of folders in
 * variables have it, is meant as well.
 */
export const FOLDERS = {
  /** Of Linux: whoever uses the machine puts files there. */
  temporary: ["/tmp", "/tmp/*", "/var/tmp", "/var/tmp/*", "/dev/shm", "/dev/shm/*"],
  /** Of Windows: the same, and where nobody keeps what programs are to find. */
  loose: [
    "?:\\users\\public*",
    "%public%*",
    "?:\\perflogs*",
    "?:\\windows\\temp*",
    "*\\appdata\\local\\temp",
    "*\\appdata\\local\\temp\\*",
    "%temp%*",
  ],
  /** Of Windows: where a copy of a program may lie that anybody has put there, on any drive. */
  open: [
    "*\\users\\public\\*",
    "*\\appdata\\*",
    "*\\temp\\*",
    "*\\programdata\\*",
    "*\\downloads\\*",
    "*\\perflogs\\*",
    "*\\$recycle.bin\\*",
  ],
} as const;

export const FOLDER_NAMES = Object.keys(FOLDERS) as (keyof typeof FOLDERS)[];
