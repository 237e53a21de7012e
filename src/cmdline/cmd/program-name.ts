import type { Obfuscation } from "../../model/invocation.ts";
import { obfuscation } from "../normal/distance.ts";

/** `type,FILE,`: what cmd takes for blanks ends a command's name, too. */
export function spaced(text: string): string {
  const name = /^[^\s"(),;=]{1,256}(?=[,;=])/.exec(text)?.[0];
  if (name === undefined) return text;
  let end = text.length;
  while (end > name.length && ",;= ".includes(text[end - 1]!)) end--;
  return `${name} ${text.slice(name.length, end).replace(/^[,;= ]+/, "")}`;
}

/**
 * `a.b /../../windows/x.exe`: cmd looks for a file of the whole name, and the system goes up out of whatever stands in front. What is
 * a command of cmd itself is carried out before.
 */
const CLIMBS =
  /^(?!(?:copy|type|del|erase|move|ren|dir|cd|chdir|md|rd|set|echo|call|start|pushd|xcopy)\b)[^"&|<>]{0,256}?[^\s"&|<>./\\]\s{0,8}\/\.\.(?:[\\/]\.\.)+(?=[\\/](?:windows|winnt|program files|programdata|users)[\\/][^"&|<>]{0,256}?\.(?:exe|com|scr|bat|cmd)(?:["\s,;]|$))/i;

/** The program of a command that is hidden behind a way up and down again. */
export function climbed(text: string, notes: Obfuscation[]): string {
  const start = text.includes("/..") ? CLIMBS.exec(text)?.[0] : undefined;
  if (start === undefined) return text;
  notes.push(obfuscation("pathTraversal", start, 1));
  const [path = "", ...rest] = text.slice(start.length).split(/(?<=\.(?:exe|com|bat|cmd|scr))(?=["\s,;]|$)/i);
  return path.replaceAll("/", "\\") + rest.join("").replace(/^"/, " ");
}
