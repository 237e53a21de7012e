import type { FilePattern, PeerPattern, Rule } from "../../model.ts";

/** What must hold of a request at once. */
export interface Term {
  readonly subject?: readonly FilePattern[];
  readonly object?: readonly FilePattern[];
  readonly peers: readonly PeerPattern[];
  /** Other ends of which it must be none. */
  readonly except: readonly PeerPattern[];
  /** What no log answers. */
  readonly beyond?: string;
}

/** Of a list any of these; none at all is met by nothing. */
export type Terms = readonly Term[];

const NOTHING: Term = { peers: [], except: [] };
export const ALL: Terms = [NOTHING];
export const NEVER: Terms = [];
export const open = (beyond: string): Terms => [{ ...NOTHING, beyond }];
export const ofPeer = (peer: PeerPattern): Terms => [{ ...NOTHING, peers: [peer] }];
export const ofFile = (side: Pick<Term, "subject" | "object">): Terms => [{ ...NOTHING, ...side }];

/** Alternatives that a line may have. */
const MOST = 1024;
/** Lists that one line may name. */
const MOST_NAMES = 256;
const MIXED = "a list within lists is not compared";

function together(one: Term, other: Term): Term {
  const isTwice = (one.subject && other.subject) || (one.object && other.object);
  const beyond = one.beyond ?? other.beyond ?? (isTwice ? MIXED : undefined);
  return {
    ...one,
    ...other,
    peers: [...one.peers, ...other.peers],
    except: [...one.except, ...other.except],
    ...(beyond !== undefined && { beyond }),
  };
}

/** Both must hold. */
function both(ones: Terms, others: Terms): Terms {
  if (ones.length * others.length > MOST) return open(MIXED);
  return ones.flatMap((one) => others.map((other) => together(one, other)));
}

/** Any of them. */
export function either(parts: readonly Terms[]): Terms {
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  return count > MOST ? open(MIXED) : parts.flat();
}

/** All of them. */
export const every = (parts: readonly Terms[]): Terms =>
  parts.length > MOST_NAMES ? open(MIXED) : parts.reduce(both, ALL);

/** None of them may hold. */
export function not(terms: Terms): Terms {
  const except: PeerPattern[] = [];
  let beyond: string | undefined;
  for (const term of terms) {
    const [peer, ...more] = term.peers;
    const isPlain = !term.subject && !term.object && term.except.length === 0 && more.length === 0;
    if (isPlain && !peer && term.beyond === undefined) return NEVER;
    if (isPlain && peer && term.beyond === undefined) except.push(peer);
    else beyond ??= term.beyond ?? "what a list leaves out is not compared";
  }
  return [{ peers: [], except, ...(beyond !== undefined && { beyond }) }];
}

/** The parts of a rule that say so. */
export function partsOf({ subject, object, peers, except, beyond }: Term): Partial<Rule> {
  let peer: PeerPattern = {};
  const more: PeerPattern[] = [];
  for (const one of peers) {
    if (Object.keys(one).some((key) => peer[key as keyof PeerPattern] !== undefined)) more.push(one);
    else peer = { ...peer, ...one };
  }
  // What is plain HTTP is no TLS.
  const others = except.filter(({ protocol }) => !(protocol === "tls" && peer.protocol === "http"));
  const files = beyond === undefined ? subject : (subject ?? [{}]).map((one) => ({ ...one, beyond }));
  return {
    ...(files && { subject: files }),
    ...(object && { object }),
    ...(peers.length > 0 && { peer }),
    ...(more.length > 0 && { peers: more }),
    ...(others.length > 0 && { exceptPeers: others }),
  };
}
