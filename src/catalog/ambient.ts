/**
 * What surrounds a command besides its arguments, by the names under which conditions and bindings ask for it, with the words that pages
 * of reference use for it. The whole list: `src/invocations/conditions/elements.ts` supplies them.
 */
export const AMBIENT = {
  $args: "any argument",
  $stdin: "known text on standard input",
  $stdinFile: "a file on standard input",
  $piped: "what other commands of the line fetch for it",
  $decoded: "a file that another command of the line decodes for it",
  $kept: "what another command of the line prints that somebody keeps with it",
  $output: "the file that a shell writes its output to",
  $parent: "the command around it",
  $image: "the program's own file",
  $domain: "the domain of the machine",
  $payload: "what runs",
  $redirect: "a redirection",
  $unknown: "an option that the grammar does not know",
} as const;

export type Ambient = keyof typeof AMBIENT;

const VARIABLE = /^\$env\.\w+$/;

export const isAmbientName = (element: string): boolean => Object.hasOwn(AMBIENT, element) || VARIABLE.test(element);
