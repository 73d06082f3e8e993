let test = 0;

/** Called before each test. */
export const nextTest = (): void => {
  test += 1;
};

/** As `lazy` of the wire, but builds again in each test: else only the first test that uses a schema would count for it. */
export function lazy<T>(build: () => T): () => T {
  let built: { readonly value: T; readonly test: number } | undefined;
  return () => {
    if (built?.test !== test) built = { value: build(), test };
    return built.value;
  };
}
