/** Names of 0.4, kept for one minor. */
import type { ActorMapping, ConstantSource, FieldPart, ValueSource } from './sheet/mapping.ts';

/** @deprecated since 0.5.0: {@link ConstantSource} is its name. */
export type Given = ConstantSource;
/** @deprecated since 0.5.0: {@link ValueSource} is its name. */
export type Source = ValueSource;
/** @deprecated since 0.5.0: {@link FieldPart} is its name. */
export type Part = FieldPart;
/** @deprecated since 0.5.0: {@link ActorMapping} is its name. */
export type Author = ActorMapping;
