import { describe, expect, it } from 'vitest';
import type { DossierReply, GuideReply, VisitReply } from '../../../examples/http/replies.ts';
import { ana, arrive, assign, eva, hostOn, luis, operator } from './host.ts';

async function withVisit() {
  const host = hostOn();
  await host.send(operator, assign());
  await host.send(luis, arrive());
  return host;
}

describe('GET a visit', () => {
  it('answers its state and version, with the tag', async () => {
    const { ask } = await withVisit();
    for (const claims of [operator, luis, ana]) {
      const { status, headers, body } = await ask<VisitReply>(claims, 'GET', '/visits/v-1');
      expect([status, headers.get('etag'), headers.get('cache-control')]).toEqual([200, '"2"', 'private, no-cache']);
      expect(body).toMatchObject({ visitId: 'v-1', version: 2, state: { phase: 'on-site', caseNumber: 'EXP-1' } });
    }
  });
  it.each(['"2"', 'W/"2"', '"1", "2"', '*'])('not again to who has it: If-None-Match %s', async (tags) => {
    const { ask } = await withVisit();
    const known = await ask(operator, 'GET', '/visits/v-1', { headers: { 'if-none-match': tags } });
    expect([known.status, known.text, known.headers.get('etag')]).toEqual([304, '', '"2"']);
  });
  it('again to who has another', async () => {
    const { ask } = await withVisit();
    expect((await ask(operator, 'GET', '/visits/v-1', { headers: { 'if-none-match': '"1", "3"' } })).status).toBe(200);
  });
  it('by HEAD answers the same without the body', async () => {
    const { ask } = await withVisit();
    const { status, headers, text } = await ask(operator, 'HEAD', '/visits/v-1');
    expect([status, headers.get('etag'), text]).toEqual([200, '"2"', '']);
    expect((await ask(operator, 'HEAD', '/visits/v-9')).status).toBe(404);
  });
  it('is 404 where there is none, 403 where it is another’s', async () => {
    const { ask } = await withVisit();
    expect((await ask(operator, 'GET', '/visits/v-9')).body).toMatchObject({ status: 404, code: 'not-assigned' });
    expect((await ask(eva, 'GET', '/visits/v-1')).body).toMatchObject({ status: 403, code: 'not-yours' });
    expect((await ask(null, 'GET', '/visits/v-1')).status).toBe(401);
  });
});

describe('GET the guide', () => {
  it('is for the role of the token', async () => {
    const { ask } = await withVisit();
    const { headers, body } = await ask<GuideReply>(luis, 'GET', '/visits/v-1/guide');
    expect(headers.get('content-language')).toBe('es-CR');
    expect(body).toMatchObject({
      visitId: 'v-1',
      version: 2,
      role: 'provider',
      guide: { suggested: 'ShowCredential' },
    });
    const start = body.guide.closed.find(({ command }) => command === 'StartWork');
    expect(start?.violations[0]).toMatchObject({ rule: 'identity-valid', message: expect.stringContaining('Falta') });
    expect((await ask<GuideReply>(operator, 'GET', '/visits/v-1/guide')).body.role).toBe('contact-center');
    expect((await ask<GuideReply>(ana, 'GET', '/visits/v-1/guide')).body.role).toBe('client');
  });
  it('is in English to who asks so', async () => {
    const { ask } = await withVisit();
    const headers = { 'accept-language': 'en' };
    const { body } = await ask<GuideReply>(luis, 'GET', '/visits/v-1/guide', { headers });
    expect(body.guide.open[0]?.say.join()).toMatch(/\bmy\b/);
  });
  it('may be asked for another role by the contact center alone', async () => {
    const { ask } = await withVisit();
    const other = await ask<GuideReply>(operator, 'GET', '/visits/v-1/guide?role=provider');
    const own = await ask<GuideReply>(luis, 'GET', '/visits/v-1/guide?role=provider');
    expect(other.body).toEqual(own.body);
    expect((await ask(luis, 'GET', '/visits/v-1/guide?role=contact-center')).body.code).toBe('not-yours');
    const { body } = await ask(operator, 'GET', '/visits/v-1/guide?role=admin');
    expect(body.issues).toMatchObject([{ in: 'query', at: 'role', code: 'invalid-value' }]);
  });
});

describe('GET the dossier', () => {
  it('is for the contact center and the provider', async () => {
    const { ask } = await withVisit();
    for (const claims of [operator, luis]) {
      const { body } = await ask<DossierReply>(claims, 'GET', '/visits/v-1/dossier');
      expect(body).toMatchObject({ version: 2, dossier: { caseNumber: 'EXP-1', outcome: null } });
    }
    for (const claims of [ana, eva]) {
      expect((await ask(claims, 'GET', '/visits/v-1/dossier')).body.code).toBe('not-yours');
    }
    expect((await ask(operator, 'GET', '/visits/v-9/dossier')).status).toBe(404);
  });
});

describe('every answer', () => {
  it('is kept from caches that others use, and is what it says', async () => {
    const { ask } = await withVisit();
    for (const path of ['/visits/v-1', '/visits/v-9', '/board', '/nowhere']) {
      const { headers } = await ask(operator, 'GET', path);
      expect(headers.get('vary')).toBe('accept, accept-language, authorization');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toMatch(/private|no-store/);
    }
  });
});
