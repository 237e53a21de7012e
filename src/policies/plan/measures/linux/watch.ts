import type { Catalog } from "../../../../catalog/catalog.ts";
import type { CatalogEntry } from "../../../../catalog/types.ts";
import { entryOf } from "../../../../model/entry.ts";
import { plural } from "../../../../outputs/counts.ts";
import { isInternet } from "../../../decide/peer.ts";
import { plainId } from "../../../ids.ts";
import type { Rule } from "../../../model.ts";
import type { Evidence } from "../../evidence.ts";
import type { Measure } from "../../measure.ts";
import { linuxProxies, pathsOf, stopped, useOf } from "./programs.ts";

/** Connections of Linux that must have been logged before one that is not there says something. */
const MIN_CONNECTIONS = 200;
/**
 * Accounts of services whose number is the same on every Debian and on every Red Hat (nobody), or on Debian where the other has none.
 * @see https://salsa.debian.org/debian/base-passwd
 */
const ACCOUNTS: Readonly<Record<string, string>> = {
  "www-data": "33",
  nobody: "65534",
  backup: "34",
  list: "38",
  games: "5",
  man: "6",
};
/** Numbers of accounts of services. */
const isService = (user: string) => /^\d{1,3}$/.test(user) && user !== "0";
/** Starts of a program beyond this share of all are too many to record each. */
const MOST_SHARE = 0.02;
/** Each rule is compared at every call. */
const MOST_RULES = 60;

/** Accounts of services that run programs and never reached the internet (M1037). */
function egress(evidence: Evidence): Measure | undefined {
  if (evidence.watched("linux").connect < MIN_CONNECTIONS) return undefined;
  const acting = new Set<string>();
  const connected = new Set<string>();
  const numberOf = (user: string | undefined) =>
    entryOf(ACCOUNTS, user ?? "") ?? (user !== undefined && isService(user) ? user : undefined);
  for (const { act } of evidence.acts) {
    const number = act.platform === "linux" ? numberOf(act.user) : undefined;
    if (number === undefined) continue;
    acting.add(number);
    if (act.on !== "connect" || act.peer?.inbound === true) continue;
    const { address, host } = act.peer ?? {};
    if (address === undefined ? host?.includes(".") : isInternet(address)) connected.add(number);
  }
  const silent = [...acting].filter((number) => !connected.has(number)).sort((a, b) => Number(a) - Number(b));
  if (silent.length === 0) return undefined;
  const name = (number: string) => Object.entries(ACCOUNTS).find(([, one]) => one === number)?.[0] ?? `user ${number}`;
  return {
    id: "linux-egress",
    mitigation: "M1037",
    title: `Cut ${silent.length} accounts of services off the internet`,
    why: "A service that is taken over fetches its next step as the service’s own user, who never connected to the internet.",
    evidence: [
      `${plural(evidence.watched("linux").connect, "connection")} of Linux were logged; none of these accounts reached the internet: ${silent.map(name).join(", ")}.`,
    ],
    stops: [
      "downloads and remote payloads by whatever these accounts are made to start (curl, wget, nc, bash and others)",
    ],
    blind: [
      "What goes through a proxy or resolver of the own network is its traffic.",
      "Whoever becomes another user is another user.",
    ],
    mode: "enforce",
    rules: {
      nftables: silent.map(
        (number): Rule => ({
          id: `egress_${number}`,
          action: "deny",
          on: ["connect"],
          peer: { inbound: false, addresses: ["Internet"] },
          scope: [`uid=${number}`],
          description: `${name(number)} reaches nobody on the internet`,
          measure: "M1037",
        }),
      ),
    },
  };
}

const RANK: Readonly<Record<string, number>> = { hostile: 0, rare: 1, uncommon: 2, common: 3, routine: 4 };
const rank = ({ behaviours }: CatalogEntry) => Math.min(...behaviours.map(({ usual }) => RANK[usual] ?? 4));

/** What stays is recorded, so that what no product stops is at least seen. */
function recording(catalog: Catalog, evidence: Evidence): Measure | undefined {
  const { execute, hosts } = evidence.watched("linux");
  const seldom = linuxProxies(catalog)
    .filter((entry) => (useOf(entry, evidence)?.times ?? 0) <= execute * MOST_SHARE && rank(entry) <= 2)
    // First what is there and used, as that is what remains when the rest is removed.
    .sort(
      (a, b) =>
        Number(useOf(b, evidence) !== undefined) - Number(useOf(a, evidence) !== undefined) ||
        rank(a) - rank(b) ||
        (a.id < b.id ? -1 : 1),
    )
    .slice(0, MOST_RULES);
  if (execute === 0 || seldom.length === 0) return undefined;
  const files = seldom.map((entry) => ({
    entry,
    paths: pathsOf(entry, evidence).filter((path) => /^[\w./+-]+$/.test(path)),
  }));
  return {
    id: "linux-audit",
    mitigation: "M1038",
    title: `Record the starts of ${seldom.length} programs that can start others`,
    why: "No product stops what it cannot tell from ordinary use; what is recorded can be judged afterwards.",
    evidence: [
      `Each makes up at most ${MOST_SHARE * 100} % of ${plural(execute, "start")} on ${plural(hosts.size, "host")}: the log does not grow by more.`,
    ],
    stops: ["nothing: it makes seen", ...stopped(seldom).slice(0, 10)],
    blind: [
      "A copy in another folder is another program; record all starts (-S execve without -F exe) where the machine bears it.",
    ],
    mode: "audit",
    rules: {
      auditd: files.map(
        ({ entry, paths }): Rule => ({
          id: plainId(`record_${entry.name}`),
          action: "audit",
          on: ["execute"],
          object: paths.map((path) => ({ path })),
          description: `starts of ${entry.name}`,
        }),
      ),
    },
  };
}

/** Egress of services, and records of the rest. */
export function linuxWatchMeasures(catalog: Catalog, evidence: Evidence): readonly Measure[] {
  return [egress(evidence), recording(catalog, evidence)].filter((measure) => measure !== undefined);
}
