/** Texts that were erased: the log has a token of each, 64 letters, and a screen a word. */
import { options, type VNode } from 'preact';
import { toSentence } from './text.ts';

const TOKENS = /\b[A-Pa-p]{64}(?: [A-Pa-p]{64})*\b/g;

/** True for a text that was erased. */
export const isErased = (text: string): boolean => text.length === 64 && text.replace(TOKENS, '') === '';

/** A text with a word, in the language of the page, in the place of what was erased. */
export function withErased(text: string): string {
  if (text.length < 64) return text;
  const word = document.documentElement.lang === 'en' ? 'erased' : 'dato borrado';
  return text.replace(TOKENS, (_, at: number) => (at === 0 ? toSentence(word) : word));
}

/** Has every text and attribute of this page say what was erased, whichever component draws it. */
export function showErased(): void {
  const { vnode: before } = options;
  options.vnode = (vnode: VNode) => {
    const { type, props } = vnode as unknown as { type: unknown; props: unknown };
    if (typeof props === 'string') Object.assign(vnode, { props: withErased(props) });
    else if (typeof type === 'string') {
      for (const [name, value] of Object.entries(props as object))
        if (typeof value === 'string') Object.assign(props as object, { [name]: withErased(value) });
    }
    before?.(vnode);
  };
}
