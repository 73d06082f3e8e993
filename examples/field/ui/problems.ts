/** The focus in a form that has problems. */
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Moves it to the first field with a problem, which is read aloud with it. */
export function useFocusOnProblem(
  form: RefObject<HTMLFormElement | null>,
  problems: Readonly<Record<string, string>>,
): void {
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>('.field:has(> .problem, > [role=alert] > .problem)');
    const found = ['input:enabled, textarea, select', 'button'].map((kind) => field?.querySelector<HTMLElement>(kind));
    // Of photographs to choose there may be none.
    if (field && !found.some(Boolean)) field.tabIndex = -1;
    (found.find(Boolean) ?? field)?.focus();
  }, [problems]);
}
