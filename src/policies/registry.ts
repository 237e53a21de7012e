import { WhatranError } from "../errors.ts";
import type { Policy } from "./model.ts";
import type { Target } from "./target.ts";
import { apparmor } from "./targets/apparmor.ts";
import { appcontrol } from "./targets/appcontrol.ts";
import { applocker } from "./targets/applocker.ts";
import { asr } from "./targets/asr.ts";
import { associations } from "./targets/associations.ts";
import { attachments } from "./targets/attachments.ts";
import { auditd } from "./targets/auditd.ts";
import { browsers } from "./targets/browsers.ts";
import { exploitprotection } from "./targets/exploitprotection.ts";
import { fapolicyd } from "./targets/fapolicyd.ts";
import { features } from "./targets/features.ts";
import { firewall } from "./targets/firewall.ts";
import { nftables } from "./targets/nftables.ts";
import { packages } from "./targets/packages.ts";
import { rpz } from "./targets/rpz.ts";
import { squid } from "./targets/squid.ts";
import { sudoers } from "./targets/sudoers.ts";
import { suricata } from "./targets/suricata.ts";
import { sysmon } from "./targets/sysmon.ts";

/** All products that policies are written for and read from. To add one, write its file in targets/ and a line here. */
export const TARGETS: readonly Target[] = [
  appcontrol,
  applocker,
  asr,
  exploitprotection,
  firewall,
  associations,
  browsers,
  attachments,
  features,
  sysmon,
  fapolicyd,
  sudoers,
  apparmor,
  nftables,
  packages,
  auditd,
  suricata,
  squid,
  rpz,
];

/** A target by its id. @throws WhatranError `policy/unknown` */
export function targetOf(id: string): Target {
  const found = TARGETS.find((target) => target.id === id);
  if (!found) throw new WhatranError("policy/unknown", `there is no target ${id}`);
  return found;
}

const HEAD = 8192;

/** The product that a file is a policy of; undefined where it is none. */
export function sniffTarget(text: string, name: string): Target | undefined {
  const head = text.slice(0, HEAD);
  const sure = TARGETS.map((target) => ({ target, by: target.sniff(head, name.toLowerCase()) }));
  return sure.filter(({ by }) => by > 0).sort((a, b) => b.by - a.by)[0]?.target;
}

/** Reads a policy of any product. @throws WhatranError `policy/…` with the file's name and the place */
export function readPolicy(text: string, name: string): Policy {
  const target = sniffTarget(text, name);
  if (!target) throw new WhatranError("policy/unknown", `${name} is no policy of a product that is known here`);
  const { longest = text.length, title } = target;
  if (text.length > longest)
    throw new WhatranError(
      "policy/damaged",
      `${name} is longer than the ${longest >> 20} MiB that are read of ${title}`,
    );
  try {
    return target.read(text, name);
  } catch (error) {
    if (error instanceof WhatranError) throw new WhatranError(error.code, `${name}: ${error.message}`);
    throw error;
  }
}
