import { identity } from "../../cmdline/normal/identity.ts";
import { folderForm, folderOf, isAbsolute, isOpen } from "../../correlate/allow/folder.ts";
import { filesOf, type Gate } from "../../correlate/allow/list.ts";
import type { Pending } from "../../correlate/pending.ts";
import { shortHost } from "../../model/host.ts";
import { resolvedOf } from "../../model/payload.ts";

/** Groups that are held; findings of further ones are counted as left out. */
const MAX_GROUPS = 20_000;
/** Facts of one kind that an entry lists; with more it says nothing of that kind. */
export const MAX_LISTED = 5;
const MAX_HASHES = 32;

/** Findings that one entry could answer for. */
export interface Group {
  readonly behaviour: string;
  /** In the form of `folderForm`; undefined where the files lie in several, or there are none. */
  readonly directory: string | undefined;
  readonly signer: string | undefined;
  /** Whether every file had a hash in the log. */
  hashed: boolean;
  readonly open: boolean;
  times: number;
  readonly sha256: Set<string>;
  readonly parents: Set<string>;
  readonly hosts: Set<string>;
  readonly users: Set<string>;
}

const only = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined);

function note(set: Set<string>, value: string | undefined, most = MAX_LISTED): void {
  if (set.size <= most) set.add(value ?? "");
}

/** Gathers findings by the facts that an allow-list can match; gives out none. */
export class Recurring implements Gate {
  readonly #groups = new Map<string, Group>();
  /** Findings that no entry can answer for: their files are known by no folder, or are no files. */
  unnamed = 0;

  get groups(): readonly Group[] {
    return [...this.#groups.values()];
  }

  hides(pending: Pending): boolean {
    const { platform } = pending.resolution;
    const files = filesOf(pending);
    const paths = files.map(resolvedOf);
    const folders = paths.map((path) => folderOf(path, platform));
    if (files.some(({ where }) => where !== "local" && where !== "share") || folders.includes(undefined)) {
      this.unnamed++;
      return true;
    }
    const forms = folders.map((folder) => folderForm(folder ?? ""));
    const seals = paths.map((path) => pending.seals?.find((seal) => seal.path === identity(path, platform)));
    const directory = only(forms);
    const signer = only(seals.map((seal) => seal?.signer));
    const behaviour = pending.judgement.behaviour.id;
    const key = JSON.stringify([behaviour, directory, signer]);
    let group = this.#groups.get(key);
    if (!group) {
      if (this.#groups.size >= MAX_GROUPS) {
        this.unnamed++;
        return true;
      }
      const open = forms.some((form) => isOpen(form, platform));
      const sets = {
        sha256: new Set<string>(),
        parents: new Set<string>(),
        hosts: new Set<string>(),
        users: new Set<string>(),
      };
      group = { behaviour, directory, signer, hashed: true, open, times: 0, ...sets };
      this.#groups.set(key, group);
    }
    group.times++;
    for (const seal of seals) {
      if (seal?.sha256 === undefined) group.hashed = false;
      else note(group.sha256, seal.sha256, MAX_HASHES);
    }
    const { parent } = pending.around;
    note(
      group.parents,
      parent !== undefined && isAbsolute(identity(parent, platform)) ? identity(parent, platform) : undefined,
    );
    note(group.hosts, shortHost(pending.subject.host ?? ""));
    note(group.users, pending.subject.user?.toLowerCase());
    return true;
  }
}

export const fitsHashes = ({ hashed, sha256 }: Group): boolean =>
  hashed && sha256.size > 0 && sha256.size <= MAX_HASHES;
