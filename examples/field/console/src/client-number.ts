/** The telephone of the client in the form of a new visit: a datum of the host, which is kept beside the log. */
import type { Form, FormField } from 'auxilio/forms';
import { dialled } from '../../server/dialled.ts';
import type { Entered } from '../../ui/host.ts';
import { post, visitPath } from './api.ts';
import { say, t } from './app.ts';

const name = 'telephone';

/** The form with a field for it, after that of the client. */
export function withClientNumber(form: Form): Form {
  const field: FormField = {
    kind: 'text',
    name,
    label: t().clientNumber,
    required: false,
    clauses: [],
    personal: true,
    maxLength: 30,
  };
  const after = form.fields.findIndex((one) => one.name === 'client') + 1;
  return { ...form, fields: [...form.fields.slice(0, after), field, ...form.fields.slice(after)] };
}

const enteredIn = (entered: Entered): string => entered[name]?.[0]?.trim() ?? '';

/** Answers the problem of the number that was entered, if it has one. */
export function problemsOfNumber(entered: Entered): readonly Readonly<{ name: string; message: string }>[] {
  const text = enteredIn(entered);
  return text === '' || dialled(text) !== null ? [] : [{ name, message: t().clientNumberWrong }];
}

/** Notes the number that was entered, if one was. The visit is on record: what fails is said, and the number can be noted there. */
export async function noteClientNumber(visitId: string, entered: Entered): Promise<void> {
  const client = enteredIn(entered);
  if (client === '') return;
  const answer = await post(`${visitPath(visitId)}/telephones`, { client });
  if (!answer.ok) say(answer.title || t().cannotReach);
}
