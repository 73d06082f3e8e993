import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { actName, clauses, explain, roleName } from '../../src/index.ts';
import { recorders } from '../../src/visit/act.ts';
import { gateRules, generalRules, wellFormed } from '../../src/visit/gate-rules.ts';
import type { Rule } from '../../src/visit/rule.ts';
import { acts } from '../../src/visit/table.ts';

const levels = { H: 'obligatoria', D: 'pendiente', A: 'constancia', G: 'guía' } as const;
const actors = {
  provider: 'proveedor',
  client: 'cliente',
  'contact-center': 'Centro de Contacto',
  insurer: 'aseguradora',
};
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const nameOf = (command: (typeof acts)[number]['command']) => actName(command, 'es-CR');
const listed = (items: readonly string[]) => [...new Set(items)].join('; ');

const clauseRows = clauses.map(
  ({ id, level, actor, text }) =>
    `| ${id} | ${levels[level]} | ${actors[actor]} | ${text['es-CR']} | ${listed(acts.filter((act) => act.clauses.some((one) => one === id)).map(({ command }) => nameOf(command)))} |`,
);

const clausesPage = `# Las cláusulas

Hecha por \`npm run reference\` a partir del catálogo del programa; una prueba falla si no está al día.

El protocolo, cláusula por cláusula, con palabras nuestras. El texto oficial es el del documento de INS Servicios.

| nivel | qué significa |
|---|---|
| obligatoria | si falta, el acto que la necesita se rechaza |
| pendiente | abre o cumple una obligación de alguien, y no detiene a quien la espera |
| constancia | se anota o se audita; no se rechaza nada por ella |
| guía | palabras que conviene decir |

| cláusula | nivel | de quién | qué dice | actos que la cumplen |
|---|---|---|---|---|
${clauseRows.join('\n')}
`;

const WAIVER = / Con una instrucción de proceder, .*$/;
const sentence = ({ id, clauses: [clause] }: Rule) =>
  explain({ rule: id, clause: clause ?? '0-02', facts: {} } as Parameters<typeof explain>[0], 'es-CR').replace(
    WAIVER,
    '',
  );

const ruleRow = (rule: Rule) =>
  `| ${sentence(rule)} | ${rule.clauses.join(', ')} | ${rule.waivable ? 'sí' : ''} | ${listed(rule.remedy.map(nameOf))} | \`${rule.id}\` |`;

const head =
  '| si no se cumple, el programa dice | cláusula | se puede dispensar | actos que lo remedian | regla |\n|---|---|---|---|---|';
const once = (rules: readonly Rule[]) => rules.filter((rule, at) => rules.findIndex(({ id }) => id === rule.id) === at);
const table = (rules: readonly Rule[]) =>
  rules.length === 0 ? 'No hay más reglas que las generales.' : `${head}\n${once(rules).map(ruleRow).join('\n')}`;

const rulesPage = `# Las reglas

Hecha por \`npm run reference\` a partir de las reglas del programa; una prueba falla si no está al día.

Cada acto se acepta si cumple las reglas generales y las suyas. Un rechazo nombra todas las que faltan. Las primeras cinco se dicen solas.

## Las reglas generales

${table([wellFormed, ...gateRules, ...generalRules])}
${acts.map(({ command, by, needs }) => `\n## ${capital(nameOf(command))}\n\nLo anota: ${recorders[by].map((role) => roleName(role, 'es-CR')).join(', ')}. \`${command}\`.\n\n${table(needs)}\n`).join('')}`;

it('the clauses in Spanish are those of the catalogue', async () => {
  expect(clauseRows).toHaveLength(100);
  await expect(clausesPage).toMatchFileSnapshot('../../docs/es-CR/clausulas.md');
});

it('the rules in Spanish are those of the table', async () => {
  await expect(rulesPage).toMatchFileSnapshot('../../docs/es-CR/reglas.md');
});

it('the pages in Spanish lead to each other', () => {
  const pages = readdirSync('docs/es-CR').filter((page) => page !== 'contents.md');
  const index = readFileSync('docs/es-CR/contents.md', 'utf8');
  expect(pages.length).toBeGreaterThan(6);
  expect(pages.filter((page) => !index.includes(`](${page})`))).toEqual([]);
});
