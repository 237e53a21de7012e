import { unpack } from "../unpack.ts";

/** What every gzip file begins with. */
const GZIP = [0x1f, 0x8b];

/** Decoded bytes as a text: packed ones character by character, as no encoding has them. */
export function textOf(bytes: Buffer): string {
  return bytes[0] === GZIP[0] && bytes[1] === GZIP[1] ? bytes.toString("latin1") : bytes.toString("utf8");
}

/** Options with which gzip(1) only says how, or goes on without asking. */
const PLAIN = /^-[cdfknqv]+$|^--(?:stdout|to-stdout|decompress|uncompress|force|keep|quiet|no-name|verbose)$/;
export const DECODES = /^-\w*d|^--(?:de|un)compress$/;

/** What gunzip(1), or gzip(1) that is asked for it, makes of its input. */
export const ungzip =
  (always: boolean) =>
  (args: readonly string[], stdin: string | undefined): string | undefined => {
    const given = args.filter((arg) => arg !== "-");
    if (stdin === undefined || !given.every((arg) => PLAIN.test(arg))) return undefined;
    if (!always && !given.some((arg) => DECODES.test(arg))) return undefined;
    const bytes = unpack(Buffer.from(stdin, "latin1"), "gzip");
    return bytes && textOf(Buffer.from(bytes));
  };
