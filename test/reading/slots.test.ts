import { describe, expect, expectTypeOf, it } from 'vitest';
import { explain, phrase } from '../../src/index.ts';
import type { Violation } from '../../src/visit/index.ts';
import { fillSlots, type Slotted } from '../../src/words/slots.ts';
import { stateAt } from './script-support.ts';

const facts: Readonly<Record<string, string>> = { client: 'Ana', place: '{$client}', odd: '$& $1 $$', none: '' };
const factOf = (name: string) => facts[name] ?? '';

describe('a text with slots', () => {
  it.each([
    ['No slot.', 'No slot.'],
    ['Hello{, $client}.', 'Hello, Ana.'],
    ['Hello{, $none}.', 'Hello.'],
    ['{$client|the client} came', 'Ana came'],
    ['{to $none|to the client}', 'to the client'],
    ['{“$client”,} {($none)}{ ($client)}', '“Ana”,  (Ana)'],
    ['{$none first.}{$none|Otherwise.}', 'Otherwise.'],
  ])('%j is said as %j', (text, said) => {
    // Twice, since the second reads no text again.
    for (const _ of [1, 2]) expect(fillSlots(text, factOf)).toBe(said);
  });

  it('says what a fact holds as it is', () => {
    expect(fillSlots('at {$place}, {$odd}', factOf)).toBe('at {$client}, $& $1 $$');
    const visit = { ...stateAt('working'), place: '{$client|no one}', client: { name: '{, $place} $& A' } };
    expect(phrase('op-assign', visit, { role: 'provider', locale: 'en' })).toMatch(/, at \{\$client\|no one\}\.$/);
    expect(phrase('client-back', visit, { role: 'provider', locale: 'en' })).toMatch(/, \{, \$place\} \$& A\.$/);
    const violation = { rule: 'assigned-once', clause: '1.1-13', facts: { visitId: '{$role|$&}' } };
    expect(explain(violation as unknown as Violation, 'en')).toContain('({$role|$&})');
  });

  it('is checked by the compiler: a slot has the name of a fact', () => {
    expectTypeOf<Slotted<'Hello{, $client}.', 'client' | 'place'>>().toEqualTypeOf<string>();
    expectTypeOf<Slotted<'{$place|here}{ ($client)}', 'client' | 'place'>>().toEqualTypeOf<string>();
    expectTypeOf<Slotted<'Hello{, $clientele}.', 'client' | 'place'>>().toEqualTypeOf<never>();
    expectTypeOf<Slotted<'Hello{, $client}{ $other}.', 'client'>>().toEqualTypeOf<never>();
    expectTypeOf<Slotted<string, 'client'>>().toEqualTypeOf<never>();
  });
});
