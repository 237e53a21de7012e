import { fillBounded } from "../bounded.ts";
import { kindOfName } from "../kinds.ts";
import type { Sink } from "../sink.ts";

/** Place of the bracket that closes the one at `from`, within `most` characters; -1 where none does. */
function partner(text: string, from: number, open: string, close: string, most = 65_536): number {
  let nesting = 0;
  for (let at = from; at < text.length && at < from + most; at++) {
    if (text[at] === open) nesting++;
    else if (text[at] === close && --nesting === 0) return at;
  }
  return -1;
}

/** Every `mark` with its bracketed text; what is inside one is not searched again. */
function* bracketed(
  text: string,
  mark: string,
  open: string,
  close: string,
): Generator<{ body: string; at: number; end: number }> {
  let at = text.indexOf(mark + open);
  while (at >= 0) {
    const start = at + mark.length;
    const found = partner(text, start, open, close);
    const end = found < 0 ? text.length : found;
    yield { body: text.slice(start + 1, end), at, end };
    at = text.indexOf(mark + open, end);
  }
}

/** m4: `syscmd`, `esyscmd`, `include`. */
export function scanM4(text: string, sink: Sink): void {
  const unquote = (body: string): string => body.trim().replace(/^[`[]+|(?<!['\]])['\]]+$/g, "");
  for (const { body } of bracketed(text, "syscmd", "(", ")")) sink.shell(unquote(body));
  for (const { body } of bracketed(text, "include", "(", ")")) {
    const value = unquote(body);
    sink.emit({ role: "reads", what: kindOfName(value), value });
  }
}

/** Macros of rpm: `%(command)`, `%{lua:code}`, `%{load:file}`; `%%` is a percent sign. */
export function scanRpm(text: string, sink: Sink): void {
  const plain = text.replaceAll("%%", "  ");
  for (const { body } of bracketed(plain, "%", "(", ")")) sink.shell(body);
  for (const { body } of bracketed(plain, "%", "{", "}")) {
    if (body.startsWith("lua:")) sink.nested("lua", body.slice(4));
    else if (body.startsWith("load:")) sink.emit({ role: "reads", what: "config", value: body.slice(5).trim() });
    else sink.nested("rpm", body);
  }
}

const ASSIGNMENT = /^\s*(?:override\s+|export\s+)*([A-Za-z_.][\w.]*)\s*(:{0,3}|\?|\+|!)=\s*(.*)$/;

/** make: `$(shell …)`, recipes, `!=`, `include`, `load`; known variables are put in. */
export function scanMake(text: string, sink: Sink): void {
  const variables = new Map<string, string>();
  const fill = (value: string): string =>
    fillBounded(value, /\$\$|\$[({](\w{1,64})[)}]/g, (place, name) =>
      place === "$$" ? "$" : (variables.get(name) ?? place),
    ) ?? value;
  makeFunctions(text, fill, sink);
  for (const line of text.replaceAll("\\\n", " ").split("\n")) {
    const recipe = /^\t(.*)$/.exec(line)?.[1] ?? /^[^\s=#:][^=#:]{0,512}:[^=;]{0,512};(.*)$/.exec(line)?.[1];
    const [, name, op, value = ""] = ASSIGNMENT.exec(line.slice(0, 4096)) ?? [];
    const [, directive, rest = ""] = /^\s*(-?include|sinclude|load)\s+(.+)$/.exec(line) ?? [];
    if (recipe?.trim()) sink.shell(fill(recipe.trim().replace(/^[@+-]+\s*/, "")));
    else if (op === "!") sink.shell(fill(value));
    else if (name) variables.set(name, fill(value));
    else if (directive) {
      for (const file of fill(rest).trim().split(/\s+/))
        sink.emit({ role: "runs", what: directive === "load" ? "library" : "script", value: file });
    }
  }
}

/** Calls of make, `$(…)` and `${…}`, by where they begin; each kind of bracket is counted by itself, and what never closes ends with the text. */
function makeCalls(text: string): { body: string; at: number; end: number }[] {
  const ends = new Map<number, number>();
  const open: Record<string, number[]> = { "(": [], "{": [] };
  for (let at = 0; at < text.length; at++) {
    const kind = text[at]!;
    if (kind === "(" || kind === "{") {
      open[kind]!.push(at);
      if (text[at - 1] === "$") ends.set(at, text.length);
    } else if (kind === ")" || kind === "}") {
      const start = open[kind === ")" ? "(" : "{"]!.pop();
      if (start !== undefined && ends.has(start)) ends.set(start, at);
    }
  }
  return [...ends].map(([at, end]) => ({ body: text.slice(at + 1, end), at, end }));
}

/**
 * Make functions that run or read: `$(shell …)`, also inside other functions. In one pass over all calls: to look into each body anew for
 * both kinds of bracket costs two to the power of the nesting.
 */
function makeFunctions(text: string, fill: (value: string) => string, sink: Sink): void {
  let read = 0;
  for (const { body, at, end } of makeCalls(text)) {
    if (at < read) continue;
    const command = /^shell\s+(.*)$/s.exec(body)?.[1];
    const [, sign, name] = /^file\s+(>{1,2}|<)\s*([^,\s]+)/.exec(body) ?? [];
    if (command) {
      sink.shell(fill(command));
      read = end;
    } else if (name && !/^\/dev\/std(?:in|out|err)$/.test(name)) {
      sink.emit({ role: sign === "<" ? "reads" : "writes", what: kindOfName(name), value: name });
    }
  }
}

/** TeX: `\write18`, piped input, LuaTeX's `\directlua`, and the files that are read and written. */
export function scanTex(text: string, sink: Sink): void {
  for (const mark of ["\\write18", "\\ShellEscape"])
    for (const { body } of bracketed(text, mark, "{", "}")) sink.shell(body);
  for (const mark of ["\\directlua", "\\latelua", "\\luadirect"])
    for (const { body } of bracketed(text, mark, "{", "}")) sink.nested("lua", body);
  for (const [, name] of text.matchAll(
    /\\(?:input|openin\s{0,4}\S{1,32}?=?)\s{0,8}\{?(\|?"[^"]{1,4096}"|\|[^\s}]{1,4096}|[^\s{}\\|"]{1,512})/g,
  )) {
    const value = name!.replaceAll('"', "");
    if (value.startsWith("|")) sink.shell(value.slice(1));
    else sink.emit({ role: "reads", what: kindOfName(value), value });
  }
  for (const [, value] of text.matchAll(
    /\\(?:include|lstinputlisting|verbatiminput|VerbatimInput)(?:\[[^\]]{0,256}\])?\{([^{}|]{1,512})\}/g,
  )) {
    sink.emit({ role: "reads", what: kindOfName(value!), value: value! });
  }
  for (const [, value] of text.matchAll(/\\openout\s{0,4}[^\s=]{1,32}\s{0,4}=\s{0,4}([^\s{}\\]{1,512})/g)) {
    sink.emit({ role: "writes", what: kindOfName(value!), value: value! });
  }
}

/** Puppet: `exec { 'command': … }`, `generate('program', 'argument')`. */
export function scanPuppet(text: string, sink: Sink): void {
  for (const { body } of bracketed(text.replace(/\bexec\s{1,16}\{/g, "exec{"), "exec", "{", "}")) {
    const title = /^\s*(["'])((?:(?!\1)[\s\S]){1,4096})\1\s*:/.exec(body)?.[2];
    const command = /\bcommand\s*=>\s*(["'])((?:(?!\1)[\s\S]){1,4096})\1/.exec(body)?.[2];
    const value = command ?? title;
    if (value !== undefined) sink.shell(value);
  }
  for (const [, , value] of text.matchAll(/\bfile\s{0,16}\{\s{0,64}(["'])((?:(?!\1).){1,1024})\1\s{0,16}:/g)) {
    sink.emit({ role: "writes", what: kindOfName(value!), value: value! });
  }
  for (const { body } of bracketed(text, "generate", "(", ")")) {
    sink.program([...body.matchAll(/(["'])([^"']{1,4096})\1/g)].map((match) => match[2]!));
  }
}
