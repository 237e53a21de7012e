import type { FilePattern } from "../../model.ts";

/**
 * User agents by which programs tell who they are in plain HTTP, with the programs that send them. A program that is told to send
 * another is not known by it.
 * @see https://lolbas-project.github.io/ (detections of each binary), https://curl.se/docs/manpage.html#-A,
 *   https://www.gnu.org/software/wget/manual/wget.html, https://learn.microsoft.com/windows/win32/bits/bits-protocol
 */
export const AGENTS: Readonly<Record<string, readonly string[]>> = {
  "CertUtil URL Agent": ["*\\certutil.exe"],
  "Microsoft BITS/": ["*\\bitsadmin.exe"],
  "Windows Installer": ["*\\msiexec.exe"],
  "WindowsPowerShell/": ["*\\powershell.exe"],
  "Microsoft Office Protocol Discovery": ["*\\winword.exe"],
  "curl/": ["*/curl"],
  "Wget/": ["*/wget"],
  "aria2/": ["*/aria2c"],
  "Python-urllib/": ["*/python3"],
  "libwww-perl/": ["*/perl"],
  "Lynx/": ["*/lynx"],
};

/** The agent that a program sends; undefined where none is known. */
export function agentOf(path: string | undefined): string | undefined {
  return Object.entries(AGENTS).find(([, programs]) => programs.includes(path ?? ""))?.[0];
}

/** Programs that send an agent with such a text, at its beginning or anywhere; of longer ones it is not known which they send. */
export function agentsBy(text: string, starts: boolean): readonly FilePattern[] {
  if (text === "") return [];
  return Object.entries(AGENTS).flatMap(([agent, programs]) => {
    if (starts ? agent.startsWith(text) : agent.includes(text)) return programs.map((path) => ({ path }));
    const beyond = "the rest of the user agent is not logged";
    return text.startsWith(agent) ? programs.map((path) => ({ path, beyond })) : [];
  });
}
