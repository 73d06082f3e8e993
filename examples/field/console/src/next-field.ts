type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLButtonElement;

/** True for a field that has an answer: of a group of choices, where one of them is chosen. */
function isAnswered(field: Field): boolean {
  if (field instanceof HTMLButtonElement) return field.closest('.chips') === null || hasPressed(field);
  if (field.type === 'radio') return field.closest('fieldset')?.querySelector('[type=radio]:checked') != null;
  return field.type === 'checkbox' || field.value !== '';
}

const hasPressed = (chip: HTMLElement): boolean => chip.closest('.chips')?.querySelector('[aria-pressed=true]') != null;

/**
 * The place in the form of an act where the next key is expected: what it is begun with or corrects, the first field that must be
 * answered and is not, the first that may be, else the button that records it.
 */
export function nextField(act: Element | null | undefined): HTMLElement | null {
  const fields = [...(act?.querySelectorAll<Field>('input:enabled, textarea, select, .chips button') ?? [])];
  const open = fields.filter((field) => !isAnswered(field));
  const isAsked = (field: Field) => field instanceof HTMLButtonElement || field.required;
  return open.find(isAsked) ?? open[0] ?? act?.querySelector<HTMLElement>('button[type=submit]') ?? null;
}
