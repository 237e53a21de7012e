import type { Catalog } from "../catalog/catalog.ts";
import type { CatalogEntry } from "../catalog/types.ts";
import { Memory } from "../cmdline/memory.ts";
import type { Cost, Cure } from "../model/cure.ts";
import { entryOf } from "../model/entry.ts";
import type { Finding } from "../model/finding.ts";
import type { Explanation, Invocation } from "../model/invocation.ts";
import type { Payload } from "../model/payload.ts";
import type { AllOf } from "../model/shape.ts";
import { loadsAssembly } from "../policies/behaviours.ts";
import { costsByBaseline } from "../policies/cure/costs/by-baseline.ts";
import { CostsByLogs, placeOf } from "../policies/cure/costs/by-logs.ts";
import { type Costs, curesOf } from "../policies/cure/cure.ts";
import type { CureSubject } from "../policies/cure/forms.ts";
import { generalSubject, keyOf, withHost } from "../policies/cure/general.ts";

/** Tells what would have stopped something, and what that would have cost: by a baseline where one is given, else by the logs at hand. */
export class Cures {
  readonly #catalog: Catalog;
  readonly #baseline: string | undefined;
  #costs: Costs | undefined;
  /** Batches of command lines ask for the same again and again. */
  readonly #explained = new Memory<readonly Cure[]>();
  /** Undefined where a baseline is preferred. */
  readonly prices: CostsByLogs | undefined;

  /** @param baseline file of `whatran learn`, read when the first cost is asked for */
  constructor(catalog: Catalog, baseline?: string) {
    this.#catalog = catalog;
    this.#baseline = baseline;
    this.prices = baseline === undefined ? new CostsByLogs() : undefined;
  }

  get #known(): Costs | undefined {
    this.#costs ??= this.prices?.of ?? costsByBaseline(this.#baseline as string, this.#catalog);
    return this.#costs;
  }

  ofFinding({ binary, behaviour, runs, fetches, user, source }: Finding): readonly Cure[] {
    return curesOf({ binary, behaviour, runs, fetches, user }, this.#catalog, this.#known, placeOf(source));
  }

  /** Found once for all acts that differ in nothing which makes a difference. What a rule costs depends on the host that it names. */
  #generally(subject: CureSubject, costs: Costs | undefined): readonly Cure[] {
    const isAny = costs === undefined;
    const cures = this.#explained.get(keyOf(subject, isAny), () =>
      curesOf(generalSubject(subject, isAny), this.#catalog, costs),
    );
    return isAny ? withHost(cures, subject) : cures;
  }

  /** The explanation with what would have stopped each invocation that acts on somebody’s behalf. */
  explained(explanation: Explanation, parent?: string): Explanation {
    // There are no logs beside a command line that would have to be counted first.
    const costs = this.prices ? undefined : this.#known;
    const { commandLine, verdict } = explanation;
    const invocations: Invocation[] = [];
    for (const one of explanation.invocations) {
      const above = one.parent === undefined ? parent : explanation.invocations[one.parent]?.binary.path;
      invocations.push(withCures(one, this.#of(one, above, costs)));
    }
    return { commandLine, invocations, verdict };
  }

  /** What would have stopped an invocation that a program started. */
  #of({ binary, behaviours }: Invocation, parent: string | undefined, costs: Costs | undefined): readonly Cure[] {
    const cures: Cure[] = [];
    for (const { id: behaviour, runs, fetches } of behaviours) {
      const subject = { binary, behaviour, runs, fetches, parent, user: undefined } satisfies AllOf<CureSubject>;
      const found = this.#generally(subject as CureSubject, costs);
      if (behaviours.length === 1) return found;
      cures.push(...found);
    }
    return distinct(cures);
  }
}

/** The same of one shape with all others, as explanations have it. */
function withCures(invocation: Invocation, cures: readonly Cure[]): Invocation {
  if (cures.length === 0) return invocation;
  const { binary, canonical, behaviours, obfuscation, parent, unknown, cut, awaited } = invocation;
  const told = { binary, canonical, behaviours, obfuscation, parent, unknown, cut, awaited, cures };
  return told satisfies AllOf<Invocation> as Invocation;
}

/** Each cure once, though several acts have it. */
function distinct(cures: readonly Cure[]): readonly Cure[] {
  const told = new Set<string>();
  return cures.filter(({ text }) => !told.has(text) && told.add(text));
}

/** Where a payload of the catalogue lies that no command line names: any folder that users write to. */
const SOMEWHERE = { windows: "C:\\Users\\Public\\", linux: "/tmp/", macos: "/tmp/" } as const;
const ENDINGS: Readonly<Partial<Record<Payload["what"], string>>> = {
  library: ".dll",
  assembly: ".dll",
  scriptlet: ".sct",
  package: ".msi",
  executable: ".exe",
};

/** What scripts are called that a host runs; products know scripts by that. Of other hosts it can be anything. */
const SCRIPTS: Readonly<Record<string, string>> = {
  "cmd.exe": ".bat",
  "cscript.exe": ".vbs",
  "wscript.exe": ".vbs",
  "agentexecutor.exe": ".ps1",
  "pester.bat": ".ps1",
  "powershell.exe": ".ps1",
  "sqlps.exe": ".ps1",
  "mshta.exe": ".hta",
  "msxsl.exe": ".xsl",
  "wmic.exe": ".xsl",
};

/** What would stop a behaviour of the catalogue, whatever it is given. */
export function curesOfEntry(
  entry: CatalogEntry,
  catalog: Catalog,
): readonly { readonly behaviour: string; readonly cures: readonly string[] }[] {
  const folder = SOMEWHERE[entry.platform];
  const endings: typeof ENDINGS =
    entry.platform === "windows" ? { ...ENDINGS, script: entryOf(SCRIPTS, entry.name) ?? "" } : {};
  return entry.behaviours.map((behaviour) => {
    const { id, title, bindings } = behaviour;
    const auto = loadsAssembly(behaviour) ? "assembly" : "executable";
    const payload = (what: Payload["what"], role: string): Payload =>
      role === "fetches"
        ? { what, where: "web", value: "http://HOST.example/payload", remote: true }
        : {
            what,
            where: what === "command" || what === "inlineCode" ? "inline" : "local",
            value: `${folder}payload${endings[what] ?? ""}`,
            remote: false,
          };
    const of = (role: "runs" | "fetches") =>
      bindings
        .filter((one) => one.role === role)
        .map(({ what, role: as }) => payload(what === "auto" ? auto : what, as));
    const subject = {
      binary: { name: entry.name, platform: entry.platform, entry: entry.id },
      behaviour: id,
      runs: of("runs"),
      fetches: of("fetches"),
    };
    const cures = curesOf(subject, catalog).map(({ mitigation, text }) => `${mitigation} ${inGeneral(text, folder)}`);
    return { behaviour: title, cures: [...new Set(cures)] };
  });
}

const inGeneral = (text: string, folder: string) =>
  text.replaceAll(folder, "the folder that it lies in").replaceAll("HOST.example", "the host");

/** A cure as one line, with its cost where that is known. */
export function cureText({ mitigation, text, doubt, cost }: Cure): string {
  const price = cost === undefined ? "" : `; ${costText(cost)}`;
  return `${mitigation} ${text}${doubt === undefined ? "" : ` (uncertain here: ${doubt})`}${price}`;
}

function costText({ by, times, hosts, users = 0, examples, atLeast }: Cost): string {
  const would = by === "baseline" ? "here it would have stopped" : "in these logs it would have stopped";
  if (times === 0) return `${would} nothing ${by === "baseline" ? "ordinary" : "else"}`;
  const number = (count: number, one: string) => `${count}${atLeast ? " or more" : ""} ${one}${count === 1 ? "" : "s"}`;
  const what = number(times, by === "baseline" ? "ordinary event" : "other event");
  const whose = users === 0 ? "" : ` by ${number(users, "user")}`;
  return `${would} ${what} on ${number(hosts, "host")}${whose}, such as ${examples.join(", ")}`;
}
