import { describe, expect, it } from 'vitest';
import type { Actor, VisitEvent } from '../../src/messages/index.ts';
import { command, eventsBefore, fact, given } from '../../src/testing.ts';
import { commandTypes } from '../../src/visit/index.ts';
import { authors, commandOf, type Row, secondHalf } from '../scenarios/act-table.ts';
import { client, operator, otherProvider, provider } from '../scenarios/commands.ts';
import { lacking, onceArrived } from '../scenarios/moments.ts';

const lawful = ({ author }: Row) => authors[author].map(([actor]) => actor);
const unlawful = (row: Row) => [provider, operator, client].filter((actor) => !lawful(row).includes(actor));

describe('0-02 the acts from SupplyMaterials on', () => {
  it('have all a row of their own, in the order of the protocol', () => {
    const types = new Set(secondHalf.map(({ type }) => type));
    const rows = 'give an act that is missing its row in `secondHalf` of test/scenarios/act-table.ts';
    expect([...types], rows).toEqual(commandTypes.slice(commandTypes.indexOf('SupplyMaterials')));
  });
  it('keep the id of a client who records an act in person', () => {
    given(eventsBefore('RecordConformity'))
      .when(command('RecordConformity', {}, client))
      .accepts('ClientConformed', { by: client });
  });
});

describe.each(secondHalf)('$clause $type, recorded by whom it may be', ({ type, becomes, author, ...row }) => {
  it.each(authors[author])('$role: exactly this event', (actor, beside) => {
    given(row.past())
      .when(commandOf(type, row.data, actor), row.policy)
      .accepts(becomes, { ...beside, ...row.adds });
  });
});

describe.each(secondHalf)('0-02 $type, recorded by another role', (row) => {
  it.each(unlawful(row))('$role: refused by the role alone', (actor) => {
    given(row.past())
      .when(commandOf(row.type, row.data, actor), row.policy)
      .rejects(['role', '0-02']);
  });
});

describe('1.2-12 an act that a provider records comes from the one assigned', () => {
  const own = secondHalf.filter((row) => lawful(row).includes(provider));
  it.each(own)('$type', ({ type, past, data, policy }) => {
    // A report is of one who is assigned, or was: it has a rule of its own.
    const rule = type === 'ReportDiscrepancy' ? 'reporter-assigned' : 'assigned-provider';
    given(past())
      .when(commandOf(type, data, otherProvider), policy)
      .rejects([rule, '1.2-12']);
  });
});

describe('1.1-01 1.1-49 an act on site needs the arrival, and not to be away', () => {
  const left = fact('Paused', { kind: 'second-visit' });
  const entered = fact('ProviderArrived');
  const onSite = secondHalf.filter((row) => row.onSite);

  it.each(onSite)('$type is refused before the arrival', ({ type, past, data }) => {
    given(lacking(past(), 'ProviderArrived')).when(commandOf(type, data)).rejects(['arrived', '1.1-01']);
  });
  it.each(onSite)('$type is refused while away, though arrived again', ({ type, past, data }) => {
    given(onceArrived(past(), left, entered))
      .when(commandOf(type, data))
      .rejects(['not-away', '1.1-49']);
  });
  it.each(onSite)('$type is refused while away and not arrived, by both', ({ type, past, data }) => {
    given(onceArrived(past(), left)).when(commandOf(type, data)).rejects(['arrived', '1.1-01'], ['not-away', '1.1-49']);
  });
});

/** The past in which the act has just been done, and the same command once more. */
function doneOnce({ type, becomes, author, past, data, adds }: Row) {
  const [[actor, beside]] = authors[author];
  const again = commandOf(type, data, actor);
  const done: VisitEvent[] = [...past(), fact(becomes, { ...again.data, ...adds }, beside.by as Actor)];
  return { again, done, beside: { ...beside, ...adds } };
}

describe('0-02 the same act twice', () => {
  it.each(secondHalf.filter(({ twice }) => twice))('$clause $type is refused', (row) => {
    const { again, done } = doneOnce(row);
    given(done)
      .when(again, row.policy)
      .rejects(...(row.twice ?? []));
  });
  it.each(secondHalf.filter(({ twice }) => !twice))('$clause $type is accepted', (row) => {
    const { again, done, beside } = doneOnce(row);
    given(done).when(again, row.policy).accepts(row.becomes, beside);
  });
});
