import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

type PrimaryProps = Readonly<{
  type?: 'button' | 'submit';
  isBusy: ReadonlySignal<boolean>;
  isDisabled?: boolean;
  onClick?: () => void;
  children: ComponentChildren;
}>;

/** The large button of a screen. It alone is drawn anew when it is busy, and not what is around it. */
export function Primary({ type = 'button', isBusy, isDisabled = false, onClick, children }: PrimaryProps) {
  return (
    <button type={type} class="primary" disabled={isBusy.value || isDisabled} onClick={onClick}>
      {children}
    </button>
  );
}
