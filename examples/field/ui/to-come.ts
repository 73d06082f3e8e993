/** Times of a form that are to come: a return, an arrival. */
import type { Form } from 'auxilio/forms';

type Times = Readonly<Record<string, string>>;

/** Those that are not later than the act itself, by the names of their fields. */
function timesBefore({ fields }: Form, data: object): Times {
  const { at = '', ...values } = data as Times;
  const found = fields.flatMap((field) => {
    const value = values[field.name];
    const isMeant = field.kind === 'instant' && !field.past && value !== undefined && value <= at;
    return isMeant ? [[field.name, value]] : [];
  });
  return Object.fromEntries(found);
}

/** Asks once for each such time, which may be right all the same: answers the fields of those that it has not asked for. */
export function askerOfTimes(): (form: Form, data: object) => readonly string[] {
  let asked: Times = {};
  return (form, data) => {
    const before = asked;
    asked = timesBefore(form, data);
    return Object.keys(asked).filter((name) => asked[name] !== before[name]);
  };
}
