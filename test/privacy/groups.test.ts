import { expect, it } from 'vitest';
import { createGroups, throwAwayKey } from '../../src/privacy/sealed-texts.ts';

const secrets = {
  client: throwAwayKey(),
  'provider/prov-1': throwAwayKey(),
  'operator/op-1': throwAwayKey(),
};
const subjects = Object.keys(secrets) as (keyof typeof secrets)[];

/** The groups of a visit, as one request makes them; `lives` are the later lives of subjects. */
const groupsOf = (lives: Partial<Record<string, number>> = {}, known: Readonly<Record<string, Uint8Array>> = secrets) =>
  createGroups((subject) => ({ life: lives[subject] ?? 1, secret: known[subject] ?? null }), throwAwayKey);

it('each group of subjects has keys of its own, the same in each request', () => {
  const named = [...subjects.map((one) => [one]), ['client', 'provider/prov-1'], ['client', 'operator/op-1'], subjects];
  const [first, second] = [groupsOf(), groupsOf()].map((groups) => named.map((names) => groups(names)!));
  expect(second).toEqual(first);
  for (const part of ['secret', 'tokenKey'] as const)
    expect(new Set(first?.map((group) => group[part].join()))).toHaveProperty('size', named.length);
});

it('a later life of any of them has other keys', () => {
  const pair = ['client', 'provider/prov-1'];
  const before = groupsOf()(pair)!;
  const later = groupsOf({ 'provider/prov-1': 2 }, { ...secrets, 'provider/prov-1': throwAwayKey() })(pair)!;
  expect(later.name).toBe('client provider/prov-1~2');
  expect(later.secret).not.toEqual(before.secret);
});

it('a group with an erased subject has keys that are thrown away', () => {
  const { client } = secrets;
  const [one, other] = [groupsOf({}, { client }), groupsOf({}, { client })].map(
    (groups) => groups(['client', 'provider/prov-1'])!,
  );
  expect([one?.isErased, other?.isErased]).toEqual([true, true]);
  expect(one?.secret).not.toEqual(other?.secret);
});
