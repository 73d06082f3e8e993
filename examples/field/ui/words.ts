/** Texts of the screens in two languages: a record without one of them does not compile. */
type Texts = Readonly<Record<string, string | ((...values: never[]) => string)>>;

/** The catalogue of a screen: the English one has the shape of the Spanish one. */
export type Shape<T extends Texts> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : string;
};
