import type { CommandType } from '../../src/messages/index.ts';
import type { CommutationVerdict } from '../../src/testing/explore/commutation.ts';
import type { CommutationConflict } from '../../src/testing/explore/pair-check.ts';
import type { Recorded, RecordedExample, RecordedPair } from './merge.ts';

/** The page of a record: what commutes, what does not, and after which history. */
export function commutationPage(recorded: Recorded): string {
  const { pairs } = recorded;
  const lines = [
    '# Acts that commute',
    '',
    'Made by `npx tsx scripts/commutation.ts --write`; a test checks it against smaller searches and replays its examples.',
    '',
    ...introduction,
    '',
    '## Summary',
    '',
    ...summary(pairs),
    '',
    ...known,
    '',
    '## Every pair',
    '',
    ...matrix(pairs),
    '',
    '## How states are compared',
    '',
    ...comparison,
    '',
    '## Searches',
    '',
    ...figures(recorded),
    '',
    '## Pairs that do not always commute',
    '',
    ...conflicts(pairs),
    '',
  ];
  return lines.join('\n');
}

const introduction = [
  'Two acts *commute* in a state when both are accepted in either order and the same state follows (PROTOCOL §10). This',
  'is every pair of an act that the provider or the client records and an act that the contact center records, with all',
  'data that the [explorer](../explorer.md) tries, in every state of its searches that accepts both. What always commutes',
  'can be recorded apart and merged in any order; of the rest, [reconciling](../how-to/accept-offline-work.md) reports what',
  'is refused.',
];

/** The rows of PROTOCOL §10, and the exceptions that the searches found; a test checks both. */
const known = [
  '## The table of PROTOCOL §10',
  '',
  'The pairs that it names are as it says, with these exceptions.',
  '',
  '- *Any provider act × ClientNotified, StartDocumented, PhotosDocumented* commute, unless one opens the debt that the',
  '  other discharges: ReportTransitIssue × NotifyClient, ReportStart × DocumentStart (a second start call, while the first',
  '  is not documented) and SubmitPhotos × DocumentPhotos (more photographs, while the first are not documented; only since',
  '  when the debt is open differs). And a notice to the client about what is not owed is refused once the visit has ended:',
  '  CompleteVisit × NotifyClient, CloseVisit × NotifyClient.',
  '- *MaterialsSupplied × InstructionGiven{cancel}* commute where the materials are not in dispute: a supply is an act of the',
  '  client, which an instruction to cancel does not stop. With an instruction about materials they do not, nor with',
  '  MaterialsCoordinated. MaterialsAccepted × InstructionGiven{cancel} do not commute; materials cannot be accepted and',
  '  coordinated in one state.',
];

const comparison = [
  'Both acts keep their data and their times in both orders; the second is judged again on the state after the first,',
  'and the event that it becomes there is folded. The two states that follow are compared field by field, instants',
  'included. Lists that mean sets are compared as sets: debts (open and lapsed), tools, required shots, waivers, former',
  'providers, discrepancies. The states that are compared are those that stand for an abstract state of the explorer; a',
  'test replays each example below on the real events of its history.',
  '',
  'A pair that is *sometimes* or *never* only because an instant differs (which of two reports was the first, since when',
  'a debt is open) is marked `t`: with instants left out, it always commutes.',
  '',
  'Left out: a second discrepancy, so that ReportDiscrepancy and SettleDiscrepancy never meet; the acts that a settlement',
  'takes, which are compared as what they are; and waivers but of `client-here`, `identity-valid`, `materials-settled` and',
  '`tests-passed`.',
];

const symbols: Readonly<Record<CommutationVerdict, string>> = { always: '✓', sometimes: '~', never: '✗', nowhere: '' };

const isInstantsOnly = ({ verdict, withoutInstants }: RecordedPair) =>
  verdict !== 'always' && withoutInstants === 'always';

const symbolOf = (pair: RecordedPair) => `${symbols[pair.verdict]}${isInstantsOnly(pair) ? 't' : ''}`;

function summary(pairs: readonly RecordedPair[]): string[] {
  const meanings: Readonly<Record<CommutationVerdict, string>> = {
    always: 'commute in every state that accepts both',
    sometimes: 'commute in some of them, or with some data',
    never: 'commute in none of them',
    nowhere: 'no state of the searches accepts both',
  };
  return [
    row(['', 'pairs', 'of them by instants alone', '']),
    row(['---', '--:', '--:', '---']),
    ...(Object.keys(meanings) as CommutationVerdict[]).map((verdict) => {
      const own = pairs.filter((pair) => pair.verdict === verdict);
      const instants = own.filter(isInstantsOnly).length;
      const name = `*${verdict === 'nowhere' ? 'together nowhere' : verdict}* ${symbols[verdict]}`.trim();
      return row([name, `${own.length}`, instants > 0 ? `${instants}` : '', meanings[verdict]]);
    }),
  ];
}

function matrix(pairs: readonly RecordedPair[]): string[] {
  const centers = [...new Set(pairs.map(({ center }) => center))];
  const providers = [...new Set(pairs.map(({ provider }) => provider))];
  const cell = (provider: CommandType, center: CommandType) => {
    const pair = pairs.find((one) => one.provider === provider && one.center === center);
    return pair === undefined ? '' : symbolOf(pair);
  };
  return [
    'Rows: acts that the provider or the client records. Columns: acts that the contact center records, some of them for',
    'the provider:',
    '',
    ...centers.map((center, index) => `${index + 1}. ${center}`),
    '',
    row(['', ...centers.map((_, index) => `${index + 1}`)]),
    row(['---', ...centers.map(() => ':-:')]),
    ...providers.map((provider) => row([provider, ...centers.map((center) => cell(provider, center))])),
  ];
}

function figures({ date, machine, searches }: Recorded): string[] {
  return [
    `Made on ${date}; ${machine}.`,
    '',
    row(['search', 'states', 'complete', 'seconds of one processor', 'megabytes']),
    row(['---', '--:', '---', '--:', '--:']),
    ...searches.map(({ name, states, complete, seconds, megabytes }) =>
      row([name, states.toLocaleString('en'), complete ? 'yes' : 'no', `${seconds}`, `${megabytes}`]),
    ),
    '',
    '*full* is every state without additional facts, with every act. The others look at a group of facts, in the reduced',
    'search, in states that the plain visit, instructions, a closing and the acts about those facts lead to; *absences*',
    'brings together the debts and a report while the client or the provider is away, *waivers* and *unsettled* have two rules',
    'waived each, before the work and during it, *contract* and *contractDebts* a policy that allows an activity off the',
    'contract. In each of them every pair is checked. `scripts/commutation.ts` lists the acts. In reduced searches a history is a',
    'shortest one among those in the order of the reduction.',
  ];
}

function conflicts(pairs: readonly RecordedPair[]): string[] {
  const examples = pairs.flatMap((pair) => examplesOf(pair).map((example) => ({ pair, example })));
  const histories = [...new Set(examples.map(({ example }) => historyText(example)))].sort(
    (one, other) => one.split(' · ').length - other.split(' · ').length,
  );
  return [
    'The number is that of the history, in the list below; it is the shortest that the searches found. Where a shorter one',
    'shows a difference in instants alone, both are listed.',
    '',
    row(['provider, client', 'contact center', '', 'after', 'then']),
    row(['---', '---', '---', '--:', '---']),
    ...examples.map(({ pair, example }) =>
      row([
        example.provider,
        example.center,
        symbolOf(pair),
        `${histories.indexOf(historyText(example)) + 1}`,
        reasonOf(example.conflict),
      ]),
    ),
    '',
    '## Histories',
    '',
    ...histories.map((history, index) => `${index + 1}. ${history}`),
  ];
}

const historyText = ({ history }: RecordedExample) => history.join(' · ');

/** The example of a pair, and the first that is about more than instants if that is another. */
function examplesOf({ example, exampleWithoutInstants }: RecordedPair): readonly RecordedExample[] {
  const texts = [example, exampleWithoutInstants].map((one) => JSON.stringify(one));
  return [example, exampleWithoutInstants].flatMap((one, index) =>
    one === null || texts.indexOf(JSON.stringify(one)) < index ? [] : [one],
  );
}

/** The reason of a conflict, in words. */
export function reasonOf(conflict: CommutationConflict): string {
  if ('refused' in conflict) {
    const whose = conflict.refused === 'center' ? "the center's" : "the provider's";
    return `${whose} act is refused: ${conflict.rules.join(', ')}`;
  }
  const fields = conflict.differs.map((field) => `\`${field}\``).join(', ');
  return conflict.instantsOnly ? `instants differ: ${fields}` : `states differ: ${fields}`;
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
