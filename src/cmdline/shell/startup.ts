/** Most characters of a text that are looked through, and most names that are called. */
const MAX_TEXT = 1 << 20;
const MAX_NAMES = 64;

/** Blanks within it are few, so that no text takes longer than its length. */
const FUNCTION =
  /^[ \t]{0,64}(?:function[ \t]{1,16}([\w.:+-]{1,64})[ \t]{0,16}(?:\([ \t]{0,16}\))?|([\w.:+-]{1,64})[ \t]{0,16}\([ \t]{0,16}\))[ \t]{0,16}\n?[ \t]{0,64}\{/gm;
/** An alias with the first word of what it stands for. */
const ALIAS = /(?:^|[;&|\n])[ \t]{0,64}alias[ \t]{1,16}(?:-\w{1,8}[ \t]{1,16})?([\w.:+-]{1,64})=["']?([^\s"';]*)/g;
const PROMPT = /(?:^|[\s;])PROMPT_COMMAND\+?=(?!\s|$|""|'')/m;

/** A text with what follows upon it. */
export interface Followed {
  readonly text: string;
  /** Whether a command is one of the calls that are put behind it: what they call is what runs. */
  isCall(command: string): boolean;
}

/**
 * A text that a shell reads when it starts, with what comes of it behind: somebody will call the functions and aliases that it defines,
 * and the shell itself carries out PROMPT_COMMAND before each prompt.
 * https://www.gnu.org/software/bash/manual/bash.html#Bash-Startup-Files
 * @param isCalled which of what it defines is sure to be called
 */
export function withCalls(text: string, isCalled: (name: string) => boolean = () => true): Followed {
  const read = text.slice(0, MAX_TEXT);
  const names = new Set<string>();
  for (const [, named, bare = ""] of read.matchAll(FUNCTION)) names.add(named ?? bare);
  // What only adds options to its name changes nobody.
  for (const [, name = "", word] of read.matchAll(ALIAS)) if (name !== word) names.add(name);
  const called = [...names].filter(isCalled).slice(0, MAX_NAMES);
  const prompts = PROMPT.test(read) ? ['eval "$PROMPT_COMMAND"'] : [];
  const isCall = (command: string) =>
    called.includes(command) || (prompts.length > 0 && command.startsWith("eval ") && !text.includes("eval "));
  return { text: [text, ...called, ...prompts].join("\n"), isCall };
}
