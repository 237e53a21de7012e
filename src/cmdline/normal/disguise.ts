/** What is called with its ending is a file that lies there; names of commands have none. */
export const PROGRAM = /\.(?:exe|com|bat|cmd|vbs|js|ps1|msi|scr|pif)$/i;

/** What the next version of a program, or its pattern, is called until it takes the place of the one that runs. */
const NEXT = /\.(?:exe|com|bat|cmd|vbs|js|ps1|msi|scr)\b|_$|\.(?:new|old|bak|upd|orig|template|sample)$/i;

/** Whether a program of Windows, which goes by the ending of a name, was made of a file whose name is none of a program. */
export const isDisguise = (program: string, name: string): boolean => PROGRAM.test(program) && !NEXT.test(name);
