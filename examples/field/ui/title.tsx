/** The heading of a screen. It names the page, and has the focus when the screen is opened, so that it is read aloud. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { withErased } from './erased.ts';
import { hasMoved } from './route.ts';

type TitleProps = Readonly<{
  /** The name of the application. */
  app: string;
  /** The name of the page, which the browser keeps: never that of a person. */
  page: string;
  children?: ComponentChildren;
}>;

export function Title({ app, page, children = page }: TitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = withErased(page === app ? app : `${page} · ${app}`);
  }, [app, page]);
  useEffect(() => {
    const { current } = heading;
    // A field of the screen may have it already.
    if (current !== null && hasMoved() && current.closest('main')?.contains(document.activeElement) === false)
      current.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
