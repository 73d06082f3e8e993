/** The `type` of a message; undefined of one that has none, or that cannot be looked at. No accessor is called. */
export function typeIn(value: unknown): unknown {
  try {
    return Object.getOwnPropertyDescriptor(Object(value), 'type')?.value;
  } catch {
    return undefined;
  }
}
