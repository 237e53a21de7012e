/** A text without the backslashes in front of quotes and of themselves. */
export const unescaped = (text: string) => text.replace(/\\(["'\\])/g, "$1");

/** Texts in quotes behind the keys of apt (apt.conf(5)), of which one list may have several. */
export function* aptCommands(text: string): Generator<string> {
  const lists = /\b(?:pre|post)-(?:invoke|invoke-success|install-pkgs)[\s:{]{0,256}((?:"(?:[^"\\]|\\.)*"[\s;]*)+)/gi;
  for (const [, list] of text.matchAll(lists))
    for (const [, one] of list!.matchAll(/"((?:[^"\\]|\\.)*)"/g)) yield unescaped(one!);
}

/** Lines between the words of logrotate(8) that begin and end a script. */
export function* rotateCommands(text: string): Generator<string> {
  let script: string[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const word = line.trim();
    if (/^(?:pre|post)rotate$|^(?:first|last)action$|^preremove$/.test(word)) script = [];
    else if (word !== "endscript") script?.push(line);
    else {
      if (script && script.length > 0) yield script.join("\n");
      script = undefined;
    }
  }
}
