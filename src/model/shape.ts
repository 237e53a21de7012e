/** Every field, so that one that is new cannot be forgotten where objects are to have one shape. */
export type AllOf<T> = { readonly [K in keyof T]-?: T[K] | undefined };
