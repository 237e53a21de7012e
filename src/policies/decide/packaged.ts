import { entryOf } from "../../model/entry.ts";
import type { FileFacts } from "./act.ts";
import { plainPath } from "./paths.ts";

const ORGANISATION = "O=Microsoft Corporation, L=Redmond, S=Washington, C=US";
const WINDOWS = `CN=Microsoft Windows, ${ORGANISATION}`;
const CORPORATION = `CN=Microsoft Corporation, ${ORGANISATION}`;
/** Distinguished names of those who sign what comes with Windows, by the names that logs and the catalogue give them. */
export const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ["Microsoft Windows", WINDOWS],
  ["Microsoft Corporation", CORPORATION],
]);

/** Where Windows keeps packaged apps: the folder of each is its full name, or its family name for those that come with Windows. */
const FOLDER = /^[a-z]:\\(?:program files\\windowsapps|windows\\systemapps)\\([^\\]+)\\/;
/** `name_version_architecture_resource_publisher` or `name_publisher`; the last part is a hash of the publisher. */
const FULL_NAME = /^([\w.-]+?)_(?:(\d+(?:\.\d+){3})_[a-z0-9]*_[^_]*_)?([a-z0-9]{13})$/;

/** Publishers whose hash is known. @see https://learn.microsoft.com/windows/apps/desktop/modernize/package-identity-overview */
const PUBLISHERS: Readonly<Record<string, string>> = {
  "8wekyb3d8bbwe": CORPORATION,
  cw5n1h2txyewy: WINDOWS,
};

/** What the path of a program of a packaged app tells of its package; undefined for any other program. */
export function packagedApp(file: FileFacts): FileFacts | undefined {
  const path = file.path === undefined ? "" : plainPath(file.path);
  const [, product, version, publisher = ""] = FULL_NAME.exec(FOLDER.exec(path)?.[1] ?? "") ?? [];
  if (product === undefined) return undefined;
  return {
    path: file.path,
    product,
    ...(version !== undefined && { version }),
    packageFamily: `${product}_${publisher}`,
    // Windows knows no unsigned packages.
    signed: true,
    publisher: entryOf(PUBLISHERS, publisher) ?? publisher,
  };
}
