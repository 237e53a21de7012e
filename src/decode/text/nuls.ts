/** A text without the NULs at its end, by which C and Windows end it. In linear time: each run of them is begun once, wherever it stands. */
export function withoutNuls(text: string): string {
  return text.replace(/(?<!\0)\0+$/, "");
}

/** Texts that NULs end and part, as the registry keeps them (`REG_SZ`, `REG_MULTI_SZ`): a line for each. */
export function nulLines(text: string): string {
  return withoutNuls(text).replaceAll("\0", "\n");
}
