import type { GiveInstructionData } from 'auxilio';
import type { Field } from './field.ts';
import { jsonReply } from './replies.ts';

/** An instruction of this center that is given again and again, with the decision that it is, where it is one. */
export type Template = Readonly<{ text: string; decision?: GiveInstructionData['decision'] }>;

const decisions: Readonly<Record<GiveInstructionData['decision'], 0>> = {
  wait: 0,
  proceed: 0,
  'proceed-with-representative': 0,
  reschedule: 0,
  cancel: 0,
  reassign: 0,
  other: 0,
};

/** Refuses a template of the host that no instruction could have. */
export function checkTemplates(templates: readonly Template[]): readonly Template[] {
  for (const [place, { text, decision }] of templates.entries()) {
    if (!/^[^\p{Cc}\p{Cs}]{1,1000}$/u.test(text) || text.trim() === '')
      throw new TypeError(`templates[${place}].text takes one line of 1 to 1,000 characters`);
    if (decision !== undefined && !Object.hasOwn(decisions, decision))
      throw new TypeError(`templates[${place}].decision takes one of: ${Object.keys(decisions).join(', ')}`);
  }
  return templates;
}

/** `GET /api/templates`: the instructions of this center. */
export async function listTemplates({ templates }: Field): Promise<Response> {
  return jsonReply({ templates });
}
