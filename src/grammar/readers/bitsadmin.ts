import { isOption, optionFold } from "../../cmdline/normal/option-fold.ts";
import { isRemote } from "../../cmdline/normal/remote.ts";
import type { Arg, Collector } from "../types.ts";
import type { Reader } from "./reader.ts";

/**
 * bitsadmin takes one command per line: a switch, the job, and what the switch needs. Lists of recipes join several with the
 * program's name between them, so every switch on the line is read.
 * Elements: source and target (a download), local and url (an upload, or its reply), list (files that name others), notify (a
 * command line), job, command (each switch).
 */
export const bitsadmin: Reader = ({ args }, out) => {
  let at = 0;
  while (at < args.length) {
    const name = switchOf(args[at] as Arg);
    if (name === undefined) {
      at++;
      continue;
    }
    // The job and the program of a notification may have any name.
    let end = name === "setnotifycmdline" ? Math.min(at + 3, args.length) : at + 1;
    while (end < args.length && !(COMMANDS.has(switchOf(args[end] as Arg) ?? "") || isProgram(args[end] as Arg))) end++;
    out.put("command", name);
    act(name, args.slice(at + 1, end), out);
    // What follows a notification's program are its own parameters.
    for (const arg of name === "setnotifycmdline" ? [args[at] as Arg] : args.slice(at, end)) {
      const own = switchOf(arg);
      if (own !== undefined && !COMMANDS.has(own) && !QUALIFIERS.has(own)) out.tell(arg.value);
    }
    at = end;
  }
};

const words = (text: string) => new Set(text.split(" "));
const COMMANDS = words(
  "help ? util list monitor reset create addfile addfileset addfilewithranges replaceremoteprefix setnotifycmdline resume complete cancel suspend transfer info listfiles getbytestotal getstate gettype getreplyfilename getreplydata getreplyprogress setreplyfilename setnotifyflags getnotifyflags getnotifycmdline getnotifyinterface setpriority getpriority setproxysettings setminretrydelay setnoprogresstimeout setcustomheaders setcredentials removecredentials takeownership setdisplayname getdisplayname setdescription getdescription seterrorcount geterror geterrorcount setaclflags setclientcertificatebyid setclientcertificatebyname removeclientcertificate setsecurityflags sethttpmethod getsecurityflags setvalidationstate setmaxdownloadtime setpeercachingflags peercaching peers cache wrap rawreturn nowrap addfilesec getfilestransferred getbytestransferred getfilestotal getcompletiontime getcreationtime getmodificationtime getowner gethelpertokenflags sethelpertoken sethelpertokenflags makecustomheaderswriteonly getproxyusage getproxylist getproxybypasslist getnoprogresstimeout getminretrydelay getvalidationstate gettemporaryname getcustomheaders getclientcertificate getpeercachingflags getaclflags gethttpmethod getmaxdownloadtime",
);
const QUALIFIERS = words("download upload upload-reply priority aclflags dynamic allusers verbose refresh");
/** Qualifiers of a transfer with a word of their own. */
const VALUED = words("priority aclflags");

function switchOf(arg: Arg): string | undefined {
  return isOption(arg.value) ? optionFold(arg.value).slice(1).toLowerCase() : undefined;
}

const isProgram = (arg: Arg) => /^(?:.*\\)?bitsadmin(?:\.exe)?$/i.test(arg.value);

function act(name: string, args: readonly Arg[], out: Collector): void {
  const plain = args
    .filter((arg, at) => switchOf(arg) === undefined && !VALUED.has(switchOf(args[at - 1] ?? arg) ?? ""))
    .map((arg) => arg.value);
  const uploads = args.some((arg) => /^upload/.test(switchOf(arg) ?? ""));
  const [job = "", ...rest] = plain;
  if (name === "transfer") transfer(plain, uploads, out);
  if (name === "addfile" || name === "addfilewithranges") pair(rest, out);
  if (name === "addfileset" && rest[0]) out.put("list", rest[0]);
  if (name === "setreplyfilename" && rest[0]) out.put("target", rest[0]);
  // Parameters may begin with a slash, so they are taken as they come.
  if (name === "setnotifycmdline" && args.length > 1) notify(args.slice(1), out);
  if (name === "create" || name === "addfile") out.put("job", job);
}

function pair([remote, local]: readonly string[], out: Collector): void {
  if (remote) out.put("source", remote);
  if (local) out.put("target", local);
}

/** `/transfer [job] [/upload] [/priority NAME] remote local [remote local …]`. */
function transfer(plain: readonly string[], uploads: boolean, out: Collector): void {
  // A job may have any name; files come in pairs.
  const from = plain.findIndex((word, at) => isRemote(word) && (at > 0 || plain.length % 2 === 0));
  const files = plain.slice(from < 0 ? Math.max(0, plain.length - 2) : from);
  for (let at = 0; at < files.length; at += 2) {
    if (!uploads) pair(files.slice(at, at + 2), out);
    else {
      out.put("url", files[at] as string);
      if (files[at + 1]) out.put("local", files[at + 1] as string);
    }
  }
}

/** Program and parameters; the parameters repeat the program as their first word, or do not. */
function notify([program, ...parameters]: readonly Arg[], out: Collector): void {
  const name = program?.value ?? "";
  if (name === "" || /^null$/i.test(name)) return;
  const line = parameters.map((arg) => arg.value).join(" ");
  const [, first = "", rest = ""] = /^\s*("[^"]*"|\S+)\s*(.*)$/s.exec(line) ?? [];
  const repeats = first !== "" && bare(first) === bare(name);
  const tail = /^null$/i.test(line) ? "" : repeats ? rest : line;
  out.put("notify", `${/\s/.test(name) ? `"${name}"` : name} ${tail}`.trim());
}

const bare = (path: string) =>
  path
    .replaceAll('"', "")
    .replace(/^.*[\\/]/, "")
    .replace(/\.exe$/i, "")
    .toLowerCase();
