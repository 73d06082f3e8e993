const shared: readonly object[] = [Object.prototype, Array.prototype, Function.prototype, String.prototype];

const keysOfAll = () => shared.reduce((count, owner) => count + Reflect.ownKeys(owner).length, 0);
const before = keysOfAll();

/** Says so when a prototype has other keys than when this was loaded. */
export function touchedGlobal(): string | undefined {
  return keysOfAll() === before ? undefined : 'a prototype was touched';
}
