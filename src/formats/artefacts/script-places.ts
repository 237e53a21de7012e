import { pathOf } from "./sniffing.ts";

/** `wsf` and `hta` hold scripts of several languages between tags. */
export type ScriptLanguage = "cmd" | "vbscript" | "jscript" | "powershell" | "sh" | "tagged";

export interface ScriptPlace {
  readonly language: ScriptLanguage;
  /** Whether a first line `#!` must name a shell: the kernel starts the file. Absent: a shell that runs already reads it. */
  readonly executed?: boolean;
}

const EXTENSIONS: Readonly<Record<string, ScriptLanguage>> = {
  bat: "cmd",
  cmd: "cmd",
  vbs: "vbscript",
  js: "jscript",
  ps1: "powershell",
  wsf: "tagged",
  hta: "tagged",
};

/** Folders of Windows whose scripts run at logon, logoff, start or shutdown; and the last acts of Setup. */
const WINDOWS = [
  /\/start menu\/programs\/startup\/[^/]+$/,
  /\/(?:machine|user)\/scripts\/(?:startup|shutdown|logon|logoff)\/[^/]+$/,
  /\/windows\/setup\/scripts\/(?:setupcomplete|errorhandler)\.cmd$/,
];

/** Profiles, which PowerShell reads before anything else: of a user, of all users, of one host program. */
const PROFILE = /\/(?:windowspowershell|powershell)\/(?:[^/]+\/)?(?:\w+(?:\.\w+)?_)?profile\.ps1$/;

/** Scripts that the kernel starts for init, cron, at, systemd, the network, the package manager or git. */
const EXECUTED = [
  /\/etc\/cron\.(?:hourly|daily|weekly|monthly)\/[^/.]+$/,
  /\/etc\/(?:rc\.d\/)?(?:rc\.local|init\.d\/[^/]+)$/,
  /\/etc\/(?:update-motd\.d|ppp\/ip-(?:up|down)\.d|kernel\/(?:pre|post)(?:inst|rm)\.d)\/[^/]+$/,
  /\/(?:etc|lib)\/networkd-dispatcher\/[\w-]{1,40}\.d\/[^/]+$/,
  /\/etc\/libvirt\/hooks\/(?:[^/]+\.d\/)?[^/]+$/,
  /\/etc\/network\/if-(?:pre-up|up|down|post-down)\.d\/[^/]+$/,
  /\/(?:etc|lib)\/networkmanager\/dispatcher\.d\/(?:(?:pre-up|pre-down|no-wait)\.d\/)?[^/]+$/,
  /\/systemd\/(?:(?:system|user)-(?:environment-)?generators|system-(?:sleep|shutdown))\/[^/]+$/,
  /\/initramfs-tools\/(?:hooks|scripts)\/(?:[^/]+\/)?[^/]+$/,
  /\/dpkg\/info\/[^/]+\.(?:pre|post)(?:inst|rm)$/,
  /\/var\/spool\/(?:(?:cron\/)?atjobs|at)\/[a-z][0-9a-f]{5,20}$/,
  /\.git\/hooks\/[^/.]+$/,
];

/** What shells and sessions read when they start or end. */
const SOURCED = [
  /\/etc\/(?:profile|bash\.bashrc|bashrc|bash\.bash_logout|zsh\/z\w+|z(?:shenv|profile|shrc|login|logout))$/,
  /\/etc\/(?:profile\.d\/[^/]+\.sh|bash_completion\.d\/[^/]+|ssh\/sshrc|x11\/x(?:session|init)(?:\.d)?\/[^/]+)$/,
  /\/etc\/dhcp\/dhclient-(?:enter|exit)-hooks(?:\.d\/[^/]+)?$/,
  /\/\.(?:bashrc|bash_(?:profile|login|logout|aliases)|profile|z(?:shrc|shenv|profile|login|logout)|m?kshrc)$/,
  /\/\.(?:xprofile|xinitrc|xsession(?:rc)?|ssh\/rc)$/,
  /\/fish\/(?:config|conf\.d\/[^/]+)\.fish$/,
  /\/(?:plasma-workspace\/(?:env|shutdown)\/[^/]+\.sh|autostart-scripts\/[^/]+)$/,
  /\/(?:(?:openbox|labwc)\/autostart(?:\.sh)?|bspwm\/bspwmrc|herbstluftwm\/autostart|xinitrc\.d\/[^/]+\.sh)$/,
];

/** What starts the script at this path by itself, because of where it lies; undefined where nothing does. */
export function scriptPlace(name: string): ScriptPlace | undefined {
  const path = pathOf(name).slice(-1000);
  const fits = (place: RegExp) => place.test(path);
  if (PROFILE.test(path)) return { language: "powershell" };
  if (WINDOWS.some(fits)) {
    const language = EXTENSIONS[/\.(\w{1,8})$/.exec(path)?.[1] ?? ""];
    return language && { language };
  }
  if (EXECUTED.some(fits)) return { language: "sh", executed: true };
  return SOURCED.some(fits) ? { language: "sh" } : undefined;
}
