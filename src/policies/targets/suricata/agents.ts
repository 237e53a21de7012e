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

/** The programs whose agent begins so; undefined where none is known. */
export function programsOf(agent: string): readonly string[] | undefined {
  return (
    AGENTS[agent] ??
    Object.entries(AGENTS).find(([known]) => agent !== "" && (known.startsWith(agent) || agent.startsWith(known)))?.[1]
  );
}
