import { word } from "../../world/names.ts";
import type { Activity } from "../activity.ts";
import { loginShell, sudo } from "./shell.ts";

const BOTH = ["linuxServer", "linuxDev"] as const;
const PACKAGES = ["curl", "git", "rsync", "logrotate", "openssl", "less", "vim-tiny", "man-db", "ca-certificates"];

/** Packages: updates by timer, and installations by hand. */
export const packages: readonly Activity[] = [
  {
    id: "update",
    roles: BOTH,
    perDay: 1,
    when: "any",
    run(s) {
      const script = s.exec(s.root("systemd"), ["/bin/sh", "/usr/lib/apt/apt.systemd.daily", "update"], {
        path: "/usr/bin/dash",
      });
      const apt = s.exec(script, ["apt-get", "-qq", "-y", "update"], { ordinary: "the daily update of package lists" });
      s.exec(apt, ["/usr/lib/apt/methods/http"]);
      s.exec(apt, ["/usr/lib/apt/methods/gpgv"]);
      const hook =
        "if /usr/bin/test -w /var/lib/command-not-found/ -a -e /usr/lib/cnf-update-db; then /usr/lib/cnf-update-db > /dev/null; fi";
      s.exec(apt, ["sh", "-c", hook], { path: "/usr/bin/dash" });
    },
  },
  {
    id: "install",
    roles: BOTH,
    perDay: 0.6,
    when: "work",
    run(s) {
      const name = s.random.pick(PACKAGES);
      const apt = sudo(s, loginShell(s), ["apt-get", "install", "-y", name], "an administrator installs a package");
      const dpkg = s.exec(
        apt,
        [
          "/usr/bin/dpkg",
          "--status-fd",
          "24",
          "--no-triggers",
          "--unpack",
          "--auto-deconfigure",
          "--recursive",
          `/tmp/apt-dpkg-install-${s.random.hex(6)}`,
        ],
        { ordinary: "apt unpacks a package" },
      );
      s.exec(dpkg, ["dpkg-split", "-Qao", "/var/lib/dpkg/reassemble.deb", `/var/cache/apt/archives/${name}.deb`]);
      const deb = s.exec(dpkg, ["dpkg-deb", "--fsys-tarfile", `/var/cache/apt/archives/${name}.deb`]);
      s.exec(deb, ["tar", "-x", "-m", "-f", "-", "--warning=no-timestamp"], { ordinary: "a package is unpacked" });
      const configure = s.exec(apt, ["/usr/bin/dpkg", "--status-fd", "26", "--configure", "--pending"], {
        ordinary: "apt configures a package",
      });
      s.exec(configure, ["/bin/sh", `/var/lib/dpkg/info/${name}.postinst`, "configure", ""], { path: "/usr/bin/dash" });
      s.exec(
        configure,
        ["/usr/bin/perl", "-w", "/usr/share/debconf/frontend", `/var/lib/dpkg/info/${name}.postinst`, "configure"],
        { ordinary: "a package asks its questions" },
      );
    },
  },
  {
    id: "unattended",
    roles: ["linuxServer"],
    perDay: 0.5,
    when: "night",
    run(s) {
      s.exec(s.root("systemd"), ["/usr/bin/python3", "/usr/bin/unattended-upgrade", `--log=${word(s.random)}`], {
        ordinary: "unattended upgrades",
      });
    },
  },
];
