import { Validator } from '@seriousme/openapi-schema-validator';
import { commandTypes, eventTypes } from 'auxilio';
import { describe, expect, it } from 'vitest';
import { statuses } from '../../examples/http/problem.ts';
import { document, errorsAt } from './http/contract.ts';
import { assign, hostOn, luis, operator } from './http/host.ts';
import { bundled } from './run-example.ts';

const { schemas } = document.components;
const accepted = (name: string, value: unknown) => errorsAt(['components', 'schemas', name], value).length === 0;

describe('the OpenAPI document', () => {
  it('is one, of version 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect([valid, errors]).toEqual([true, undefined]);
  });

  it('is what npm run openapi makes', async () => {
    const make = await bundled('scripts/openapi.ts');
    expect(await make('.', '--check')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('has every command and event, and refers to nothing that it has not', () => {
    for (const type of [...commandTypes, ...eventTypes]) expect(Object.keys(schemas)).toContain(type);
    const text = JSON.stringify(document);
    const referred = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '');
    expect(new Set(referred).size).toBeGreaterThan(140);
    for (const ref of new Set(referred)) {
      const [root, ...path] = ref.split('/').slice(2);
      const target = path.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], schemas);
      expect([ref, root, target !== undefined]).toEqual([ref, 'schemas', true]);
    }
    expect(text).not.toContain('#/$defs/');
  });

  it('names every problem under its status', () => {
    const answered = JSON.stringify(document.paths);
    const unsaid = ['no-such-path'];
    for (const code of Object.keys(statuses))
      expect([code, answered.includes(`\`${code}\``)]).toEqual([code, !unsaid.includes(code)]);
    expect(schemas.ProblemCode?.enum).toEqual(expect.arrayContaining(Object.keys(statuses)));
  });

  it('takes a command as it is sent, with an actor or without', () => {
    expect(accepted('VisitCommand', assign())).toBe(true);
    expect(accepted('VisitCommand', assign('v-1', 'c-1'))).toBe(true);
    expect(accepted('VisitCommand', { ...assign(), metadata: { actor: { role: 'provider', id: 'p-1' } } })).toBe(true);
  });

  it.each<[string, object]>([
    ['an unknown type', { type: 'Nope', data: {} }],
    ['an unknown field', { ...assign(), extra: 1 }],
    ['no place', { ...assign(), data: { ...assign().data, place: undefined } }],
    ['an id that is none', { ...assign(), metadata: { commandId: 'a b' } }],
  ])('does not take %s', (_, command) => {
    expect(accepted('VisitCommand', JSON.parse(JSON.stringify(command)))).toBe(false);
  });
});

describe('what holds the answers against it', () => {
  it('would see a field too many, one too few, and one of another kind', async () => {
    const { ask, send } = hostOn();
    await send(operator, assign());
    const { body } = await ask<{ state: object }>(luis, 'GET', '/visits/v-1');
    expect(accepted('VisitReply', body)).toBe(true);
    expect(accepted('VisitReply', { ...body, more: 1 })).toBe(false);
    expect(accepted('VisitReply', { ...body, state: { ...body.state, more: 1 } })).toBe(false);
    expect(accepted('VisitReply', { ...body, state: { ...body.state, phase: 'nowhere' } })).toBe(false);
    expect(accepted('VisitReply', { ...body, state: { ...body.state, debts: [{}] } })).toBe(false);
    const { state: _, ...less } = body;
    expect(accepted('VisitReply', less)).toBe(false);
  });
});
