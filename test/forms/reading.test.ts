import { formsEn, formsEsCR, readForm, valuesOf } from 'auxilio/forms';
import { describe, expect, it } from 'vitest';

const at = '2026-03-17T08:40';
const instant = '2026-03-17T14:40:00.000Z';
const read = (values: Record<string, unknown>, options = {}) =>
  readForm('ExplainWork', { method: 'Se cambia el sifón', at, ...values }, formsEsCR, options);
const tube = (quantity: unknown) => read({ 'materials.0.item': 'Tubo', 'materials.0.quantity': quantity });
const quantity = (value: unknown, words = formsEsCR) => {
  const values = { suppliedBy: 'client', 'items.0.item': 'Tubo', 'items.0.quantity': value, at };
  const answer = readForm('SupplyMaterials', values, words);
  return answer.ok ? answer.data.items?.[0]?.quantity : answer.problems;
};

it('a FormData is read as it comes', () => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ kind: 'second-visit', 'notice.at': at, returnExpected: '', at })) {
    data.append(name, value);
  }
  data.append('photo', new Blob(['x']), 'photo.jpg');
  expect(readForm('PauseWork', data, formsEsCR)).toEqual({
    ok: true,
    data: { kind: 'second-visit', notice: { at: instant }, at: instant },
  });
});

describe('texts', () => {
  it('are trimmed, and blank ones are absent', () => {
    expect(readForm('CloseVisit', { reason: '  Se fue  ', at }, formsEsCR)).toEqual({
      ok: true,
      data: { reason: 'Se fue', at: instant },
    });
    expect(readForm('CloseVisit', { reason: ' \u200b ', at }, formsEsCR)).toEqual({ ok: true, data: { at: instant } });
  });

  it('lose what no person sees: breaks of lines, marks of direction, half characters', () => {
    const reason = 'Se fue.\r\n\tVuelve \u2067mañana\u2069\ud800';
    expect(readForm('CloseVisit', { reason, at }, formsEsCR)).toMatchObject({
      data: { reason: 'Se fue. Vuelve mañana' },
    });
  });

  it('keep to their length, after NFC', () => {
    const decomposed = 'e\u0301'.repeat(2000);
    expect(readForm('CloseVisit', { reason: decomposed, at }, formsEsCR)).toMatchObject({ ok: true });
    expect(readForm('CloseVisit', { reason: 'x'.repeat(2001), at }, formsEsCR)).toEqual({
      ok: false,
      problems: [{ name: 'reason', code: 'too-long', message: 'Es muy largo; caben 2000 caracteres.' }],
      missing: [],
    });
    expect(readForm('CloseVisit', { reason: 'x'.repeat(1e6), at }, formsEsCR)).toMatchObject({
      problems: [{ code: 'too-long' }],
    });
  });

  it('have no piles of marks', () => {
    expect(readForm('CloseVisit', { reason: `a${'\u0301'.repeat(40)}`, at }, formsEn)).toMatchObject({
      problems: [{ name: 'reason', code: 'not-a-text' }],
    });
  });
});

describe('quantities', () => {
  it('have a decimal comma in Spanish, or the point of a number input', () => {
    expect(['2,5', '2.5', ' 3 ', '0,125', '1000', 1.125].map((value) => quantity(value))).toEqual([
      2.5, 2.5, 3, 0.125, 1000, 1.125,
    ]);
  });

  it('have a decimal point in English', () => {
    expect(quantity('2.5', formsEn)).toBe(2.5);
    expect(quantity('2,5', formsEn)).toMatchObject([{ code: 'not-a-number' }]);
  });

  it('are not guessed where a separator may be one of thousands', () => {
    expect(quantity('1.000')).toMatchObject([{ code: 'ambiguous-number' }]);
    expect(quantity('1,000', formsEn)).toMatchObject([{ code: 'ambiguous-number' }]);
    expect(quantity('1,125')).toBe(1.125);
    expect(quantity('0.125')).toBe(0.125);
  });

  it.each([
    ['0', 'too-small'],
    ['-1', 'not-a-number'],
    [-1, 'too-small'],
    ['dos', 'not-a-number'],
    ['1e3', 'not-a-number'],
    [Number.NaN, 'not-a-number'],
    [Number.POSITIVE_INFINITY, 'too-big'],
    ['9'.repeat(400), 'too-big'],
    ['1000001', 'too-big'],
    ['0,0001', 'too-precise'],
  ])('%s is a problem: %s', (value, code) => {
    expect(tube(value)).toMatchObject({ ok: false, problems: [{ name: 'materials.0.quantity', code }] });
  });
});

describe('times', () => {
  const start = (value: string, options = {}) => readForm('StartWork', { at: value }, formsEsCR, options);

  it('are local where they have no offset', () => {
    expect(start(at)).toMatchObject({ data: { at: instant } });
    expect(start('2026-03-17 08:40')).toMatchObject({ data: { at: instant } });
    expect(start('2026-03-17T08:40:05.25')).toMatchObject({ data: { at: '2026-03-17T14:40:05.250Z' } });
    expect(start(at, { timeZone: 'Asia/Kathmandu' })).toMatchObject({ data: { at: '2026-03-17T02:55:00.000Z' } });
  });

  it('may be instants', () => {
    expect(start('2026-03-17T08:40:00-06:00')).toMatchObject({ data: { at: instant } });
  });

  it.each(['', 'ayer', '08:40', '2026-02-30T08:40', '2026-03-17T24:00', '0000-01-01T00:00', '9999-12-31T23:00'])(
    '%j is a problem',
    (value) => {
      expect(start(value)).toMatchObject({ problems: [{ name: 'at' }] });
    },
  );

  it('are a problem where the clocks skip them, and one of two where they repeat', () => {
    const timeZone = 'America/New_York';
    expect(start('2026-03-08T02:30', { timeZone })).toMatchObject({ problems: [{ code: 'not-a-time' }] });
    expect(start('2026-03-08T03:30', { timeZone })).toMatchObject({ data: { at: '2026-03-08T07:30:00.000Z' } });
    expect(start('2026-03-08T01:30', { timeZone })).toMatchObject({ data: { at: '2026-03-08T06:30:00.000Z' } });
    expect(start('2026-11-01T01:30', { timeZone })).toMatchObject({ ok: true });
    for (const twice of ['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z']) {
      const values = valuesOf('StartWork', { at: twice }, formsEn, { timeZone });
      expect(readForm('StartWork', values, formsEn, { timeZone })).toEqual({ ok: true, data: { at: twice } });
    }
  });

  it('of what happened are not in the future, once the present is known', () => {
    const now = '2026-03-17T14:00:00Z';
    expect(start(at)).toMatchObject({ ok: true });
    expect(start('2026-03-17T08:00', { now })).toMatchObject({ ok: true });
    expect(start(at, { now })).toMatchObject({
      problems: [{ name: 'at', code: 'future', message: 'Esa hora todavía no ha llegado; revísela.' }],
    });
    const later = { issue: 'delay', expectedArrival: at, at: '2026-03-17T07:00' };
    expect(readForm('ReportTransitIssue', later, formsEsCR, { now })).toMatchObject({ ok: true });
  });
});

describe('lists', () => {
  it('are lines of one value, or many values', () => {
    const lines = readForm('ShowTools', { tools: 'Llave\n \n\n  Cinta \r\nTaladro', at }, formsEsCR);
    const many = readForm(
      'ShowTools',
      [
        ['tools', 'Llave'],
        ['tools', ''],
        ['tools', 'Cinta'],
        ['tools', 'Taladro'],
        ['at', at],
      ],
      formsEsCR,
    );
    expect(lines).toEqual({ ok: true, data: { tools: ['Llave', 'Cinta', 'Taladro'], at: instant } });
    expect(many).toEqual(lines);
    expect(readForm('ShowTools', { tools: ['Llave', 'Cinta', 'Taladro'], at }, formsEsCR)).toEqual(lines);
  });

  it('are empty only if that is said', () => {
    expect(readForm('ClearArea', { moved: ' ', at }, formsEsCR)).toMatchObject({
      problems: [{ name: 'moved', code: 'required' }],
    });
    expect(readForm('ClearArea', { 'moved.none': 'on', at }, formsEsCR)).toMatchObject({ data: { moved: [] } });
    expect(readForm('ClearArea', { 'moved.none': true, moved: 'Balde', at }, formsEsCR)).toMatchObject({
      data: { moved: ['Balde'] },
    });
    expect(readForm('AmendAssignment', { requiredShots: '', at }, formsEsCR)).toEqual({
      ok: true,
      data: { at: instant },
    });
    expect(readForm('NotifyClient', { 'about.none': 'on', reached: 'yes', at }, formsEsCR)).toMatchObject({
      problems: [{ name: 'about', code: 'required' }],
    });
  });

  it('have no more items than a message', () => {
    const tools = Array.from({ length: 101 }, (_, index) => `Llave ${index}`);
    const long = ['x'.repeat(201), 'y'.repeat(300)];
    const twice = readForm('ShowTools', { tools: long, at }, formsEsCR);
    expect(twice.ok ? [] : twice.problems).toHaveLength(1);
    expect(readForm('ShowTools', { tools, at }, formsEsCR)).toMatchObject({
      problems: [{ name: 'tools', code: 'too-many', message: 'Son demasiados; caben 100.' }],
    });
  });

  it('of rows leave out those in which nothing was entered, and name problems by the row', () => {
    const values = { 'materials.7.item': 'Unión', 'materials.7.quantity': '2', 'materials.3.item': ' ' };
    expect(read(values)).toMatchObject({ data: { materials: [{ item: 'Unión', quantity: 2 }] } });
    expect(
      read({ 'materials.1764308452123.item': 'Codo', 'materials.1764308452123.quantity': '1', ...values }),
    ).toMatchObject({ data: { materials: [{ item: 'Unión' }, { item: 'Codo' }] } });
    expect(read({ ...values, 'materials.3.unit': 'm' })).toMatchObject({
      problems: [
        { name: 'materials.3.item', code: 'required' },
        { name: 'materials.3.quantity', code: 'required' },
      ],
    });
  });

  it('of positions in a report ascend, each once', () => {
    expect(readForm('SettleDiscrepancy', { taken: ['10', '2', '2'], text: 'Se revisó', at }, formsEsCR)).toMatchObject({
      data: { taken: [2, 10] },
    });
    for (const taken of ['-1', '1.5', 'x1', '1x', '01']) {
      expect(readForm('SettleDiscrepancy', { taken, text: 'Se revisó', at }, formsEsCR)).toMatchObject({
        problems: [{ name: 'taken', code: 'not-a-choice' }],
      });
    }
  });
});

describe('choices and answers', () => {
  it('are among the values', () => {
    expect(readForm('PauseWork', { kind: 'siesta', at }, formsEsCR)).toMatchObject({
      problems: [{ name: 'kind', code: 'not-a-choice' }],
    });
    expect(readForm('PauseWork', { kind: 'constructor', at }, formsEsCR)).toMatchObject({ ok: false });
  });

  it('may have spaces around them', () => {
    const values = { kind: ' break ', at: ` ${at} ` };
    expect(readForm('PauseWork', values, formsEsCR)).toEqual({ ok: true, data: { kind: 'break', at: instant } });
    expect(readForm('DocumentPhotos', { photoIds: ' f-1 ', at }, formsEsCR)).toMatchObject({
      data: { photoIds: ['f-1'] },
    });
    expect(readForm('DocumentPhotos', { photoIds: 'f 1', at }, formsEsCR)).toMatchObject({
      problems: [{ name: 'photoIds', code: 'not-an-id' }],
    });
  });

  it('are any text where the schema takes one', () => {
    expect(readForm('SubmitPhotos', { photoIds: 'f-1', channel: 'fax', at }, formsEsCR)).toMatchObject({
      data: { photoIds: ['f-1'], channel: 'fax' },
    });
  });

  it('are yes or no, as radio buttons or boxes give them', () => {
    const notice = { about: 'delay', at };
    const answer = (reached: unknown) => readForm('NotifyClient', { ...notice, reached }, formsEsCR);
    for (const yes of ['yes', 'true', 'on', true, ['no', 'yes']])
      expect(answer(yes)).toMatchObject({ data: { reached: true } });
    for (const no of ['no', 'false', false]) expect(answer(no)).toMatchObject({ data: { reached: false } });
    expect(answer('quizás')).toMatchObject({ problems: [{ name: 'reached', code: 'not-a-choice' }] });
    expect(answer(undefined)).toMatchObject({ problems: [{ name: 'reached', code: 'required' }] });
  });
});

describe('groups', () => {
  it('that may be absent are so if nothing was entered in them', () => {
    const none = { 'client.name': '', 'client.title': ' ', at };
    expect(readForm('AmendAssignment', none, formsEsCR)).toEqual({ ok: true, data: { at: instant } });
    expect(readForm('AmendAssignment', { ...none, 'client.title': 'don' }, formsEsCR)).toMatchObject({
      problems: [{ name: 'client.name', code: 'required' }],
    });
  });

  it('that must be there ask for each field', () => {
    expect(readForm('ReassignProvider', { arriveBy: at, at }, formsEsCR)).toMatchObject({
      problems: [
        { name: 'provider.id', code: 'required' },
        { name: 'provider.name', code: 'required' },
      ],
    });
  });
});

describe('fields whose condition fails', () => {
  it('are not read: the notice of a second visit, once it is a break', () => {
    const values = { kind: 'break', 'notice.at': at, at };
    expect(readForm('PauseWork', values, formsEsCR)).toEqual({ ok: true, data: { kind: 'break', at: instant } });
    expect(readForm('PauseWork', { ...values, kind: 'second-visit' }, formsEsCR)).toMatchObject({
      data: { notice: { at: instant } },
    });
  });

  it('are read when it holds, of an answer too', () => {
    const values = { issue: 'breakdown', resolvable: 'yes', exceedsResponseTime: 'no', at };
    expect(readForm('ReportTransitIssue', values, formsEsCR)).toEqual({
      ok: true,
      data: { issue: 'breakdown', resolvable: true, exceedsResponseTime: false, at: instant },
    });
    expect(readForm('ReportTransitIssue', { ...values, resolvable: 'no' }, formsEsCR)).toEqual({
      ok: true,
      data: { issue: 'breakdown', resolvable: false, at: instant },
    });
  });

  it('do not hold for others either', () => {
    const values = { issue: 'delay', resolvable: 'yes', exceedsResponseTime: 'yes', at };
    expect(readForm('ReportTransitIssue', values, formsEsCR)).toEqual({
      ok: true,
      data: { issue: 'delay', at: instant },
    });
  });
});

describe('hostile values', () => {
  it('of the host, or of no field, are not read', () => {
    const values = {
      at,
      edition: 'a'.repeat(64),
      policyId: 'lax',
      visitId: 'v-2',
      __proto__: { kind: 'break' },
      constructor: 'x',
    };
    expect(readForm('StartWork', values, formsEsCR)).toEqual({ ok: true, data: { at: instant } });
    expect(
      readForm(
        'StartWork',
        [
          ['__proto__', 'x'],
          ['at', at],
        ],
        formsEsCR,
      ),
    ).toMatchObject({ ok: true });
  });

  it('are files, null or objects: nothing was entered', () => {
    for (const value of [new Blob(['x']), null, { at }, [[at]], 5n]) {
      expect(readForm('StartWork', { at: value }, formsEsCR)).toMatchObject({ problems: [{ code: 'required' }] });
    }
  });

  it('have names that are no texts: they are of no field', () => {
    const pairs = [
      [5, 'x'],
      [Symbol('at'), 'x'],
      [undefined, 'x'],
      ['at', at],
    ] as never;
    expect(readForm('StartWork', pairs, formsEsCR)).toEqual({ ok: true, data: { at: instant } });
  });

  it('without end are cut, which is a problem', () => {
    function* endless(): Generator<readonly [string, string]> {
      for (let index = 0; ; index += 1) yield [`materials.${index}.item`, 'Tubo'];
    }
    const answer = readForm('ExplainWork', endless(), formsEsCR);
    expect(answer).toMatchObject({ ok: false });
    expect(answer.ok ? [] : answer.problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['required', 'too-many', 'too-large']),
    );
  });

  it('are more than a command may have, though each field would do', () => {
    const moved = Array.from({ length: 100 }, () => 'ñ'.repeat(2000));
    expect(readForm('ClearArea', { moved, at }, formsEsCR)).toMatchObject({
      problems: [{ name: '', code: 'too-large' }],
    });
    const nearly = Array.from({ length: 27 }, () => 'n'.repeat(2000));
    expect(readForm('ClearArea', { moved: nearly, at }, formsEsCR)).toMatchObject({
      problems: [{ code: 'too-large' }],
    });
    expect(readForm('ClearArea', { moved: nearly.slice(2), at }, formsEsCR)).toMatchObject({ ok: true });
    const rows = Array.from({ length: 100 }, (_, row) => [
      [`mismatches.${row}.item`, 'Tubo'],
      [`mismatches.${row}.reasons`, Array.from({ length: 60 }, (__, index) => `m${index}`)],
    ]).flat() as [string, unknown][];
    expect(readForm('RejectMaterials', [...rows, ['at', at]], formsEsCR)).toMatchObject({
      problems: [{ name: '', code: 'too-large' }],
    });
  });
});

describe('photographs and positions', () => {
  const photo = { 'photos.0.photoId': 'f-1', 'photos.0.sha256': 'a'.repeat(64), 'photos.0.takenAt': instant };

  it('come from the device, and the shot from a person', () => {
    expect(readForm('TakePhotos', { ...photo, 'photos.0.shot': 'Tablero', at }, formsEsCR)).toMatchObject({
      data: { photos: [{ photoId: 'f-1', sha256: 'a'.repeat(64), takenAt: instant, shot: 'Tablero' }] },
    });
    expect(readForm('TakePhotos', { ...photo, 'photos.0.sha256': 'A'.repeat(64), at }, formsEsCR)).toMatchObject({
      problems: [{ name: 'photos.0.sha256', code: 'not-a-photograph' }],
    });
  });

  it('of the device are on the globe', () => {
    const place = { 'position.latitude': 9.93, 'position.longitude': '-84.08', at };
    expect(readForm('RecordArrival', place, formsEsCR)).toMatchObject({
      data: { position: { latitude: 9.93, longitude: -84.08 } },
    });
    const pole = { 'position.latitude': -90, 'position.longitude': 180, 'position.accuracyMeters': '-0', at };
    const answer = readForm('RecordArrival', pole, formsEsCR);
    expect(answer).toMatchObject({ data: { position: { latitude: -90, longitude: 180, accuracyMeters: 0 } } });
    expect(Object.is(answer.ok && answer.data.position?.accuracyMeters, 0)).toBe(true);
    for (const accuracy of [-1, 40_000_001]) {
      const values = { ...place, 'position.accuracyMeters': accuracy };
      expect(readForm('RecordArrival', values, formsEsCR)).toMatchObject({ problems: [{ code: 'not-a-position' }] });
    }
    expect(readForm('RecordArrival', { 'position.latitude': 9, at }, formsEsCR)).toMatchObject({ ok: false });
    for (const latitude of [91, 'norte', '']) {
      expect(readForm('RecordArrival', { ...place, 'position.latitude': latitude }, formsEsCR)).toMatchObject({
        problems: [{ name: 'position', code: 'not-a-position' }],
      });
    }
  });
});
