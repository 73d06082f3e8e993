type Merged<Parts extends readonly object[]> = Parts extends readonly [infer First, ...infer Others extends object[]]
  ? First & Merged<Others>
  : unknown;

/** Everything that the chapters say, as one record: what none of them says does not compile where it is asked for. */
export function merged<Parts extends readonly object[]>(...parts: Parts): Merged<Parts> {
  return Object.assign({}, ...parts);
}
