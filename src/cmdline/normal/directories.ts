export const DIRECTORY_CLASSES = [
  "system",
  "programFiles",
  "programData",
  "temp",
  "profile",
  "share",
  "web",
  "downloads",
  "relative",
  "other",
] as const;

/** What kind of folder a file lies in; `userWritable` is what an ordinary installation allows. */
export type DirectoryClass = (typeof DIRECTORY_CLASSES)[number];

export interface Place {
  readonly directoryClass: DirectoryClass;
  /** Whether a user without rights can put files there. */
  readonly userWritable: boolean;
}

type Rule = readonly [pattern: RegExp, directoryClass: DirectoryClass, userWritable: boolean];

/** On paths in normal form; `~` stands for the drive. The first that matches counts. */
const WINDOWS: readonly Rule[] = [
  [
    /^%te?mp%(?:\\|$)|^~\\(?:te?mp|windows\\temp)(?:\\|$)|\\appdata\\local\\temp(?:\\|$)|^%localappdata%\\temp(?:\\|$)/,
    "temp",
    true,
  ],
  [/\\inetcache\\|\\temporary internet files\\|\\content\.outlook\\/, "downloads", true],
  // No browser saves in the folder of all users; who lays something down there wants others to run it.
  [/^(?:~\\users\\(?!public\\)[^\\]+|%userprofile%)\\downloads(?:\\|$)/, "downloads", true],
  [
    /^~\\users(?:\\|$)|^~\\documents and settings(?:\\|$)|^%(?:userprofile|appdata|localappdata|homepath|homedrive|public|onedrive)%/,
    "profile",
    true,
  ],
  [
    /^~\\windows\\(?:tasks|tracing|registration\\crmlog|debug\\wia|help\\temp|pla\\(?:reports|rules|templates))(?:\\|$)/,
    "system",
    true,
  ],
  [
    /^~\\windows\\(?:system32|syswow64)\\(?:tasks(?:_migrated)?|spool\\(?:drivers\\color|printers|servers)|com\\dmp|fxstmp|microsoft\\crypto)(?:\\|$)/,
    "system",
    true,
  ],
  [/^~\\windows(?:\\|$)|^%(?:systemroot|windir)%/, "system", false],
  [/^~\\program files(?: \(x86\))?(?:\\|$)|^%programfiles(?:\(x86\))?%/, "programFiles", false],
  [/^~\\programdata(?:\\|$)|^%(?:programdata|allusersprofile)%/, "programData", true],
];

const POSIX: readonly Rule[] = [
  [
    /^(?:\/private)?\/(?:var\/)?tmp(?:\/|$)|^\/dev\/(?:shm|mqueue|hugepages)(?:\/|$)|^\/(?:run|var)\/lock(?:\/|$)|^\/var\/crash(?:\/|$)|^\/run\/user\/|^(?:\/private)?\/var\/folders\//,
    "temp",
    true,
  ],
  [/^(?:\/home\/[^/]+|\/Users\/[^/]+|~[^/]*|\/root)\/Downloads(?:\/|$)/, "downloads", true],
  [/^\/(?:home|Users)(?:\/|$)|^~|^\/root(?:\/|$)/, "profile", true],
  [/^\/(?:usr\/local|opt|Applications|snap|nix\/store|gnu\/store)(?:\/|$)/, "programFiles", false],
  // Who hides something among the system's own files has rights, and other reasons than a package.
  [
    /^\/(?:usr|lib|lib32|lib64|etc|boot|dev)\/(?!src\/)(?:[^/]+\/)*\.(?!bin\/|build-id\/|venv\/)[^/]+\/[^/]/,
    "other",
    false,
  ],
  [/^\/(?:usr|bin|sbin|lib|lib32|lib64|etc|boot|proc|sys|dev|System|Library)(?:\/|$)/, "system", false],
  [/^\/(?:var|srv)(?:\/|$)/, "programData", false],
  [/^\//, "other", false],
];

function firstRule(rules: readonly Rule[], path: string): Place | undefined {
  const rule = rules.find(([pattern]) => pattern.test(path));
  return rule && { directoryClass: rule[1], userWritable: rule[2] };
}

function relative(path: string, separator: string): Place {
  return { directoryClass: "relative", userWritable: path.includes(separator) };
}

/** The place of a Windows path in normal form. */
export function windowsPlace(path: string): Place {
  if (/^\\\\[^\\?.]/.test(path)) return { directoryClass: "share", userWritable: true };
  const anyDrive = path.replace(
    /^(?:\\\\[?.]\\)?(?:c:|\\device\\harddiskvolume\d+|volume\{[^}]*\}|%systemdrive%)(?=\\)/,
    "~",
  );
  const local = anyDrive.startsWith("\\") && !anyDrive.startsWith("\\\\") ? `~${anyDrive}` : anyDrive;
  const known = firstRule(WINDOWS, local);
  if (known) return known;
  return /^(?:~|\\|%|[a-z]:\\)/.test(local) ? { directoryClass: "other", userWritable: true } : relative(path, "\\");
}

/** The root and the working folder of a process, as the kernel shows them. Source: proc(5). */
const OF_PROCESS = /^\/proc\/[^/]+\/(?:root(?=\/)|cwd\/)/;

/** The place of a POSIX path in normal form. */
export function posixPlace(path: string): Place {
  const own = path.startsWith("/proc/") ? path.replace(OF_PROCESS, "") : path;
  return firstRule(POSIX, own) ?? relative(own, "/");
}
