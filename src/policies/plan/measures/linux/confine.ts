import type { Catalog } from "../../../../catalog/catalog.ts";
import type { CatalogEntry } from "../../../../catalog/types.ts";
import { plural } from "../../../../outputs/counts.ts";
import { plainId } from "../../../ids.ts";
import type { Rule } from "../../../model.ts";
import type { Evidence, Witnessed } from "../../evidence.ts";
import type { Measure } from "../../measure.ts";
import { linuxProxies, namesOf, pathsOf, stopped, useOf } from "./programs.ts";

/** Share of starts of which the log must name the parent, before a program counts as one that starts nothing. */
const WITH_PARENT = 0.8;
/** Starts and hosts of a program that show how it is used. */
const MIN_STARTS = 20;
const MIN_HOSTS = 3;
/** More different children than this are no pattern. */
const MOST_CHILDREN = 8;
/** Connections of Linux that must have been logged before one that is not there says something. */
const MIN_CONNECTIONS = 200;
/** Pagers, editors and readers, whose ordinary work under sudo starts nothing, whether or not anybody did that here. */
const QUIET = new Set(
  "less more most view vim vi nano ed ex split csplit tee sort tail head cut awk gawk mawk sed ftp tcpdump zip".split(
    " ",
  ),
);
/** Programs whose work is to start others. */
const STARTERS =
  /^(?:ba|da|z|k|fi|c|tc)?sh$|^(?:env|sudo|su|doas|xargs|find|make|git|ssh|scp|rsync|tar|nice|nohup|timeout|time|watch|screen|tmux|script|docker|podman|systemctl|systemd-run|run-parts|start-stop-daemon|apt|apt-get|dpkg|dnf|yum|rpm|python3?|perl|ruby|node|php|java|pip|npm|crontab|at|ld\.so|setarch|unshare|nsenter|chroot|flock|stdbuf|ionice|taskset|setsid|logrotate|busybox)$/;

const startsOthers = ({ behaviours }: CatalogEntry) =>
  behaviours.some(
    ({ bindings, usual }) =>
      usual !== "routine" && bindings.some(({ role, what }) => role === "runs" && what !== "library"),
  );

const isLinux = ({ act }: Witnessed) => act.platform === "linux";

/** What each program started, by its name; `sudo` counts what it did when sudo had started it. */
class Children {
  readonly #all = new Map<string, Set<string>>();
  readonly #bySudo = new Set<string>();
  starts = 0;
  withParent = 0;

  constructor(evidence: Evidence) {
    for (const one of evidence.all("execute")) {
      if (!isLinux(one) || one.act.foreseen) continue;
      this.starts += one.times;
      const { path, startedBy } = one.act.subject;
      if (path === undefined) continue;
      this.withParent += one.times;
      const name = path.slice(path.lastIndexOf("/") + 1);
      const known = this.#all.get(name) ?? new Set();
      this.#all.set(name, known);
      if (one.act.object.path !== undefined) known.add(one.act.object.path);
      if (startedBy !== undefined && /(?:^|\/)sudo$/.test(startedBy)) this.#bySudo.add(name);
    }
  }

  /** Whether logs name parents well enough to say that something has no children. */
  get isTold(): boolean {
    return this.starts > 0 && this.withParent / this.starts >= WITH_PARENT;
  }

  of(names: readonly string[]): readonly string[] {
    return [...new Set(names.flatMap((name) => [...(this.#all.get(name) ?? [])]))].sort();
  }

  bySudo(names: readonly string[]): boolean {
    return names.some((name) => this.#bySudo.has(name));
  }
}

function noexec(entries: readonly CatalogEntry[], children: Children, evidence: Evidence): Measure | undefined {
  const quiet = entries.filter((entry) => {
    const names = namesOf(entry);
    if (names.some((name) => STARTERS.test(name)) || children.bySudo(names) || children.of(names).length > 0)
      return false;
    return QUIET.has(entry.name) || (children.isTold && (useOf(entry, evidence)?.elevated ?? 0) >= MIN_STARTS);
  });
  if (quiet.length === 0) return undefined;
  return {
    id: "linux-noexec",
    mitigation: "M1026",
    title: `Let ${quiet.length} programs start nothing when sudo started them`,
    why: "Editors, pagers and filters start others on request; under sudo that is a way to root, and nobody went it.",
    evidence: [
      `None of them started a program in ${plural(children.starts, "start")} on ${plural(evidence.watched("linux").hosts.size, "host")} of Linux.`,
      `Programs: ${quiet.map(({ name }) => name).join(" ")}.`,
    ],
    stops: stopped(quiet),
    blind: [
      "Started without sudo they are not held.",
      "Code that runs inside the program (a script of its own) is not a start.",
    ],
    mode: "enforce",
    rules: {
      sudoers: quiet.map(
        (entry): Rule => ({
          id: plainId(`noexec_${entry.name}`).toUpperCase(),
          action: "deny",
          on: ["execute"],
          subject: pathsOf(entry, evidence).map((path) => ({ path, startedBy: "*/sudo" })),
          description: `${entry.name} starts nothing under sudo`,
          measure: "M1026",
        }),
      ),
    },
  };
}

/** Programs that are used, and of which it is known what they start. */
function profiles(entries: readonly CatalogEntry[], children: Children, evidence: Evidence): Measure | undefined {
  if (!children.isTold) return undefined;
  const used = entries.filter((entry) => {
    const names = namesOf(entry);
    const use = useOf(entry, evidence);
    if (!use || use.times < MIN_STARTS || use.hosts.size < MIN_HOSTS || names.some((name) => STARTERS.test(name)))
      return false;
    return (
      children.of(names).length <= MOST_CHILDREN &&
      children.of(names).every((path) => /^\/(?:usr\/)?s?bin\/[\w.+-]+$/.test(path))
    );
  });
  if (used.length === 0) return undefined;
  const isCut = evidence.watched("linux").connect >= MIN_CONNECTIONS;
  const silent = isCut
    ? used.filter(
        (entry) =>
          [
            ...evidence.by(
              namesOf(entry).map((name) => name.toLowerCase()),
              "connect",
            ),
          ].length === 0,
      )
    : [];
  const started = (entry: CatalogEntry) =>
    children.of(namesOf(entry)).map((path) => path.replace(/^\/(?=s?bin\/)/, "/usr/"));
  return {
    id: "linux-profiles",
    mitigation: "M1038",
    title: `Confine ${used.length} programs of Linux to what they start`,
    why: "They are needed, and what they started was always the same; whatever else they start is on somebody’s behalf.",
    evidence: [
      ...used.map((entry) => {
        const list = started(entry);
        return `${entry.name}: ${useOf(entry, evidence)?.times ?? 0} starts; it started ${list.length === 0 ? "nothing" : list.join(", ")}.`;
      }),
      isCut
        ? `Never connected: ${silent.map(({ name }) => name).join(" ") || "none of them"}.`
        : "Too few connections of Linux were logged to cut any off the network.",
    ],
    stops: stopped(used),
    blind: [
      "A copy of the program in another folder has no profile.",
      "A shell among the children runs whatever it is told.",
    ],
    mode: "enforce",
    rules: {
      apparmor: used.flatMap((entry) => {
        const subject = pathsOf(entry, evidence).map((path) => ({ path }));
        const exceptions = started(entry).map((path) => ({ path }));
        const base = { action: "deny", subject, description: `${entry.name} as it is used here` } as const;
        const starts: Rule = {
          ...base,
          id: plainId(`starts_${entry.name}`),
          on: ["execute"],
          measure: "M1038",
          ...(exceptions.length > 0 && { exceptions }),
        };
        const egress: Rule = {
          ...base,
          id: plainId(`egress_${entry.name}`),
          on: ["connect"],
          peer: { inbound: false },
          measure: "M1037",
        };
        return silent.includes(entry) ? [starts, egress] : [starts];
      }),
    },
  };
}

/** Programs that stay and are held to what they do (M1026, M1038, M1037). */
export function linuxConfineMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  if (evidence.watched("linux").execute === 0) return [];
  const entries = linuxProxies(catalog).filter(startsOthers);
  const children = new Children(evidence);
  return [noexec(entries, children, evidence), profiles(entries, children, evidence)].filter(
    (measure) => measure !== undefined,
  );
}
