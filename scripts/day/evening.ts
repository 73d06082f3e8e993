import { providers } from './actors.ts';
import { promised, type Story, story, visit } from './scenario.ts';
import { arrived, assigned } from './steps.ts';

/** The client is absent, and the instruction is still pending when the file ends. */
function stillWaiting(): Story {
  const v = visit('29', {
    caseNumber: 'EXP-2026-004570',
    client: { name: 'Yorleny Cascante Madrigal', title: 'doña' },
    provider: providers.gerardo,
    operator: 'op-06',
    service: 'Vidriería',
    place: 'Belén, La Ribera, de la Firestone 1 kilómetro al oeste, residencial Joaquín Chaves, casa 55',
    arriveBy: '20:30',
    tools: ['ventosas', 'cortador de vidrio'],
  });
  return story(
    v,
    assigned(v, '18:42'),
    arrived(v, '20:19'),
    v.p('20:26', 'reportClientAbsence', { call: v.contact('20:25') }),
  );
}

/** A breakdown in the evening: the client was notified, and the center is still looking for a provider. */
function nobodyFree(): Story {
  const v = visit('30', {
    caseNumber: 'EXP-2026-004571',
    client: { name: 'Fabián Alonso Arguedas Núñez', title: 'don' },
    provider: providers.yendry,
    operator: 'op-02',
    service: 'Electricidad',
    place: 'Vázquez de Coronado, San Rafael, del cementerio 2 kilómetros al norte, lechería Los Arguedas',
    arriveBy: '21:00',
    tools: ['multímetro', 'linterna de cabeza'],
  });
  return story(
    v,
    assigned(v, '19:15'),
    v.p('20:08', 'reportTransitIssue', {
      issue: 'breakdown',
      resolvable: false,
      expectedArrival: promised('23:30'),
      detail: 'Me quedé sin batería en Ipís y no hay quien me pase corriente.',
    }),
    v.c('20:10', 'acknowledgeTransitIssue'),
    v.c('20:16', 'notifyClient', { about: ['provider-change'], reached: true, channel: 'teléfono' }),
  );
}

export const evening = [stillWaiting(), nobodyFree()];
