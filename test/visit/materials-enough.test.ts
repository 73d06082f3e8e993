import { describe, it } from 'vitest';
import type { Material, SuppliedItem, VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsBefore, given } from '../../src/testing.ts';
import { accept, byProvider, needed, supplyExtra } from '../scenarios/commands.ts';
import { awaiting } from '../scenarios/moments.ts';

const of = (item: string, quantity: number, unit?: string) => ({
  item,
  quantity,
  ...(unit === undefined ? {} : { unit }),
});

function offered(materials: readonly Material[], items?: readonly SuppliedItem[]): VisitEvent[] {
  const supply = command('SupplyMaterials', { suppliedBy: 'client', ...(items === undefined ? {} : { items }) });
  return advance(eventsBefore('ExplainWork'), [command('ExplainWork', { method: 'cambiar', materials }), supply]);
}

type Case = readonly [title: string, asked: readonly Material[], there: readonly SuppliedItem[]];

const enough: readonly Case[] = [
  ['just that', [of('Tubo', 2, 'm')], [of('Tubo', 2, 'm')]],
  ['more of it', [of('Tubo', 2, 'm')], [of('Tubo', 2.001, 'm')]],
  ['other things besides', [of('Tubo', 2)], [of('cinta', 1), of('Tubo', 2)]],
  ['another case', [of('Tubo PVC', 2)], [of('TUBO pvc', 2)]],
  ['spaces around', [of('Tubo', 2)], [of('  Tubo\t', 2)]],
  ['another normal form', [of('Ca\u00f1o', 2)], [of('Can\u0303o', 2)]],
  ['a capital in another normal form', [of('\u00c1ngulo', 2)], [of('a\u0301ngulo', 2)]],
  ['several lines of one item there', [of('Tubo', 3)], [of('Tubo', 1), of('tubo', 2)]],
  ['several lines of one item asked for', [of('Tubo', 1), of('TUBO ', 2)], [of('Tubo', 3)]],
  ['0.1 and 0.2 for 0.3', [of('Cable', 0.3, 'm')], [of('Cable', 0.1, 'm'), of('Cable', 0.2, 'm')]],
  ['0.3 for 0.1 and 0.2', [of('Cable', 0.1, 'm'), of('Cable', 0.2, 'm')], [of('Cable', 0.3, 'm')]],
  ['1.005 for 1.005 in many lines', [of('Cable', 1.005)], [of('Cable', 1), of('Cable', 0.004), of('Cable', 0.001)]],
  ['one item in two units, both there', [of('Tubo', 2, 'm'), of('Tubo', 1)], [of('Tubo', 1), of('Tubo', 2, 'm')]],
  [
    'kind and quality, which the supply does not say',
    [{ ...of('Tubo', 1), kind: 'PVC', quality: 'A' }],
    [of('Tubo', 1)],
  ],
  ['a name that objects have', [of('constructor', 1), of('__proto__', 1)], [of('constructor', 1), of('__proto__', 1)]],
];

const short: readonly Case[] = [
  ['a thousandth less', [of('Tubo', 2, 'm')], [of('Tubo', 1.999, 'm')]],
  ['0.1 and 0.199 for 0.3', [of('Cable', 0.3)], [of('Cable', 0.1), of('Cable', 0.199)]],
  ['nothing at all: an empty list is a list', [of('Tubo', 2)], []],
  ['another item', [of('Tubo', 2)], [of('Tubos', 2)]],
  ['another unit', [of('Tubo', 2, 'm')], [of('Tubo', 2, 'cm')]],
  ['no unit where one was asked for', [of('Tubo', 2, 'm')], [of('Tubo', 2)]],
  ['a unit where none was asked for', [of('Tubo', 2)], [of('Tubo', 2, 'm')]],
  ['an item and unit that only look alike when joined', [of('a b', 1, 'c')], [of('a', 1, 'b c')]],
  ['one line of two asked for', [of('Tubo', 1), of('tubo', 1)], [of('Tubo', 1)]],
  ['one of two items', [of('Tubo', 1), of('codo', 1)], [of('Tubo', 9)]],
  ['a name that every object has', [of('constructor', 1)], []],
  ['another name that every object has', [of('__proto__', 1)], [of('toString', 1)]],
];

describe('1.1-35 enough is supplied when nothing on the list is short of the request', () => {
  it.each(enough)('accepts %s', (_, asked, there) => {
    given(offered(asked, there)).when(accept).accepts('MaterialsAccepted', byProvider);
  });
  it.each(short)('refuses %s', (_, asked, there) => {
    given(offered(asked, there)).when(accept).rejects(['enough-supplied', '1.1-35']);
  });
  it('accepts a supply without a list: nothing listed is short', () => {
    given(offered(needed)).when(accept).accepts('MaterialsAccepted', byProvider);
  });
});

describe('1.1-35 1.1-36 the latest supply counts alone', () => {
  const supply = (...items: SuppliedItem[]) => command('SupplyMaterials', { suppliedBy: 'client', items });
  const asked = () =>
    advance(eventsBefore('ExplainWork'), command('ExplainWork', { method: 'cambiar', materials: [of('Tubo', 2)] }));

  it('refuses when the second half came alone', () => {
    given(advance(asked(), [supply(of('Tubo', 1)), supply(of('Tubo', 1))]))
      .when(accept)
      .rejects(['enough-supplied', '1.1-35']);
  });
  it('refuses when less is there than before', () => {
    given(advance(asked(), [supply(of('Tubo', 2)), supply(of('Tubo', 1))]))
      .when(accept)
      .rejects(['enough-supplied', '1.1-35']);
  });
  it('accepts when all is there now', () => {
    given(advance(asked(), [supply(of('Tubo', 1)), supply(of('Tubo', 2))]))
      .when(accept)
      .accepts('MaterialsAccepted', byProvider);
  });
});

describe('1.1-29 an extra request is a request of its own', () => {
  it('needs the extra list alone', () => {
    given(advance(awaiting(), supplyExtra)).when(accept).accepts('MaterialsAccepted', byProvider);
  });
  it('1.1-35 is not met by what was supplied for the first', () => {
    const supply = command('SupplyMaterials', { suppliedBy: 'client', items: needed });
    given(advance(awaiting(), supply)).when(accept).rejects(['enough-supplied', '1.1-35']);
  });
  it('1.1-33 still needs a supply', () => {
    given(awaiting()).when(accept).rejects(['materials-supplied', '1.1-33']);
  });
});
