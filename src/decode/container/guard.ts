/** Bytes of output from which a ratio is suspicious, and the ratio that no log reaches. */
const SUSPICIOUS_SIZE = 64 * 1024 * 1024;
const HIGHEST_RATIO = 1000;

export interface ContainerLimits {
  /** Containers inside containers. */
  readonly depth: number;
  /** Members of all archives of one input together. */
  readonly members: number;
  /** Bytes that one input may give, all layers of compression together. */
  readonly bytes: number;
}

export const CONTAINER_LIMITS: ContainerLimits = { depth: 4, members: 100_000, bytes: 64 * 1024 ** 3 };

/** What one input file may cost, shared by all layers of containers in it. */
export class ContainerGuard {
  readonly limits: ContainerLimits;
  /** Why no more is read from this input; undefined while all is well. */
  stopped: string | undefined;
  private readonly raw: () => number;
  private produced = 0;
  private members = 0;

  /** `raw` tells how many bytes of the input itself were read. */
  constructor(raw: () => number, limits: ContainerLimits = CONTAINER_LIMITS) {
    this.raw = raw;
    this.limits = limits;
  }

  /** Counts bytes that came out of a compression; false where that was too much. */
  grow(bytes: number): boolean {
    this.produced += bytes;
    if (this.produced > this.limits.bytes) this.stopped ??= `more than ${this.limits.bytes} bytes come out of it`;
    const bomb = this.produced > SUSPICIOUS_SIZE && this.produced > HIGHEST_RATIO * this.raw();
    if (bomb) this.stopped ??= `more than ${HIGHEST_RATIO} times its size comes out of it`;
    return this.stopped === undefined;
  }

  /** Counts a member; false where that was one too many. */
  enter(): boolean {
    this.members += 1;
    if (this.members > this.limits.members) this.stopped ??= `more than ${this.limits.members} members`;
    return this.stopped === undefined;
  }
}
