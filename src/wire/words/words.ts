import type { FieldKind } from '../issue-details.ts';
import type { Issue, IssueCode } from '../issues.ts';

/** A sentence about an issue: `at` names the place. */
type Sentence = (issue: Issue, at: string) => string;

/** The sentences about issues in one language. */
export type IssueWords = {
  /** The message as a whole, where a path is empty. */
  readonly message: string;
  /** A kind of value with its article, and an example where it has a form. */
  readonly kinds: { readonly [K in FieldKind]: string };
  readonly sentences: { readonly [C in IssueCode]: Sentence };
};
