import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

type PrimaryProps = Readonly<{
  type?: 'button' | 'submit';
  isBusy: ReadonlySignal<boolean>;
  isDisabled?: boolean;
  onClick?: () => void;
  children: ComponentChildren;
}>;

/** The large button of a screen. Only the button is drawn again when it is busy, not the screen around it. */
export function Primary({ type = 'button', isBusy, isDisabled = false, onClick, children }: PrimaryProps) {
  return (
    <button type={type} class="primary" disabled={isBusy.value || isDisabled} onClick={onClick}>
      {children}
    </button>
  );
}
