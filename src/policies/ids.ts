import { createHash } from "node:crypto";

/** A GUID made of a name, so that the same plan gives the same file. */
export function stableGuid(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Groups whose SID is the same on every machine. */
export const EVERYBODY = "S-1-1-0";
export const ADMINISTRATORS = "S-1-5-32-544";

/** Letters, digits and underscores, for ids that a schema restricts. */
export function plainId(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_|_$/g, "")
    .slice(0, 100);
}
