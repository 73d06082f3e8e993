import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const personal = ['Ana', 'Rojas', 'Luis', 'Mora', 'Barva', '8888', 'portón', 'llave'];
const answers: string[] = [];
const client = new Client({ name: 'test', version: '1.0.0' });
const args = ['--import', 'tsx', 'main.ts'];
await client.connect(new StdioClientTransport({ command: process.execPath, args, env: { OPERATOR: 'op-7' } }));

async function call(name: string, given: Record<string, unknown>) {
  const { content, isError } = await client.callTool({ name, arguments: given });
  const [{ text }] = content as [{ text: string }];
  answers.push(text);
  return { refused: isError === true, text, value: text.startsWith('{') ? JSON.parse(text) : undefined };
}
const at = '2026-03-17T14:00:00.000Z';
const base = { visitId: 'v-1', at };
const assignment = {
  ...base,
  ...{ caseNumber: 'EXP-4512', service: 'Fontanería', place: 'Barva, portón verde', arriveBy: at },
  ...{ client: { name: 'Ana Rojas', title: 'doña' }, provider: { id: 'prov-14', name: 'Luis Mora' } },
  instructions: 'Llame al 8888-1234; la llave está donde la vecina',
};

const { tools } = await client.listTools();
assert.deepEqual(tools.map(({ name }) => name).sort(), ['audit', 'decide', 'explain', 'guide', 'record']);

const nothing = await call('guide', { visitId: 'v-1' });
assert.equal(nothing.value.suggested, 'AssignVisit');
assert.ok((await call('decide', { type: 'AssignVisit', data: { ...assignment, at: 'Ana' } })).refused);
for (const time of ['once', 'repeated']) {
  const assigned = await call('record', { type: 'AssignVisit', data: assignment, commandId: 'c-1' });
  assert.deepEqual(assigned.value, { recorded: true, phase: 'in-transit', version: '1' }, time);
}

// An act of the provider alone, and one that comes too early: refused, with their clauses, and nothing is recorded.
const credential = await call('record', { type: 'ShowCredential', data: base, commandId: 'c-2' });
assert.ok(credential.refused);
assert.ok(credential.value.reasons.some(({ rule, clause }: Record<string, string>) => rule === 'role' && clause));
const photographs = { ...base, at: '2026-03-17T14:20:00.000Z', photos: [{ sha256: 'a'.repeat(64) }] };
const early = await call('record', { type: 'DocumentPhotos', data: photographs, commandId: 'c-3' });
assert.ok(early.refused);
const judged = await call('decide', { type: 'AssignVisit', data: assignment });
assert.equal(judged.value.lawful, false);
assert.match(judged.text, /ya está asignada/);
const { value: cited } = await call('explain', { clause: judged.value.reasons[0].clause });
assert.ok(cited.text['es-CR'].length > 20);

const arrived = await call('record', {
  type: 'RecordArrival',
  data: { ...base, at: '2026-03-17T14:05:00.000Z' },
  commandId: 'c-4',
});
assert.equal(arrived.value?.phase, 'on-site', arrived.text);
const { value: closed } = await call('guide', { visitId: 'v-1', role: 'provider' });
const start = closed.closed.find(({ command }: { command: string }) => command === 'StartWork');
assert.match(JSON.stringify(start.reasons), /1\.1-19/);
const { value: audited } = await call('audit', { visitId: 'v-1' });
assert.equal(audited.clean, true);
assert.equal(audited.events, 2);

for (const text of answers) for (const word of personal) assert.ok(!text.includes(word), `${word} in ${text}`);
await client.close();
console.log(`${answers.length} answers of the assistant, and no personal text in any`);
