import { expect, it } from 'vitest';
import { recorders } from '../../src/visit/act.ts';
import { gateRules, generalRules, wellFormed } from '../../src/visit/gate-rules.ts';
import type { Rule } from '../../src/visit/rule.ts';
import { acts } from '../../src/visit/table.ts';

const line = ({ id, clauses, waivable, remedy }: Rule) =>
  `| \`${id}\` | ${clauses.join(', ')} | ${waivable ? 'yes' : ''} | ${remedy.join(', ')} |`;

const table = (rules: readonly Rule[]) => {
  if (rules.length === 0) return 'No rules beside the general ones.';
  const once = rules.filter((rule, index) => rules.findIndex(({ id }) => id === rule.id) === index);
  return ['| rule | clauses | can be waived | acts that remedy it |', '|---|---|---|---|', ...once.map(line)].join(
    '\n',
  );
};

const reference = `# Acts and rules

Made from the table of \`src/visit\` by \`npx vitest run test/docs/reference.test.ts -u\`; a test fails when it is stale.

Rules stand in the order in which they are asked. One of the first five stands alone when it fails; of the rest, every
rule that fails is listed.

## Every act, first

${table([wellFormed, ...gateRules])}

## Every act, then

${table(generalRules)}
${acts
  .map(
    ({ command, event, by, needs }) =>
      `\n## ${command} → ${event}\n\nRecorded by: ${recorders[by].join(', ')}.\n\n${table(needs)}\n`,
  )
  .join('')}`;

it('the reference of acts and rules is what the table says', async () => {
  await expect(reference).toMatchFileSnapshot('../../docs/reference/rules.md');
});
