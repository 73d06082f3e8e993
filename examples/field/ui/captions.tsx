/** The parts around a field: its caption, its hint and what is wrong with it. */
import type { FormField } from 'auxilio/forms';
import { isMarked, useHost } from './host.ts';

export const Caption = ({ field }: { field: FormField }) => (
  <>
    {field.label}
    {isMarked(field) && <span aria-hidden="true"> *</span>}
  </>
);

type PartProps = Readonly<{ id: string; field: FormField }>;

export const Hint = ({ id, field: { hint } }: PartProps) =>
  hint === undefined ? null : (
    <p class="hint" id={`${id}-hint`}>
      {hint}
    </p>
  );

export function Problem({ id, field }: PartProps) {
  const problem = useHost().problems[field.name];
  return problem === undefined ? null : (
    <p class="problem" id={`${id}-problem`}>
      {problem}
    </p>
  );
}
