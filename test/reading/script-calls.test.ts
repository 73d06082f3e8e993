import { describe, expect, it } from 'vitest';
import { initialState } from '../../src/visit/index.ts';
import {
  asked,
  broken,
  courtesies,
  delayed,
  instructed,
  linesOf,
  reassigned,
  said,
  stateAt,
  told,
} from './script-support.ts';

const center = { role: 'contact-center' } as const;
const doors = 'doña Ana Rojas';

describe('1.2-04 1.2-05 1.2-06 1.2-07 the provider reports from the way', () => {
  const { say, ask } = linesOf('ReportTransitIssue', stateAt('in-transit'));

  it('the provider’s name and case, and each issue in its words', () => {
    expect(say[0]).toBe('(Al Centro de Contacto) Buenos días, le saluda Luis Mora, por el expediente EXP-1.');
    expect(say.join('\n')).toMatch(
      /\(Si se arregla ahí mismo\).*y sigo\.\n.*tiempo de respuesta.*\n.*no puedo arreglar\. Disculpen\.\n.*atraso/,
    );
    expect(ask).toHaveLength(4);
  });

  it('with the latest arrival time', () => {
    expect(say.at(-1)).toMatch(/límite \(9:00\sa\.\sm\.\)\.$/);
    expect(said('ReportTransitIssue', stateAt('in-transit'), { now: '2026-03-20T16:00:00.000Z' })).toMatch(/martes/);
    expect(said('ReportTransitIssue', initialState())).toMatch(/límite\.$/);
  });
});

describe('1.2-08 1.2-09 1.2-11 1.2-14 the operator answers, by what was reported', () => {
  const answer = (...acts: Parameters<typeof stateAt>[2][]) =>
    said('AcknowledgeTransitIssue', stateAt('in-transit', {}, ...acts), center);

  it('with thanks, and asks for any further news', () => {
    expect(answer(broken(true, false))).toBe('Gracias por avisar, don Luis Mora.\nSi surge algo más, nos llama.');
  });

  it('that the client will be told, where a notice is owed', () => {
    for (const act of [delayed, broken(true, true)]) expect(answer(act)).toMatch(/Nosotros le avisamos a doña Ana/);
    expect(answer(delayed, told('delay'))).not.toContain('Ana');
  });

  it('that another provider will come, where one is owed', () => {
    expect(answer(broken(false))).toMatch(/otro proveedor\.\nNosotros le avisamos/);
    expect(answer()).toMatch(/\(O bien\) Entiendo/);
  });
});

describe('1.2-10 1.2-13 1.2-15 the operator tells the client what is owed', () => {
  const notice = (...acts: Parameters<typeof stateAt>[2][]) =>
    said('NotifyClient', stateAt('in-transit', {}, ...acts), { ...center, operator: 'Sofía Vega' });

  it('of a delay', () => {
    expect(notice(delayed)).toMatch(
      /Buenos días, doña Ana Rojas\. Le saluda Sofía Vega, del Centro[\s\S]*fontanería\.\nEl/,
    );
    expect(notice(delayed)).not.toContain('otro proveedor');
  });

  it('of another provider, by name and with the hour, or that one will come', () => {
    expect(notice(broken(false), reassigned)).toMatch(
      /otro proveedor, doña Eva Solano \(a más tardar: 1:00\sp\.\sm\.\)/,
    );
    expect(notice(broken(false))).toMatch(/le avisamos quién/);
    expect(notice(broken(false))).not.toContain('Luis');
  });

  it('of both in one call', () => {
    expect(notice(delayed, broken(false), reassigned)).toMatch(/atraso[\s\S]*doña Eva Solano/);
  });

  it('of a delay or another provider, where nothing is owed', () => {
    expect(notice()).toMatch(/atraso[\s\S]*\(O bien\)/);
  });
});

describe('1.3-01 the farewell thanks the client by name', () => {
  it('a visit without service ends with thanks alone, any other with a pleasure too', () => {
    expect(said('GiveFarewell', stateAt('ready-to-complete'))).toMatch(
      /gracias por todo, doña Ana Rojas\.\nFue un gusto/,
    );
    for (const point of ['closing', 'closed'] as const) {
      expect(said('GiveFarewell', stateAt(point))).not.toContain('Fue un gusto');
      expect(said('GiveFarewell', stateAt(point))).toContain(doors);
    }
  });

  it('a visit without service is closed in the words of the instruction (1.1-10)', () => {
    for (const role of ['provider', 'contact-center'] as const) {
      expect(linesOf('CloseVisit', stateAt('closing'), { role }).say).toEqual(['El servicio queda cancelado.']);
      const rescheduled = stateAt('on-site', {}, instructed('visit', 'reschedule'));
      expect(linesOf('CloseVisit', rescheduled, { role }).say).toEqual(['La visita queda para otro día.']);
    }
  });
});

describe('1.3-02 1.3-03 1.3-04 the completion call says that the work is done, and names the case', () => {
  it('by the provider, and is asked for by the operator, who does not say it first', () => {
    expect(said('ReportCompletion', stateAt('tested'))).toMatch(/Ya terminé el trabajo, expediente EXP-1\.$/);
    expect(said('ReportCompletion', initialState())).toMatch(/Ya terminé el trabajo\.$/);
    expect(asked('ReportCompletion', stateAt('tested'), center)).toContain('Número de expediente');
    expect(said('ReportCompletion', stateAt('tested'), center)).not.toContain('EXP-1');
  });
});

describe('2.1-01 2.1-02 2.1-03 2.1-04 2.1-07 2.1-08 phrases of courtesy are offered, and none is asked for', () => {
  it('the name with its title, a moment, thanks, gladly, at your service', () => {
    for (const [role, name] of [
      ['provider', doors],
      ['contact-center', 'don Luis Mora'],
    ] as const) {
      const phrases = courtesies(stateAt('working'), role).join('\n');
      expect(phrases).toMatch(
        new RegExp(`^Dígame, ${name}\\.[\\s\\S]*momentito[\\s\\S]*agradezco[\\s\\S]*gusto[\\s\\S]*a la orden`),
      );
    }
    expect(courtesies(stateAt('working'), 'client')).toEqual([]);
  });

  it('the moment before every call that is made in front of the client, and while photographs are sent', () => {
    const calls = ['RejectIdentity', 'ReportMaterialsRefusal', 'ReportStart', 'ReportCompletion'] as const;
    for (const act of [...calls, 'EscalateClientImpact', 'SubmitPhotos'] as const) {
      expect(said(act, stateAt('working'))).toContain('Deme un momentito');
    }
  });
});

describe('2.2-01 2.2-02 2.2-06 2.2-07 2.2-10 the client finds help and understanding', () => {
  it('in what is offered at any time', () => {
    const phrases = courtesies(stateAt('working')).join('\n');
    expect(phrases).toMatch(/Le escucho[\s\S]*No se preocupe[\s\S]*¿Le ayudo con algo más/);
    expect(said('CompleteVisit', stateAt('ready-to-complete'))).toMatch(/¿Le ayudo con algo más/);
  });

  it('where something harms the client, which the center takes up (2.2-08)', () => {
    expect(said('EscalateClientImpact', stateAt('working'))).toMatch(/^Siento mucho[\s\S]*afectando a doña Ana Rojas/);
    expect(said('EscalateClientImpact', stateAt('working'), center)).toContain('Ya nos hicimos cargo');
    expect(said('ReportConductBreach', stateAt('working'), center)).toContain('Sentimos mucho');
  });
});
