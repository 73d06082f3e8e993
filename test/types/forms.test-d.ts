/** Checked by the compiler: `npx tsc --noEmit`. Nothing here runs. */
import { type ClauseId, createCommand, defaultPolicy, initialState } from 'auxilio';
import { type EnteredData, type FormWords, formsEsCR, readForm } from 'auxilio/forms';
import type { NonEmptyText } from '../../src/messages/index.ts';

const holds = <Truth extends true>(..._truth: Truth[]): void => {};

type Keys<T> = keyof T & string;

const { labels, parts, codes, problems } = formsEsCR;
const { ShowTools, ...withoutAct } = labels;
const { reached, ...withoutField } = labels.NotifyClient;
const { quantity, ...withoutPart } = parts.material;
const { 'second-visit': _, ...withoutCode } = codes.pause;
const { future, ...withoutProblem } = problems;

// A language without the label of an act, of a field, of a part, or the caption of a code or a problem does not compile.

// @ts-expect-error
export const noAct: FormWords = { ...formsEsCR, labels: withoutAct };
// @ts-expect-error
export const noField: FormWords = { ...formsEsCR, labels: { ...labels, NotifyClient: withoutField } };
// @ts-expect-error
export const noPart: FormWords = { ...formsEsCR, parts: { ...parts, material: withoutPart } };
// @ts-expect-error
export const noCode: FormWords = { ...formsEsCR, codes: { ...codes, pause: withoutCode } };
// @ts-expect-error
export const noProblem: FormWords = { ...formsEsCR, problems: withoutProblem };
// A list that may be said to be empty has a caption for that.
// @ts-expect-error
export const noNone: FormWords = { ...formsEsCR, labels: { ...labels, ShowTools: { tools: 'Herramientas' } } };

// The data that a form gives are those of the command, apart from what the host adds.

holds<'visitId' extends Keys<EnteredData<'StartWork'>> ? false : true>();
holds<'edition' extends Keys<EnteredData<'AssignVisit'>> ? false : true>();
holds<EnteredData<'CloseVisit'> extends { readonly at: string; readonly reason?: NonEmptyText } ? true : false>();

const read = readForm('PauseWork', [], formsEsCR);
if (read.ok) {
  createCommand('PauseWork', { ...read.data, visitId: 'v-1' }, { role: 'provider', id: 'prov-1' });
  // @ts-expect-error the visit is the host's to add
  createCommand('PauseWork', read.data, { role: 'provider', id: 'prov-1' });
} else {
  // What was left blank has its field and clauses.
  const [first] = read.missing;
  holds<
    typeof first extends { readonly name: string; readonly clauses: readonly ClauseId[] } | undefined ? true : false
  >();
}
// @ts-expect-error data and missing fields exclude each other
export const missing = read.missing;

// The waivers of a visit and of a policy are taken as they are; a rule that cannot be waived is not.
const waivers = [...initialState().waivers, ...defaultPolicy.waive];
readForm('HandOverSite', [], formsEsCR, { waivers });
// @ts-expect-error
readForm('HandOverSite', [], formsEsCR, { waivers: [{ rule: 'arrived' }] });
