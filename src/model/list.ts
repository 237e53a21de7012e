/** One more; most lists come to have one element, and one that grows out of nothing takes room for seventeen. */
export function withOne<T>(list: T[] | undefined, one: T): T[] {
  if (!list) return [one];
  list.push(one);
  return list;
}
