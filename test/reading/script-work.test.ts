import { describe, expect, it } from 'vitest';
import { asked, instructed, linesOf, noneNeeded, said, stateAt } from './script-support.ts';

const en = { locale: 'en' } as const;
const center = { role: 'contact-center' } as const;

describe('1.1-25 1.1-28 1.1-29 the work is explained with its materials', () => {
  it('those of the list, with quantities', () => {
    const list = said('ExplainWork', stateAt('explained'));
    expect(list).toContain('Vamos a ocupar Tubo PVC (2 m).');
    expect(list).not.toContain('No hacen falta');
  });

  it('none, where none are needed, before the start and after it', () => {
    for (const visit of [stateAt('explained', {}, noneNeeded), stateAt('awaiting-materials')]) {
      expect(said('ExplainWork', visit)).toMatch(/No hacen falta materiales\.$/);
      expect(said('ExplainWork', visit)).not.toContain('ocupar');
    }
  });

  it('either, while the list is not known', () => {
    expect(said('ExplainWork', stateAt('photographed'))).toMatch(/unos materiales[\s\S]*\(O bien\) No hacen falta/);
  });

  const requested = (...items: readonly object[]) => {
    const visit = stateAt('explained');
    return { ...visit, materials: { ...visit.materials, requested: items as never } };
  };

  it('told as the language tells them', () => {
    const items = [
      { item: 'Tubo PVC', quantity: 2.5, unit: 'm', kind: 'SDR 17', quality: 'primera' },
      { item: 'codo', quantity: 1 },
      { item: ' \u0007 ', quantity: 9 },
      { item: 'pegamento.', quantity: Number.NaN, unit: 'l' },
    ];
    const spanish = said('ExplainWork', requested(...items));
    expect(spanish).toMatch(/ocupar Tubo PVC \(2,5 m, SDR 17, primera\), codo \(1\) y pegamento\.\n/);
    expect(said('ExplainWork', requested(...items), en)).toMatch(
      /We will need Tubo PVC \(2\.5 m, .*, and pegamento\.\n/,
    );
  });

  it('of very many materials, how many more there are', () => {
    const many = Array.from({ length: 40 }, (_, index) => ({ item: `pieza ${index}`, quantity: 1 }));
    expect(said('ExplainWork', requested(...many))).toMatch(/pieza 10 \(1\) y 29 más\./);
    expect(said('ExplainWork', requested(...many), en)).toMatch(/pieza 10 \(1\),? and 29 more\./);
  });
});

describe('1.1-30 1.1-31 what the contract does not cover is declined courteously', () => {
  it('above all the purchase of materials', () => {
    const visit = stateAt('working');
    expect(said('DeclineOffContractRequest', visit)).toMatch(
      /Con gusto le ayudaría, doña Ana Rojas[\s\S]*\(Si pide que le compre materiales\) El contrato no cubre/,
    );
    expect(said('ExplainWork', stateAt('explained'))).toContain('El contrato no cubre que yo compre');
    expect(said('RequestExtraMaterials', visit)).toContain('El contrato no cubre que yo compre');
  });

  it('unless the contract covers that', () => {
    const policy = { allow: ['material-purchase'] };
    for (const act of ['ExplainWork', 'RequestExtraMaterials', 'DeclineOffContractRequest'] as const) {
      expect(said(act, stateAt('explained'), { policy })).not.toContain('comprar');
    }
    expect(said('PerformOffContractAct', stateAt('working'), { policy })).toContain('con todo gusto');
  });
});

describe('1.1-34 2.1-06 materials that are right are accepted with thanks', () => {
  it('by name', () => {
    expect(said('AcceptMaterials', stateAt('supplied'))).toBe(
      'Todo viene como lo ocupamos. Muchas gracias, doña Ana Rojas.',
    );
    expect(said('AcceptMaterials', stateAt('supplied'), en)).toMatch(/Thank you/);
  });
});

describe('1.1-35 1.1-36 1.1-37 1.1-38 1.1-39 materials that are not right', () => {
  it('are to be changed, and it is noted why', () => {
    expect(said('RejectMaterials', stateAt('supplied'))).toMatch(/no es lo que ocupamos.*\n¿Me lo puede cambiar/);
    expect(asked('RejectMaterials', stateAt('supplied'))).toMatch(/cantidad, tipo o calidad/);
  });

  it('unchanged ones: the provider calls the center, which calls the client', () => {
    expect(said('ReportMaterialsRefusal', stateAt('explained'))).toMatch(
      /Lo consulto con el Centro de Contacto[\s\S]*momentito[\s\S]*llamar a doña Ana Rojas/,
    );
    expect(said('ReportMaterialsRefusal', stateAt('explained'), center)).toContain('vamos a hablar con doña Ana');
    expect(said('CoordinateMaterials', stateAt('in-dispute'), center)).toMatch(
      /\(Al cliente\) Buenos días, doña Ana Rojas.*\nEs por los materiales: Tubo PVC \(2 m\)\. ¿Los puede conseguir/,
    );
  });
});

describe('1.1-40 1.1-41 1.1-42 tools and area are shown and cleared, and the assent is not recorded', () => {
  it('with a question, and only tools and what was moved are asked for', () => {
    const visit = stateAt('supplied');
    expect(said('ShowTools', visit)).toContain('herramientas');
    expect(said('ClearArea', visit)).toMatch(/\?$/);
    expect([asked('ShowTools', visit), asked('ClearArea', visit)]).toEqual(['Herramientas', expect.any(String)]);
  });
});

describe('1.1-26 1.1-27 the start call', () => {
  it('is announced to the client, names the case, and is receipted by the operator', () => {
    expect(said('ReportStart', stateAt('supplied'))).toMatch(/momentito[\s\S]*expediente EXP-1\.\nYa voy a empezar/);
    expect(said('DocumentStart', stateAt('ready-to-start'), center)).toBe('Ya anoté la hora de inicio, don Luis Mora.');
    expect(said('DocumentPhotos', stateAt('photographed'), center)).toContain('las fotos');
  });
});

describe('1.1-44 the provider promises order and tidiness', () => {
  it('when the work begins', () => {
    expect(said('StartWork', stateAt('ready-to-start'))).toMatch(/orden y aseo/);
  });
});

describe('1.1-46 1.1-47 1.1-50 1.1-51 1.1-53 tests, conformity, the place and the belongings', () => {
  const visit = stateAt('working');

  it('are shared with the client', () => {
    expect(said('TestQuality', visit)).toMatch(/^¿Me acompaña/);
    expect(said('RecordConformity', visit)).toMatch(/^¿Quedó bien/);
    expect(said('RecordObjection', visit)).toContain('qué no quedó bien');
    expect(said('HandOverSite', visit)).toContain('como estaba');
  });

  it('with the tools that were shown, and what to do where the client disputes them', () => {
    expect(said('ShowBelongings', visit)).toMatch(/lo mío: llave y sierra\. ¿[\s\S]*\(Si el cliente reclama algo\)/);
    expect(said('ShowBelongings', visit, en)).toContain('mine: llave and sierra. Do');
    expect(said('ShowBelongings', stateAt('closing'))).toContain('lo mío. ¿');
  });
});

describe('1.1-48 1.1-49 breaks and second visits', () => {
  it('are told apart where both are possible', () => {
    expect(said('PauseWork', stateAt('working'))).toMatch(/pausa[\s\S]*\(Si es una segunda visita\)[\s\S]*Ya me voy/);
    expect(said('PauseWork', stateAt('explained'))).not.toContain('pausa');
    const rescheduled = stateAt('working', {}, instructed('visit', 'reschedule'));
    expect(said('PauseWork', rescheduled)).not.toContain('pausa');
  });

  it('end with a notice only after a second visit', () => {
    expect(linesOf('ResumeWork', stateAt('on-break'))).toEqual({
      say: ['Con permiso, doña Ana Rojas, sigo con el trabajo.'],
      ask: [],
      fields: [],
    });
    expect(said('ResumeWork', stateAt('away'))).toMatch(/Al Centro de Contacto/);
  });
});
