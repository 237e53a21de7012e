import { describe, expect, it } from "vitest";
import { builtinCatalog } from "../catalog/load.ts";
import { resolve } from "../invocations/resolve.ts";
import type { Platform } from "../model/event.ts";
import { judge } from "../score/judge.ts";

const judged = (commandLine: string, parent: string, platform: Platform) =>
  judge(resolve({ commandLine, platform, parent, as: "logged" }, builtinCatalog()));

const W3WP = "C:\\Windows\\System32\\inetsrv\\w3wp.exe";
const SQL = "C:\\Program Files\\Microsoft SQL Server\\MSSQL15\\MSSQL\\Binn\\sqlservr.exe";
const JAVA = "C:\\Program Files\\Plover\\jre\\bin\\java.exe";
const PHP = "/usr/sbin/php-fpm8.2";
const NODE = "/usr/bin/node";

describe("what a network service has a shell ask", () => {
  it.each([
    [W3WP, "cmd.exe /c whoami", "windows"],
    [W3WP, 'cmd.exe /c cd /d "D:\\sites\\www"&ipconfig&echo [S]&cd&echo [E]', "windows"],
    [W3WP, 'powershell.exe -c "whoami /priv"', "windows"],
    [SQL, 'cmd.exe /c "net user"', "windows"],
    ["C:\\apps\\httpd\\bin\\httpd.exe", "cmd.exe /c ipconfig & systeminfo", "windows"],
    [JAVA, "cmd.exe /c whoami & hostname", "windows"],
    ["/usr/sbin/apache2", "sh -c id", "linux"],
    [PHP, 'sh -c "cat /etc/passwd"', "linux"],
    [PHP, 'sh -c "cd /srv/www;ls -la;echo a1b2;pwd;echo c3d4"', "linux"],
    ["/usr/sbin/nginx", 'sh -c "whoami; uname -a"', "linux"],
    [NODE, 'sh -c "id;uname -a"', "linux"],
  ] as const)("tells of an intruder: %s, %s", (parent, line, platform) => {
    const found = judged(line, parent, platform);
    expect(found?.reasons.map(({ id }) => id)).toContain("server-asks");
    expect(found?.scored.score).toBeGreaterThanOrEqual(40);
  });

  it.each([
    [NODE, 'sh -c "whoami"', "linux"],
    [JAVA, "cmd.exe /c whoami", "windows"],
  ] as const)("is context where builds ask once as well: %s, %s", (parent, line, platform) => {
    expect(judged(line, parent, platform)?.scored.level).toBe("low");
  });

  it.each([
    [W3WP, "cmd.exe /c ver", "windows"],
    [W3WP, 'cmd.exe /c "D:\\sites\\tools\\pdf.exe in.html out.pdf"', "windows"],
    [W3WP, 'cmd.exe /c "cd /d D:\\sites\\www && git rev-parse HEAD"', "windows"],
    ["C:\\apps\\httpd\\bin\\httpd.exe", "cmd.exe /c tasklist", "windows"],
    [JAVA, "cmd.exe /c ipconfig /all", "windows"],
    [JAVA, "cmd.exe /c set", "windows"],
    [PHP, 'sh -c "/usr/sbin/sendmail -t -i"', "linux"],
    [PHP, 'sh -c "convert in.png -resize 50% out.jpg"', "linux"],
    [PHP, 'sh -c "uname -a"', "linux"],
    [PHP, 'sh -c "which ffmpeg"', "linux"],
    ["/usr/sbin/apache2", 'sh -c "/usr/bin/rotatelogs /var/log/a 86400"', "linux"],
    ["/usr/bin/java", 'bash -c "id -gn alice && id -Gn alice"', "linux"],
    [NODE, 'sh -c "uname -m"', "linux"],
    [NODE, 'sh -c "npm run build"', "linux"],
    ["/usr/sbin/sshd", 'bash -c "id; uname -a"', "linux"],
  ] as const)("is silent about what pages need: %s, %s", (parent, line, platform) => {
    const found = judged(line, parent, platform);
    expect(found?.reasons.map(({ id }) => id) ?? []).not.toContain("server-asks");
    expect(found?.scored.score ?? 0).toBeLessThan(40);
  });
});
