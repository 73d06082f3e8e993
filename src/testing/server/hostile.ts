/** Hostile requests, which no replica sends, are refused with a problem, record nothing, and disturb nothing else. */
import type { VisitCommand } from '../../messages/index.ts';
import { runtime } from '../../util/runtime.ts';
import { ensure, same } from '../assert.ts';
import { type Body, type Cases, json, listOutcomes, type Stage, visitPath } from './stage.ts';

type Changed = Readonly<{ data?: object; metadata?: object }>;

const change = (command: VisitCommand, { data, metadata, ...rest }: Changed & Readonly<Record<string, unknown>>) => ({
  ...command,
  data: { ...command.data, ...data },
  metadata: { ...command.metadata, ...metadata },
  ...rest,
});

const nest = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const withKey = (json: string): unknown => JSON.parse(json);

/** Commands that cannot be read, each made of one that can. */
const unreadable: Readonly<Record<string, (command: VisitCommand) => unknown>> = {
  null: () => null,
  'a number': () => 7,
  'a text': () => 'RecordArrival',
  'a list': () => [],
  'no fields': () => ({}),
  'no type': ({ data, metadata }) => ({ data, metadata }),
  'an unknown type': (command) => ({ ...command, type: 'SendDrone' }),
  'a type of the prototype': (command) => ({ ...command, type: 'constructor' }),
  'a type that is a list': (command) => ({ ...command, type: ['EscalateClientImpact'] }),
  'no data': ({ type, metadata }) => ({ type, metadata }),
  'an unknown field': (command) => change(command, { data: { colour: 'blue' } }),
  'a future schemaVersion': (command) => change(command, { metadata: { schemaVersion: 99 } }),
  'an event id of its own': (command) => change(command, { metadata: { eventId: 'e-1' } }),
  'no command id': ({ type, data, metadata: { actor } }) => ({ type, data, metadata: { actor } }),
  'a command id with a space': (command) => change(command, { metadata: { commandId: 'a b' } }),
  'an empty text': (command) => change(command, { data: { what: '' } }),
  'a text that is too long': (command) => change(command, { data: { what: 'x'.repeat(9_000) } }),
  'a NUL in a text': (command) => change(command, { data: { what: 'a\u0000b' } }),
  'a lone surrogate in a text': (command) => change(command, { data: { what: '\ud83d' } }),
  'a change of direction in a text': (command) => change(command, { data: { what: '\u202e' } }),
  'a text that is an object': (command) => change(command, { data: { what: { toString: 'x' } } }),
  'an instant that is a word': (command) => change(command, { data: { at: 'ayer' } }),
  'a day that does not exist': (command) => change(command, { data: { at: '2026-02-30T10:00:00.000Z' } }),
  'a key __proto__': (command) => change(command, { data: withKey('{"__proto__":{"what":"x"}}') as object }),
  'a key __proto__ at the top': (command) => ({
    ...(withKey('{"__proto__":{"type":"x"}}') as object),
    ...command,
    a: 1,
  }),
  'a key constructor': (command) => change(command, { data: withKey('{"constructor":{"prototype":{}}}') as object }),
  'containers within each other': (command) => change(command, { data: { what: nest(2_000) } }),
  'a list of thousands': (command) => change(command, { data: { what: Array(10_000).fill(0) } }),
};

/** A body of so many bytes, made as it is read; `read` answers how many were. */
function createEndlessBody(total: number, byte: string) {
  const chunk = new TextEncoder().encode(byte.repeat(64 * 1024));
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent >= total) return controller.close();
      sent += chunk.length;
      controller.enqueue(chunk);
    },
  });
  return { body, read: () => sent };
}

const MIB = 1024 * 1024;
/** The size of a body that a server must not read whole, and the most that it may have read: buffers on the way included. */
const HUGE = { total: 200 * MIB, most: 32 * MIB };

/** Bytes compressed with gzip, which are far fewer. */
async function gzip(total: number): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = createEndlessBody(total, ' ');
  const compressed = body.pipeThrough<Uint8Array<ArrayBuffer>>(new CompressionStream('gzip') as never);
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

/** A body that would be recorded if it were taken. */
const makeLawfulBody = ({ basedOn, act, host }: Stage) =>
  JSON.stringify({ basedOn, commands: [act('RecordArrival')], device: host.provider.device });

export const hostile: Cases = {
  'a command that cannot be read is named by its index; the others are recorded without it': async (stage) => {
    const { act, basedOn, provider, refuses, log } = stage;
    for (const [what, make] of Object.entries(unreadable)) {
      const [before, after] = [act('EscalateClientImpact', { what: '1' }), act('EscalateClientImpact', { what: '2' })];
      const bad = make(act('EscalateClientImpact', { what: 'x' }));
      const expected = { kind: 'malformed', index: 1 } as const;
      await refuses(what, () => provider.sync(basedOn, [before, bad, after]), expected);
    }
    const others = [act('RecordArrival'), act('ShowCredential')];
    same(['accepted', 'accepted'], listOutcomes(await provider.sync(basedOn, others)), 'the outcomes of the others');
    same(basedOn + 2, (await log()).length, 'the number of events');
  },

  'a command of another visit, of another person or of the contact center is named by its index': async (stage) => {
    const { act, basedOn, provider, refuses, assign, host } = stage;
    const visitId = await assign();
    const { actor } = host.other;
    const bad: Readonly<Record<string, VisitCommand>> = {
      'another visit': act('EscalateClientImpact', { what: 'x', visitId }),
      'another provider': { ...act('RecordArrival'), metadata: { actor, commandId: runtime.randomId() } },
      'another role': {
        ...act('RecordArrival'),
        metadata: { actor: { role: 'contact-center', id: host.provider.actor.id }, commandId: runtime.randomId() },
      },
      'an act of the contact center': act('GiveInstruction', { about: 'visit', decision: 'proceed', text: 'x' }),
    };
    for (const [what, command] of Object.entries(bad)) {
      await refuses(what, () => provider.sync(basedOn, [act('RecordArrival'), command]), { index: 1 });
    }
  },

  'a body that is no batch is refused with a problem': async (stage) => {
    const { refusesRequest, basedOn } = stage;
    const bodies: Readonly<Record<string, Body>> = {
      nothing: '',
      'half of it': makeLawfulBody(stage).slice(0, -10),
      'no JSON': '<batch/>',
      'no UTF-8': new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
      null: 'null',
      'a list': '[]',
      'a number': '1e999',
      'no basedOn': '{"commands":[]}',
      'a basedOn that is a text': '{"basedOn":"1","commands":[]}',
      'a basedOn below 0': '{"basedOn":-1,"commands":[]}',
      'a basedOn with a fraction': '{"basedOn":0.5,"commands":[]}',
      'a basedOn beyond numbers': '{"basedOn":1e999,"commands":[]}',
      'no commands': `{"basedOn":${basedOn}}`,
      'commands that are no list': `{"basedOn":${basedOn},"commands":{"length":1}}`,
      'a head that is no object': `{"basedOn":${basedOn},"commands":[],"head":"x"}`,
      'only a key __proto__': `{"__proto__":{"basedOn":${basedOn},"commands":[]}}`,
      'brackets within each other': '['.repeat(60_000),
    };
    for (const [what, body] of Object.entries(bodies)) {
      await refusesRequest(what, { method: 'POST', path: visitPath(stage.visitId, 'sync'), headers: json, body });
    }
  },

  'a body of another type is refused with a problem': async (stage) => {
    const { refusesRequest } = stage;
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type };
      await refusesRequest(type, {
        method: 'POST',
        path: visitPath(stage.visitId, 'sync'),
        headers,
        body: makeLawfulBody(stage),
      });
    }
  },

  'a body of 200 MB is refused before it is read': async (stage) => {
    const { provider, log } = stage;
    const before = await log();
    const { body, read } = createEndlessBody(HUGE.total, '[');
    const request = { method: 'POST', path: visitPath(stage.visitId, 'sync'), headers: json, body };
    // A server that hangs up refuses it, too: whether its answer arrives then, depends on the client.
    const answer = await provider.ask(request).catch((error: unknown) => {
      if (error instanceof TypeError) return undefined;
      throw error;
    });
    ensure(answer === undefined || answer.status >= 400, `expected a refusal, got the status ${answer?.status}`);
    ensure(read() <= HUGE.most, `expected at most ${HUGE.most} bytes to be read, got ${read()}`);
    same(before, await log(), 'the log afterwards');
  },

  'a compressed body that grows beyond the limits is refused with a problem': async (stage) => {
    const headers = { ...json, 'content-encoding': 'gzip' };
    const body = await gzip(64 * MIB);
    await stage.refusesRequest('64 MB in 64 kB', {
      method: 'POST',
      path: visitPath(stage.visitId, 'sync'),
      headers,
      body,
    });
  },

  'a path that no route has is refused as no-such-path': async (stage) => {
    const { refusesRequest, visitId, host } = stage;
    // A replica asks every server for the lead, and whether it has a photograph.
    const lead = host.devices ? [] : [visitPath(visitId, 'lead'), '/devices/key'];
    for (const path of ['/nothing-here', ...lead]) {
      const { status, json: problem } = await refusesRequest(path, { method: 'PUT', path, headers: json, body: '{}' });
      const hint = lead.includes(path) ? ', a route of leads and keys: a host that has it says devices: true' : '';
      same([404, 'no-such-path'], [status, (problem as { code: string }).code], `PUT ${path}${hint}`);
    }
  },

  'an id of a visit that cannot be one is refused with a problem': async (stage) => {
    const { refusesRequest, basedOn } = stage;
    const body = JSON.stringify({ basedOn, commands: [] });
    for (const id of ['%00', '%E0%A4%A', '__proto__', 'constructor', '%F0%9F%98%80', 'x'.repeat(300), '..%2F..']) {
      await refusesRequest(id, { method: 'POST', path: `/visits/${id}/sync`, headers: json, body });
      await refusesRequest(id, { method: 'GET', path: `/visits/${id}/events?after=0` });
    }
  },
};
