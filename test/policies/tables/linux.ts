import type { Act } from "../../../src/policies/decide/act.ts";
import { connect, exec, write } from "./table.ts";

/** Acts of Linux, as logs tell them. */
export const run = (path: string, parent = "/usr/bin/bash", more: Partial<Act> = {}): Act => ({
  ...exec(path, { parent }),
  platform: "linux",
  user: "ann",
  ...more,
});

/** A start by a program that another program started. */
export const runBy = (path: string, parent: string, startedBy: string | undefined, user = "root"): Act => ({
  ...run(path, parent, { user }),
  subject: { path: parent, startedBy },
});

export const load = (program: string, path: string): Act => ({ ...run(path, program), on: "load" });

export const save = (program: string, path: string, user = "ann"): Act => ({
  ...write(program, path),
  platform: "linux",
  user,
});

export const reach = (
  program: string | undefined,
  address: string | undefined,
  peer: Act["peer"] = {},
  user: string | undefined = "ann",
): Act => ({ ...connect(program, address, peer), platform: "linux", user });
