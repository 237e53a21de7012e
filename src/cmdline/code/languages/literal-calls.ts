import type { Scanner, Sink } from "../sink.ts";

/** Languages of which no more is read than the texts that stand in the calls which start programs. */

/** A text in quotes; its length is bounded, so that a text full of quotes stays cheap. */
const TEXT = String.raw`(?:"((?:[^"\\]|\\.){1,1024})"|'((?:[^'\\]|\\.){1,1024})')`;

const unescaped = (text: string): string => text.replace(/\\(["'\\])/g, "$1");

const textIn = (match: RegExpMatchArray): string => unescaped(match[1] ?? match[2] ?? "");

/** Words of a line that no shell reads. */
const asLine = (line: string, sink: Sink): void => {
  sink.emit({ role: "runs", what: "command", value: line, commandLine: line });
};

const SCALA_RUN = new RegExp(String.raw`${TEXT}\s{0,8}(?:\.\s{0,8}!|!)(?!=)`, "g");
const SCALA_LINES = new RegExp(String.raw`(?:\bProcess|\.exec)\s{0,8}\(\s{0,8}${TEXT}\s{0,8}[,)]`, "g");
const SCALA_WORDS = /\b(?:Seq|List|Array)\s{0,8}\(([^()]{1,2048})\)\s{0,8}\)?\s{0,8}\.?\s{0,8}!(?!=)/g;

/** Scala: `"command".!`, `Seq("program", "word").!!`, `Process("command")`, `Runtime.getRuntime.exec("command")`. */
export const scanScala: Scanner = (text, sink) => {
  for (const match of text.matchAll(SCALA_RUN)) asLine(textIn(match), sink);
  for (const match of text.matchAll(SCALA_LINES)) asLine(textIn(match), sink);
  for (const [, words = ""] of text.matchAll(SCALA_WORDS))
    sink.program([...words.matchAll(new RegExp(TEXT, "g"))].map(textIn));
};

const WOLFRAM = new RegExp(String.raw`\b(Run|RunProcess|StartProcess|Get|URLDownload)\s{0,8}\[\s{0,8}${TEXT}`, "g");
const WOLFRAM_WORDS = /\b(?:RunProcess|StartProcess)\s{0,8}\[\s{0,8}\{([^{}]{1,2048})\}/g;

/** The Wolfram language: `Run["command"]`, `RunProcess[{"program", "word"}]`, `Get["file"]`. */
export const scanWolfram: Scanner = (text, sink) => {
  for (const [, call, double, single] of text.matchAll(WOLFRAM)) {
    const value = unescaped(double ?? single ?? "");
    if (call === "Run") sink.shell(value);
    else if (call === "Get") sink.emit({ role: "runs", what: "script", value });
    else if (call === "URLDownload") sink.emit({ role: "fetches", what: "document", value });
    else sink.program([value]);
  }
  for (const [, words = ""] of text.matchAll(WOLFRAM_WORDS))
    sink.program([...words.matchAll(new RegExp(TEXT, "g"))].map(textIn));
};

const RESOURCE = new RegExp(String.raw`\b(execute|command|code)\s{0,8}\(?\s{0,8}${TEXT}`, "g");

/** A recipe of Chef: the `command` of an `execute`, or its name where there is none; the `code` of a script. */
export const scanChef: Scanner = (text, sink) => {
  const found = [...text.matchAll(RESOURCE)].map(([, word, double, single]) => ({
    word,
    value: unescaped(double ?? single ?? ""),
  }));
  const isNamed = found.some(({ word }) => word === "command");
  for (const { word, value } of found) if (word !== "execute" || !isNamed) sink.shell(value);
  sink.nested("ruby", text);
};
