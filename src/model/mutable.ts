/** A record while it is made, property by property: cheaper than spreading what may be missing. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
