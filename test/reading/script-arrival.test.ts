import { describe, expect, it } from 'vitest';
import { initialState } from '../../src/visit/index.ts';
import { asked, escalated, instructed, linesOf, reassigned, rejected, said, stateAt } from './script-support.ts';

const en = { locale: 'en' } as const;
const center = { role: 'contact-center' } as const;
const doors = 'doña Ana Rojas';

describe('1.1-01 1.1-02 the provider greets, and says their name and for whom they come', () => {
  const { say } = linesOf('RecordArrival', stateAt('in-transit'));

  it('in that order, without a title before the provider’s name', () => {
    expect(say).toEqual([
      'Buenos días, doña Ana Rojas.',
      'Soy Luis Mora. Vengo de parte del Instituto Nacional de Seguros.',
    ]);
  });

  it('only for whom they come, where the provider’s name is not known', () => {
    const nameless = { ...stateAt('in-transit'), provider: { id: 'p', name: ' ' } };
    expect(said('RecordArrival', nameless)).toContain('\nVengo de parte del Instituto');
    expect(said('RecordArrival', nameless, en)).toContain('\nI am a provider of the Instituto');
  });

  it('why they are back, without another introduction by a provider who was there before (1.1-49)', () => {
    const back = said('RecordArrival', stateAt('away'));
    expect(back).toContain('terminar el trabajo');
    expect(back).not.toContain('Soy Luis');
    const other = stateAt('working', {}, instructed('visit', 'reassign'), reassigned);
    expect(said('RecordArrival', other)).toMatch(/Soy Eva Solano[\s\S]*terminar el trabajo/);
  });
});

describe('1.1-04 2.1-05 2.2-05 the provider asks how the client is, by name and title', () => {
  it.each([
    ['doña', '¿Cómo le va, doña Ana Rojas?', 'How are you, Ms. Ana Rojas?'],
    ['don', '¿Cómo le va, don Ana Rojas?', 'How are you, Mr. Ana Rojas?'],
    [undefined, '¿Cómo le va, Ana Rojas?', 'How are you, Ana Rojas?'],
  ] as const)('of title %s', (title, spanish, english) => {
    const client = { name: 'Ana Rojas', ...(title === undefined ? {} : { title }) };
    const visit = stateAt('on-site', { assignment: { client } });
    expect(linesOf('ShowCredential', visit).say).toContain(spanish);
    expect(linesOf('ShowCredential', visit, en).say).toContain(english);
  });

  it.each(['', ' \t', '\u202e\u200b', '—', '7'])('without a name, where there is none: %j', (name) => {
    const visit = { ...stateAt('on-site'), client: { name, title: 'doña' as const } };
    expect(linesOf('ShowCredential', visit).say).toContain('¿Cómo le va?');
    expect(linesOf('RecordArrival', { ...visit, client: null }).say[0]).toBe('Buenos días.');
  });

  it('and by name in every act at the door that speaks to the client', () => {
    const visit = stateAt('working');
    for (const act of ['InspectArea', 'ExplainWork', 'StartWork', 'TestQuality', 'ShowBelongings'] as const) {
      expect(said(act, visit)).toContain(doors);
      expect(said(act, visit, en)).toContain('Ms. Ana Rojas');
    }
  });

  it('but not while somebody else may attend', () => {
    const representative = stateAt('absent', {}, instructed('client-absence', 'proceed-with-representative'));
    for (const visit of [representative, stateAt('on-site', {}, rejected)]) {
      expect(said('LocateFault', visit)).not.toContain('Ana');
    }
    expect(said('RecordClientReturn', representative)).toContain(doors);
  });
});

describe('1.1-05 1.1-06 small talk is answered, and nothing of it is asked for', () => {
  it('after the provider showed the credential (1.1-03)', () => {
    const { say, ask } = linesOf('ShowCredential', stateAt('on-site'));
    expect(say[0]).toContain('carné');
    expect(say.at(-1)).toMatch(/muchas gracias/);
    expect(ask).toEqual([]);
  });
});

describe('1.1-07 1.1-08 1.1-11 full name and a document are asked for, with the reason', () => {
  it('never the number of the document', () => {
    const { say, ask } = linesOf('ValidateIdentity', stateAt('on-site'));
    expect(say.join(' ')).toMatch(/nombre completo y un documento.*Es para confirmar/);
    expect(ask).toEqual(['Nombre completo', 'Documento de identidad, sin el número']);
  });

  it('of a representative too, once the center allowed one (1.1-10)', () => {
    const visit = stateAt('absent', {}, instructed('client-absence', 'proceed-with-representative'));
    expect(said('ValidateIdentity', visit)).toContain('autorizó');
    expect(asked('ValidateIdentity', visit)).toContain('Quién atiende');
  });

  it('where that fails, the provider calls the center with the case number', () => {
    const { say, ask } = linesOf('RejectIdentity', stateAt('on-site'));
    expect(say.join(' ')).toMatch(/momentito.*\(Al Centro de Contacto\) Buenos días, le saluda Luis Mora.*EXP-1/);
    expect(ask).toHaveLength(2);
  });
});

describe('1.1-09 1.1-10 of an absent client', () => {
  it('the provider asks the center for instructions, and names the client', () => {
    expect(said('ReportClientAbsence', stateAt('on-site'))).toMatch(/EXP-1[\s\S]*doña Ana Rojas no está\. ¿Qué me/);
    const unknown = { ...stateAt('on-site'), client: null };
    expect(said('ReportClientAbsence', unknown)).toContain('el cliente no está');
  });

  it('the operator says what follows, and offers the decisions that may be taken', () => {
    const visit = stateAt('absent');
    expect(said('GiveInstruction', visit, center)).toMatch(
      /localizar a doña Ana Rojas[\s\S]*Espere un rato[\s\S]*otra persona adulta[\s\S]*otro día[\s\S]*cancelado[\s\S]*otro proveedor/,
    );
    expect(asked('GiveInstruction', visit, center)).toContain('representante');
  });

  it('the instruction turns to what else is open, and to nothing that is not', () => {
    const plain = said('GiveInstruction', stateAt('on-site'), center);
    expect(plain).not.toMatch(/localizar|datos|cargo|Espere|adulta/);
    expect(said('GiveInstruction', stateAt('on-site', {}, rejected), center)).toMatch(/datos[\s\S]*adulta/);
    expect(said('GiveInstruction', stateAt('in-dispute'), center)).toContain('Ya nos hicimos cargo');
    expect(said('GiveInstruction', stateAt('working', {}, escalated), center)).toContain('Ya nos hicimos cargo');
  });
});

describe('1.1-12 1.1-13 2.2-03 the service is announced as assigned, and no other', () => {
  it('in both languages', () => {
    expect(said('AnnounceService', stateAt('identified'))).toContain('el servicio de fontanería que coordinó');
    expect(said('AnnounceService', stateAt('identified'), en)).toContain('the fontanería service arranged');
  });

  it('without the name of the service, where it is not known', () => {
    expect(said('AnnounceService', initialState())).toContain('el servicio que coordinó');
    expect(said('AnnounceService', initialState(), en)).toContain('the service arranged');
  });
});

describe('1.1-14 2.2-04 the provider asks where the fault is, and listens', () => {
  it('with a question, and asks for the place', () => {
    const { say, ask } = linesOf('LocateFault', stateAt('identified'));
    expect(say).toEqual([
      expect.stringMatching(/^¿.*dónde.*por favor\?$/),
      expect.stringMatching(/Le escucho, doña Ana Rojas\.$/),
    ]);
    expect(ask).toEqual(['Dónde está la falla']);
  });
});

describe('1.1-16 1.1-23 the area is inspected together and photographed, with consent', () => {
  it('the provider asks for consent', () => {
    expect(said('InspectArea', stateAt('identified'))).toMatch(
      /¿Me acompaña.*Con permiso, también voy a tomar unas fotos\./,
    );
    expect(asked('InspectArea', stateAt('identified'))).toContain('de acuerdo');
  });

  it('the required photographs are named (1.1-18)', () => {
    const visit = stateAt('inspected', { assignment: { requiredShots: ['antes', 'fuga'] } });
    expect(asked('TakePhotos', visit)).toBe('Fotografías: antes y fuga');
    expect(asked('TakePhotos', visit, en)).toBe('Photos: antes and fuga');
    expect(asked('TakePhotos', stateAt('inspected'))).toBe('Fotografías');
  });
});
